"""Whether a reply says anything that a person must read."""

from __future__ import annotations

import re

from parsers.message.quotation import own_lines

THANKS = ("谢谢", "收到", "感谢", "好的", "辛苦")
ASKS = re.compile("[?？]|[吗呢]|请问|没|未|什么|怎么|哪|是否|能否|不")

MOST_LINES = 8  # of thanks and a signature
PARTS = re.compile(r"[。;!！；\n，,、\s]+")
SIGNED = re.compile(
    r"(?:联系人|经办人|填报人|联系电话|办公电话|电话|手机|邮箱|地址|单位|日期)[:：]?.{0,40}$"
    r"|[\d\-—()+/. ]{5,20}$|.*@.*$|(?:20\d\d年)?\d{1,2}月\d{1,2}日$|20\d\d[-./]\d{1,2}[-./]\d{1,2}$"
    r"|发自我的.{1,20}$|来自.{1,20}$"
)
ONLY = re.compile(
    r"(?:谢谢|收到|感谢|好的?|辛苦|知道|明白|已阅|已?收悉|[您你了啦们大家各位都嗯]|\W|_)+"
)
_ENDS = re.compile(  # of a line that says who writes
    r".{0,24}(?:局|厅|委|办|会|协|部|处|科|室|院|校|馆|所|站|中心|[局厅处科部校院馆所]长|主任|书记|老师)"
)
_NAMED = re.compile(  # 李明, by the usual surnames
    r"[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    r"姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤包乌]"
    r"[\u4e00-\u9fff]{1,2}"
)


def is_only_thanks(text: str) -> bool:
    """Say whether a mail holds courtesies and who writes, and not a word more.

    收到，延到周五 says more; so does 收到 with 别催了 under it.
    """
    lines = [PARTS.split(line) for line in own_lines(text) if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        return False
    told, below = lines[0], (part for line in lines[1:] for part in line)
    return all(map(_is_thanks, told)) and all(_is_thanks(w) or _says_who(w) for w in below)


def _is_thanks(words: str) -> bool:
    return not words or ONLY.fullmatch(words) is not None


def _says_who(words: str) -> bool:
    if ASKS.search(words):
        return False
    who = (_ENDS.fullmatch(words), _NAMED.fullmatch(words), SIGNED.match(words))
    return any(who)


def is_thanks(text: str) -> bool:
    """Say whether a reply's own words (before the quotation) are only a courtesy."""
    own = "".join("".join(own_lines(text)).split())
    return 0 < len(own) <= 16 and any(word in own for word in THANKS) and not ASKS.search(own)
