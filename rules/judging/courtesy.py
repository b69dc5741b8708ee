"""Whether a reply says anything that a person must read."""

from __future__ import annotations

import re

from parsers.message.quotation import own_lines

THANKED = re.compile("谢谢|收到|感谢|好|辛苦|知道|明白|阅|悉")
PROMISE = re.compile(
    r"(?:谢谢|感谢|我们?|我单位|我局|马上|尽快|立即|立刻|稍后|随后|抓紧|及时|今天|今晚|明[天早]|后天|下午|上午|晚上|这就|就"
    r"|会|将|去|按时|按期|按要求|准备|安排|落实|办理|处理|整理|组织|改正?|修改|完善|核实|核对|报|报送|上报|补报|发"
    r"|发送|提交|补发|再|重新?|一下|过来|[您你]?的?提醒|告知|通知|已安排|已转[\u4e00-\u9fff]{2,5}[科处室股局]?|配合|支持|工作)+"
)
GREETING = re.compile(
    r"(?:尊敬的)?[\u4e00-\u9fff]{0,4}(?:老师|处长|科长|主任|领导|同志)们?(?:[您你]?好)?[:：]?|(?:[您你]|各位|大家)好?[:：]?"
)
WISHES = re.compile("请|把|将|撤|改|换|删|取消|作废|为")
ASKS = re.compile("[?？]|[吗呢]|请问|没|未|什么|怎么|哪|是否|能否|不")

MOST_LINES = 8  # of thanks and a signature
PARTS = re.compile(r"[。;!！；\n，,、\s]+")
SIGNED = re.compile(
    r"(?:联系人|经办人|填报人|联系电话|办公电话|电话|手机|邮箱|地址|单位|日期)[:：]?.{0,40}$"
    r"|[\d\-—()+/. ]{5,20}$|.*@.*$|(?:20\d\d年)?\d{1,2}月\d{1,2}日$|20\d\d[-./]\d{1,2}[-./]\d{1,2}$"
    r"|发自我的.{1,20}$|来自.{1,20}$"
)
ONLY = re.compile(
    r"(?:谢谢|收到|感谢|好的?|辛苦|知道|明白|已阅|已?收悉|[Oo][Kk]|[您你了啦们大家各位都嗯]|\W|_)+"
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
    return all(map(_is_thanks, told)) and all(_is_thanks(w) or says_who(w) for w in below)


def _is_thanks(words: str) -> bool:
    return not words or ONLY.fullmatch(words) is not None


def says_who(words: str) -> bool:
    """Say whether words are of a signature: an office, a name, a number to call."""
    if ASKS.search(words) or WISHES.search(words):
        return False
    who = (_ENDS.fullmatch(words), _NAMED.fullmatch(words), SIGNED.match(words))
    return any(who)


def is_thanks(text: str) -> bool:
    """Say whether a unit's reply is only a courtesy, or says that what is owed will come.

    谢谢，参加单位改为20 says more, and so does 谢谢，已报送: both are for a person.
    """
    lines = [PARTS.split(line) for line in own_lines(text) if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        return False
    told, below = lines[0], [part for line in lines[1:] for part in line]
    thanked = any(THANKED.search(part) and _is_thanks(part) for part in (*told, *below))
    courteous = all(map(is_courtesy, told))
    return thanked and courteous and all(is_courtesy(w) or says_who(w) for w in below)


def is_courtesy(words: str) -> bool:
    """Say whether words are thanks, a greeting, or say that what is owed will come."""
    ways = (PROMISE.fullmatch(words), GREETING.fullmatch(words))
    return _is_thanks(words) or any(ways)
