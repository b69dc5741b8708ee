"""How a workbook stream encrypted with the password everybody has is opened.

"Read-only recommended" and protected structure make Excel encrypt with VelvetSweatshop, which it
tries itself when it opens a file ([MS-OFFCRYPTO] §2.3.5, §2.3.6; [MS-XLS] §2.2.10).
"""

from __future__ import annotations

import io
import struct

from parsers.unreadable import Unreadable

PASSWORD = "VelvetSweatshop"  # noqa: S105 - published, and in every copy of Excel
_BLOCK = 1_024
_RC4 = 1
_FILE_PASS, _SHEET_ENTRY, _BEGIN = 0x002F, 0x0085, 0x0809
# never encrypted: BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead
_PLAIN = frozenset({_BEGIN, _FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138})


def decrypted(stream: bytes) -> bytes:
    """Return the stream as if it were not encrypted; Unreadable when that takes a password."""
    secret = _secret(stream)
    return stream if secret is None else _merged(stream, _opened(stream, secret))


def _secret(stream: bytes) -> bytes | None:
    """Return the FilePass record, which stands near the beginning of an encrypted stream."""
    at = 0
    for _ in range(16):
        if at + 4 > len(stream):
            return None
        kind, size = struct.unpack_from("<2H", stream, at)
        if kind == _FILE_PASS:
            return stream[at + 4 : at + 4 + size]
        at += 4 + size
    return None


def _opened(stream: bytes, secret: bytes) -> bytes:
    method, major, minor = struct.unpack_from("<3H", secret)
    if method == _RC4 and (major, minor) == (1, 1):
        return _rc4(stream, secret[6:])
    if method == _RC4 and major in {2, 3, 4} and minor == 2:
        return _crypto_api(stream, secret[6:])
    raise Unreadable("encrypted", "a password is needed")


def _rc4(stream: bytes, secret: bytes) -> bytes:
    from msoffcrypto.method.rc4 import (  # type: ignore[import-untyped] # noqa: PLC0415 - rarely needed
        DocumentRC4,
    )

    salt, verifier, digest = secret[:16], secret[16:32], secret[32:48]
    if not DocumentRC4.verifypw(PASSWORD, salt, verifier, digest):
        raise Unreadable("encrypted", "a password is needed")
    found: bytes = DocumentRC4.decrypt(PASSWORD, salt, io.BytesIO(stream), _BLOCK).read()
    return found


def _crypto_api(stream: bytes, secret: bytes) -> bytes:
    from msoffcrypto.method.rc4_cryptoapi import (  # type: ignore[import-untyped] # noqa: PLC0415
        DocumentRC4CryptoAPI,
    )

    header_size = struct.unpack_from("<I", secret, 4)[0]
    bits = struct.unpack_from("<I", secret, 8 + 16)[0] or 40
    at = 8 + header_size + 4
    salt, verifier, digest = secret[at : at + 16], secret[at + 16 : at + 32], secret[at + 36 :]
    if bits > 128 or not DocumentRC4CryptoAPI.verifypw(PASSWORD, salt, bits, verifier, digest[:20]):
        raise Unreadable("encrypted", "a password is needed")
    source = io.BytesIO(stream)
    found: bytes = DocumentRC4CryptoAPI.decrypt(PASSWORD, salt, bits, source, _BLOCK).read()
    return found


def _merged(stream: bytes, opened: bytes) -> bytes:
    """Take heads of records, and the records that are never encrypted, from the stream itself."""
    merged = bytearray(opened)
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        kept = 4 + (size if kind in _PLAIN else 4 if kind == _SHEET_ENTRY else 0)
        merged[at : at + kept] = stream[at : at + kept]
        if kind == _FILE_PASS:
            merged[at : at + 2] = b"\0\0"
        at += 4 + size
    return bytes(merged[: len(stream)])
