"""What a number looks like under a number format (ISO 29500-1 §18.8.31)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from parsers.formats.sheet.codes import Kind, Section, Token

# What Excel keeps of a number, and rounds with when showing it.
DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_GENERAL_WIDTH = 15


def general(value: Decimal) -> str:
    """Show a number without a format: whole up to 15 digits, else scientific."""
    if value == 0:
        return "0"
    if not -10 < value.adjusted() < 15:
        return _scientific(value, 5)
    plain = f"{value:f}"
    if "." in plain and len(plain) > _GENERAL_WIDTH:
        plain = f"{_rounded(value, max(0, 9 - max(value.adjusted(), 0))):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _scientific(value: Decimal, decimals: int) -> str:
    mantissa, _, exponent = f"{value:.{decimals}E}".partition("E")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{exponent[0]}{exponent[1:]:0>2}"


def number(value: Decimal, section: Section, *, signed: bool) -> str:
    """Show `value` by a section; `signed` when the section itself says that it is negative."""
    if section.has(Kind.GENERAL):
        return _around_general(value, section, signed=signed)
    if section.has(Kind.SLASH) and section.has(Kind.DIGIT):
        return general(value)
    if section.has(Kind.EXPONENT):
        after = section.tokens[: _index(section.tokens, Kind.EXPONENT)]
        return _scientific(value, _digits(after[_index(after, Kind.POINT) :]))
    if not section.has(Kind.DIGIT):
        return "".join(token.text for token in section.tokens if token.kind is Kind.LITERAL)
    return _filled(value, section.tokens, signed=signed)


def _around_general(value: Decimal, section: Section, *, signed: bool) -> str:
    shown = general(abs(value) if signed else value)
    return "".join(
        shown if token.kind is Kind.GENERAL else token.text
        for token in section.tokens
        if token.kind in {Kind.GENERAL, Kind.LITERAL}
    )


def _index(tokens: tuple[Token, ...], kind: Kind) -> int:
    return next((i for i, token in enumerate(tokens) if token.kind is kind), len(tokens))


def _digits(tokens: tuple[Token, ...]) -> int:
    return sum(token.kind is Kind.DIGIT for token in tokens)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)


def _filled(value: Decimal, tokens: tuple[Token, ...], *, signed: bool) -> str:
    point = _index(tokens, Kind.POINT)
    whole, part = tokens[:point], tokens[point + 1 :]
    last = max((i for i, token in enumerate(whole) if token.kind is Kind.DIGIT), default=-1)
    thousands = sum(token.kind is Kind.COMMA for token in whole[last + 1 :])
    thousands += sum(token.kind is Kind.COMMA for token in part)
    hundreds = sum(token.kind is Kind.PERCENT for token in tokens)
    scaled = _rounded(abs(value).scaleb(2 * hundreds - 3 * thousands), _digits(part))
    digits, _, decimals = f"{scaled:f}".partition(".")
    grouped = any(token.kind is Kind.COMMA for token in whole[: max(last, 0)])
    shown = _whole(digits.lstrip("0"), whole, grouped=grouped)
    if point < len(tokens):
        shown += "." + _part(decimals, part)
    return f"-{shown}" if value < 0 and not signed and scaled != 0 else shown


def _whole(digits: str, tokens: tuple[Token, ...], *, grouped: bool) -> str:
    """Fill the whole digits from the right; the first placeholder takes what is left."""
    shown: list[str] = []
    left = _digits(tokens)
    count = 0
    for token in reversed(tokens):
        if token.kind is Kind.DIGIT:
            left -= 1
            for _ in range(max(len(digits), 1) if left == 0 else 1):
                digit, digits = (digits[-1], digits[:-1]) if digits else (_padding(token), "")
                comma = grouped and count and count % 3 == 0 and digit.isdigit()
                shown.append(f"{digit}," if comma else digit)
                count += 1
        elif token.kind in {Kind.LITERAL, Kind.PERCENT}:
            shown.append(token.text)
    return "".join(reversed(shown))


def _padding(token: Token) -> str:
    return {"0": "0", "?": " "}.get(token.text, "")


def _part(decimals: str, tokens: tuple[Token, ...]) -> str:
    """Fill the decimals from the left; zeros at the end show only where the code has 0."""
    wanted = [token.text for token in tokens if token.kind is Kind.DIGIT]
    kept = len(decimals.rstrip("0"))
    shown: list[str] = []
    place = 0
    for token in tokens:
        if token.kind is Kind.DIGIT:
            if place < kept or "0" in wanted[place:]:
                shown.append(decimals[place])
            place += 1
        elif token.kind in {Kind.LITERAL, Kind.PERCENT}:
            shown.append(token.text)
    return "".join(shown)
