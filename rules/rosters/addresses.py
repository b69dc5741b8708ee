"""How people write addresses into a roster's cell, and what a mistyped one was meant to be."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from parsers.message.addresses import is_address
from rules.folder.campaign import ADDRESS
from rules.who.public_domains import PUBLIC_DOMAINS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = re.compile(r"[、，,；;|/\s\u200b\ufeff]+")
_BETWEEN = re.compile(r"[、，,；;|/\n]+")
_TRIMMED = "<>()[]《》【】“”\"'.·:-— \u200b"
_NAMED = (
    re.compile(  # 张三<a@example.cn>, 张三（a@example.cn）, 张三：a@example.cn, 张三 a@example.cn
        r"[^\x00-\x7f]{1,20}[\s<(\[:]*(?P<address>[\x21-\x7e]+@[\x21-\x7e]+?)[>)\]]*"
    )
)
_COMMA_FOR_DOT = re.compile(r"(@[A-Za-z0-9-]+)[,，、](?=(?:com|cn|net|org)(?![A-Za-z0-9@.-]))")
_KEPT_COMMA = "\u201a"
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_ROUND_AT = re.compile(r"(?<=\S)[ \t]*@[ \t]*(?=\S)")
_CHINESE_DOT = re.compile(r"(?<=[A-Za-z0-9])[。．｡](?=[A-Za-z0-9])")
# endings that nobody can register, and what the hand meant
_ENDINGS = {
    "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com",
    "coom": "com", "c0m": "com", "copm": "com", "cpm": "com", "ccom": "com",
    "cim": "com", "nte": "net", "ner": "net", "nett": "net", "cnn": "cn", "c": "cn", "n": "cn",
}  # fmt: skip
# the public mailboxes whose neighbours in spelling are nobody's domain
_COMMON = (
    "126.com", "163.com", "qq.com", "139.com", "189.cn", "sina.com", "sina.cn", "sohu.com",
    "foxmail.com", "yeah.net", "outlook.com", "hotmail.com", "gmail.com", "aliyun.com",
)  # fmt: skip


def parse_addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the good addresses in lower case, and what is none."""
    good: list[str] = []
    bad: list[str] = []
    for part in _parts(text):
        if is_address(part) and ADDRESS.fullmatch(part):
            good.append(part.lower())
        else:
            bad.append(part)
    return tuple(dict.fromkeys(good)), tuple(dict.fromkeys(bad))


def _parts(text: str) -> Iterator[str]:
    dotted = _CHINESE_DOT.sub(".", text)
    plain = _MAILTO.sub("", unicodedata.normalize("NFKC", dotted))
    plain = _ROUND_AT.sub("@", plain)
    plain = _COMMA_FOR_DOT.sub(rf"\1{_KEPT_COMMA}", plain)
    for item in _BETWEEN.split(plain):
        named = _NAMED.fullmatch(item.strip())
        words = (named["address"],) if named else _SEPARATORS.split(item)
        yield from filter(None, (_trimmed(word) for word in words))


def _trimmed(word: str) -> str:
    return word.strip(_TRIMMED).replace(_KEPT_COMMA, ",")


def corrected(address: str) -> str | None:
    """Return what a mistyped address probably was; None when nothing looks mistyped.

    126.con → 126.com, 163,com → 163.com, qq,com → qq.com, 12345#qq.com → 12345@qq.com.
    """
    plain = unicodedata.normalize("NFKC", address).strip().lower().removeprefix("www.")
    if "@" not in plain:
        plain = _with_at(plain)
    local, _, domain = plain.rpartition("@")
    domain = re.sub(r"[,，。;；、\s]+", ".", domain).replace("..", ".").strip(".")
    fixed = f"{local.rstrip('.@')}@{_domain(domain)}"
    return fixed if fixed != address.lower() and ADDRESS.fullmatch(fixed) else None


def is_impossible(address: str) -> bool:
    """Say whether an address ends in what nobody can register: 126.con."""
    return address.rpartition(".")[2] in _ENDINGS


def _with_at(text: str) -> str:
    """Put the @ where a sign beside it on the keyboard, or nothing, stands before a domain."""
    for domain in sorted(_COMMON, key=len, reverse=True):
        if text.endswith(domain) and len(text) > len(domain):
            return f"{text.removesuffix(domain).rstrip('#.$%^&*!~2 ')}@{domain}"
    return text


@lru_cache(maxsize=1024)
def _domain(domain: str) -> str:
    stem, _, ending = domain.rpartition(".")
    meant = _ENDINGS.get(ending)
    if meant is not None and stem:
        domain = f"{stem}.{meant}"
    if domain in PUBLIC_DOMAINS:
        return domain
    if not stem and f"{domain}.com" in _COMMON:
        return f"{domain}.com"
    near = [one for one in _COMMON if DamerauLevenshtein.distance(domain, one) == 1]
    if not near:
        near = [one for one in _COMMON if domain == one.replace(".", "")]
    return near[0] if near else domain
