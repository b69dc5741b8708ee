"""Which characters mean the same in a filled-in form: widths, spaces, dashes, old glyphs."""

from __future__ import annotations

import re
import unicodedata

from parsers.short_texts import remembered

_INVISIBLE = dict.fromkeys(
    (
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),  # say how a sign is drawn: ✔ as a picture
        0xFEFF,
    )
)
_SPACES = dict.fromkeys((0x09, 0x0B, 0x0C, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000), " ")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
# U+A3AC, U+A3AE: GBK code points of ， and ． taken for Unicode by some PDF fonts
_SAME = str.maketrans(
    "﹐ꎬꎮ〜∼～‐‑−－–―─━﹣’‘′`￥﹪﹙﹚•∙．╱∕⁄", "，，.~~~----————-''''¥%()··.///"
)
_RADICALS = re.compile("[\u2f00-\u2fdf]+")  # PDF fonts put them for the ordinary characters
_PLAIN = _INVISIBLE | _SPACES | _WIDE | _SAME
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85]")


@remembered
def plain(text: str) -> str:
    """Return half-width text with one kind of space, dash, tilde and line break; ， and 、 stay.

    Hyphens and minus signs become "-", long dashes "—". Not NFKC, which would turn ①500 into
    1500 and 10² into 102.
    """
    text = _LINES.sub("\n", text).translate(_PLAIN)
    if text.isascii():
        return text.strip()
    return _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text).strip()


def visible(text: str) -> str:
    """Return the text as written without its invisible characters."""
    return text.translate(_INVISIBLE)


@remembered
def squeezed(text: str) -> str:
    """Plain text without any white space and underscores."""
    return re.sub(r"[\s_]+", "", plain(text))


def has_wide_digits(text: str) -> bool:
    """Whether the text writes a digit in full width."""
    return any("０" <= c <= "９" for c in text)


_NIL = re.compile(
    r"(?:无|没有|暂无|暂没有|未开展|未举办|未组织|未涉及|不涉及|没有开展|没开展|无此项|无此项目|无此内容"
    r"|无(?:此类|相关|该类)(?:活动|内容|项目|情况)|暂未(?:开展|举办|组织)|无[人场次项个]次?"
    r"|没有此项|(?:[此本该]项|本单位)?均?无|未发生|未投入|无投入|未安排|空白|/+|\\+|[-—]+|[Nn]/?[Aa]|[Nn]\.[Aa]\.?|[Nn]il|[Nn]one|NONE|NIL|無)"
)


_BECAUSE = re.compile(r"(?:无|没有|暂无|未开展)[(,，。;；:](?!.*[但除只仅另])[^0-9]{2,40}")


@remembered
def is_nil(text: str) -> bool:
    """Whether the text declares that there is nothing: 无, /, —, N/A, 无（因疫情未开展）."""
    bare = squeezed(text).strip("。.;；,，")
    if _BECAUSE.fullmatch(bare):
        return True
    if len(bare) > 2 and bare[0] in "([（【" and bare[-1] in ")]）】":
        bare = bare[1:-1]
    return _NIL.fullmatch(bare) is not None


_EMPTY = re.compile(r"[\s_.。…:;；,，、()（）\[\]【】《》<>“”\"'*·]*")


@remembered
def is_empty(text: str) -> bool:
    """Whether nothing but spaces, lines to write on, brackets and stops stands there."""
    return _EMPTY.fullmatch(plain(text)) is not None


# what an empty content control shows, left as words by programs that know no controls, and
# what a blank prints for whoever fills it in: 请填写项目名称, （必填）, XXX
_PROMPT = re.compile(
    r"(?:(?:请?(?:单击|点击|单击或点击|点击或单击)(?:或点[击按])?(?:此处|这里)?[以可来]?(?:输入|键入|填写|添加|选择)"
    r"(?:文字|文本|内容|日期|姓名|数字)?|选择一?项|请选择(?:一?项)?|选取日期"
    r"|请您?(?:在此处?|在这里)?(?:输入|键入|填写|填入)"
    r"(?:[^\W\d_]{0,4}(?:名称?|全称|内容|姓名|日期|时间|地[点址]|电话|手机|邮[箱编]|方式|数[字量]|人数|情况|信息))?"
    r"|在此处?(?:输入|键入|填写)"
    r"|[必选]填|[x×]{2,}|\?+|[△※]+"
    r"|click(?:ortap)?(?:here)?toenter(?:text|adate)|clickheretoentertext|chooseanitem)[。.]?)+",
    re.IGNORECASE,
)


@remembered
def is_prompt(text: str) -> bool:
    """Whether the text only asks to type here, as an empty control does (单击此处输入文字)."""
    bare = squeezed(text)
    if len(bare) > 2 and bare[0] in "([（【" and bare[-1] in ")]）】":
        bare = bare[1:-1]
    return _PROMPT.fullmatch(bare) is not None


_DITTO = re.compile(r"同[上左右前](?:一?[行格栏项])?|[〃″]|[\"']{2}")


@remembered
def is_ditto(text: str) -> bool:
    """Whether the text only points at another place: 同上, 〃."""
    return _DITTO.fullmatch(squeezed(text).strip("。.()")) is not None
