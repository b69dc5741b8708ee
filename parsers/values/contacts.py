"""What phone numbers, e-mail addresses and postcodes look like as people write them."""

from __future__ import annotations

import re

from parsers.values.answer import Asked, ValueRead, ambiguous, found, missing, unreadable
from parsers.values.characters import has_wide_digits, is_empty, is_nil, plain

LONGEST = 400
_AREA = r"(?:010|02[0-9]|0[3-9][0-9]{2})"
_MOBILE = r"(?:\(?\+?(?:00)?86\)?[- ]?)?(?P<mobile>1[3-9][0-9](?:[- ]?[0-9]{4}){2})"
_LANDLINE = (
    rf"(?:(?:\+?86[- ]?)?\(?(?P<area>{_AREA})\)?\s?-{{0,2}}—?\s?)?"
    r"(?P<local>[2-8][0-9]{2,3}[- ]?[0-9]{4})"
    r"(?:(?:-|\s*转\s*|\s*ext\.?\s*)(?P<extension>[0-9]{1,6}))?"
)
_SERVICE = r"(?P<service>[48]00-?[0-9]{3,4}-?[0-9]{3,4})"
_PHONE = re.compile(rf"(?<![0-9-])(?:{_MOBILE}|{_SERVICE}|{_LANDLINE})(?![0-9-])", re.IGNORECASE)
_WORDS = r"[^0-9+]*"


def read_phone(text: str, asked: Asked) -> ValueRead:
    """Read one or several numbers as digits with a hyphen after the area code, joined by 、."""
    bare = plain(_exact(text, asked))
    if is_empty(bare):
        return missing()
    if is_nil(bare):
        return found("无", nil=True)
    if len(bare) > LONGEST:
        return unreadable("too-long")
    return _phones(bare, text)


def _exact(text: str, asked: Asked) -> str:
    """Return the digits of a number cell whose display is 1.38E+10 or ends in .0."""
    number = asked.number
    if number is None or re.fullmatch(r"[0-9]+", plain(text)):
        return text
    whole = number == number.to_integral_value() if number.is_finite() else False
    display = re.fullmatch(r"[0-9.]+(?:E\+?[0-9]+)?|#*", plain(text), re.IGNORECASE)
    return str(int(number)) if whole and display else text


def _phones(bare: str, raw: str) -> ValueRead:
    numbers = [_normal(match) for match in _PHONE.finditer(bare)]
    rest = _PHONE.sub("", bare)
    if not numbers or re.search(r"[0-9]", rest):
        return unreadable("shape")
    notes = ("full-width",) if has_wide_digits(raw) else ()
    return found("、".join(dict.fromkeys(numbers)), *notes)


def _normal(match: re.Match[str]) -> str:
    if match["mobile"]:
        return re.sub(r"[- ]", "", match["mobile"])
    if match["service"]:
        return match["service"].replace("-", "")
    area = f"{match['area']}-" if match["area"] else ""
    extension = f"-{match['extension']}" if match["extension"] else ""
    return area + re.sub(r"[- ]", "", match["local"]) + extension


_ADDRESS = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_MAIL_LABEL = re.compile(
    r"^(?:电子)?(?:邮箱|邮件|信箱|e-?mail|mailto)\s*(?:地址)?\s*:\s*", re.IGNORECASE
)


def read_email(text: str, _asked: Asked) -> ValueRead:
    """Read one or several addresses, joined by 、; the domain in lower case."""
    bare = _MAIL_LABEL.sub("", plain(text)).rstrip("。.")
    if is_empty(bare):
        return missing()
    if is_nil(bare):
        return found("无", nil=True)
    joined = re.sub(r"\s*([@.])\s*", r"\1", bare[:LONGEST])
    parts = [part for part in re.split(r"[\s;；、,，/<>()]+|和|或", joined) if part]
    addresses = [part for part in parts if not _is_name(part)]
    if len(bare) > LONGEST or not addresses or not all(map(_is_address, addresses)):
        return unreadable("shape")
    return found("、".join(dict.fromkeys(map(_lower_domain, addresses))))


def _is_name(text: str) -> bool:
    """Whether only Chinese words stand there: the name before an address."""
    return re.fullmatch(r"[^\W\d_]{2,8}:?", text) is not None and not text.isascii()


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def _lower_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def read_postcode(text: str, asked: Asked) -> ValueRead:
    """Read six digits; a leading zero lost by a number cell is not put back."""
    bare = re.sub(r"^(?:邮政编码|邮编|邮码)\s*:?\s*", "", plain(_exact(text, asked))).rstrip("。.")
    if is_empty(bare):
        return missing()
    if is_nil(bare):
        return found("无", nil=True)
    digits = re.sub(r"[\s|]", "", bare[:LONGEST])
    if re.fullmatch(r"[0-9]{6}", digits):
        return found(digits, *(("full-width",) if has_wide_digits(text) else ()))
    several = re.fullmatch(r"(?:[0-9]{6}[、,，/;]?){2,}", digits)
    return ambiguous("two-numbers") if several else unreadable("shape")
