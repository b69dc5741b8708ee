"""Which words name something that can be handed in, and what kind of thing it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

# kind, and what a noun of that kind ends with; the first line that fits wins
_NOUNS = """
press (?:媒体|新闻|宣传|报刊|网络)(?:宣传)?报道(?:资料|材料|情况|链接|截图|素材|剪报)?
press 新闻稿件?|报道(?:资料|材料|链接|截图)|宣传(?:链接|稿件)|剪报
video (?:音?视频|录像|影像|影音)(?:资料|材料|素材|文件|作品|片段|集锦|短片)*
video (?:微电影|宣传片|短片|纪录片|专题片)(?:素材|作品|文件)?
photos (?:照片|图片|相片|图像|摄影)(?:资料|材料|素材|文件|作品)*
photos 图文(?:资料|材料)|(?:证件|登记|免冠|工作|活动)照
form (?<![代发仪外手腕钟元])表(?:格)?|(?:申报|申请|推荐|任务|登记)书
form (?:报名|参会|参赛)?回执单?|报名单|登记卡|调查问卷|问卷|承诺书
list 名单|清单|花名册|目录|姓名|手机号码?|电话号码?|联系方式|联系电话
list (?:值班|带班|假期|节假日)[^、,;]{0,6}安排
report (?:整改|进展|自查|完成|开展|排查|摸排|整治|使用)情况
list (?:人员|联系人|联络员|报告员|信息员|负责人)信息|身份证号码?|人选|联络员|宣传内容|展品信息
report 总结(?:报告|材料)?|报告书?|汇报(?:材料)?|情况说明|(?:工作|实施|活动|组织|筹备)方案|方案|计划
report (?:典型|优秀|创新)?案例(?:材料)?
report (?:申报|推荐|参赛|先进|典型|事迹|佐证|证明|支撑|申请|评审|备案|宣传|文字|展示|汇编)材料
report 台账|推荐函|推荐信|简历|讲稿|文稿|手抄报|倡议书|成果|(?:修改|反馈|书面)?意见(?:建议)?
report 简报|论文|心得(?:体会)?|稿件|征文|文章|教案|摘要|课件|PPT|ppt
report 作品|剧本|脚本|小结|信息稿|简介|介绍
"""
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(f"(?:{words})$"))
    for kind, words in (line.split(" ", 1) for line in _NOUNS.strip().splitlines())
)
# 《…》 titles that are cited, not handed in
_CITED = re.compile(
    r"(?:通知|意见|办法|条例|规定|规划|纲要|法|决定|批复|公告|指南|细则|标准|准则|要点|规则|实施方案(?:\(.*\))?|工作方案|函|推荐清单|章程)$"
)
_EDITIONS = re.compile(
    r"(?:的?(?:电子|纸质|盖章|扫描|书面|word|Word|WORD|PDF|pdf|Excel|excel|可编辑|签字盖章|加盖公章)(?:文)?(?:版|件|档|稿|文件|文档)"
    r"|各?[\d一二三四五六七八九十两几]+(?:[-—~至][\d一二三四五六七八九十]+)?(?:式[\d一二三四五]+)?[份张篇个部条套幅件段](?:以上|以内|左右)?|原件|复印件|等|等有关|一并|统一|分别|附后|一同|一起|打包|压缩(?:打包|后)?|整理后?|汇总后?|刻盘|于|在|并|请|须|应)+$"
)
_LEADING = re.compile(
    r"^(?:如有|若有|对|各?(?:本|各|我|该|其)?(?:单位|部门|地区?|县区|学校|医院|系统|市县?)(?:的)?|将|把|请|并|且|需|须|要|应|以及|及|和|与|及其|连同|同时|另|现将|有关|相关|具体|填写好?的?|填报好?的?|撰写的?|形成的?|完成的?|制作的?|编制的?|提交|报送|上报"
    r"|(?:时长|长度|篇幅|字数)?(?:不超过|不少于|不低于|不多于|控制在|至少)\d+(?:分钟|秒钟?|字|[张幅部段条篇个份])(?:以?[内上])?的?"
    r"|\d+(?:[-—~至]\d+)?(?:(?:分钟|秒钟?|字)(?:以[内上]|左右)?的|[张幅部段条篇](?:以[内上]|左右)?的?)"
    r"|加盖公章的?|盖章后?的?|签字盖章的?|签章后?的?|审核后?的?|完整的?|电子版|纸质版|书面|附件[\d一二三四五六七八九十]*|附表\d*|[:,;、]|\d{1,2}[.、]|[①-⑳]|\([一二三四五六七八九十\d]+\)|(?:电子|纸质)(?:版|件)?的?)+"
)
_AS_VERB = re.compile(
    r"(?:进行|全面|认真|及时|系统|做好|加强|注重|开展|组织|深入|系统|定期|加以|予以|研究|专题|科学|周密|提前|制订?定?)(?:的)?(?:总结|报告|报道|计划|汇报|摄影|录像|简介|介绍)$"
    r"|[要应须并能](?:总结|报告|计划|介绍|汇报)$"
)
_ANNEX = re.compile(
    r"(?:将|把|请|填写好?的?|填报好?的?|填好的?|盖章后?的?|各?单位)*附[件表]([\d一二三四五六七八九十]{1,2})"
    r"(?:[-—~至到](?:附[件表])?(\d{1,2}))?(?:表格|材料|内容)?"
)
_ALL = re.compile(
    r"(?:以上|上述|前述|下列|以下|如下)(?:各?[项类])?(?:材料|资料|文件|表格|内容)(?![的中])|(?:以上|上述|前述|所有|全部|下列|以下|如下)(?:各?[项类])?(?:材料|资料|文件|表格|内容)$|^(?:有关|相关|各项|报送|申报|推荐|该|此)(?:各?[项类])?(?:材料|资料|文件|表格|内容)$|^(?:材料|资料|文件|电子版|纸质版)$"
)
# 要有案例, 确定1名联络员: what a thing should have, or what somebody should do
_NO_THING = re.compile(
    r"(?:电子)?邮件(?:的?主题|的?标题|名称?|请|统一)|(?:主题|标题|文件(?:名|夹)|压缩包)[^、,;]{0,6}(?:命名|注明|标注|写明|格式)|(?:统一)?命名|注明|标注"
    r"|按|见|(?:如?下|上|该|此|本)表$|有|没有|确定|指定|明确|落实|选派|安排\d|无|做到|突出|围绕|结合|根据"
)
_SENT_TO = re.compile(
    r"[至到给往][^、,;至到给往]{0,20}?(?:邮箱|邮件|局|厅|委|办|部|处|科|室|会|中心|院|校|馆|组|平台|系统)[^、,;]*$"
)
LONGEST = 50


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to hand in: its name, kind, where it stands, and what its brackets say."""

    title: str
    kind: str
    start: int
    end: int
    aside: str = ""


_PIECES = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^《》()]+|[《》()]"
)
_PARTED = re.compile(r"[、,;:。]|以及|及其|[和及与]|(?<!一)(?<!合)并(?!列)")


def find_things(text: str, first: int, last: int) -> list[Thing]:
    """Return what may be handed in among text[first:last], in order."""
    found: list[Thing] = []
    for start, end, aside in _phrases(text, first, last):
        thing = _thing(text[start:end], start, end, aside)
        if thing is not None:
            found.append(thing)
    return _joined(text, found)


def kind_of(title: str) -> str | None:
    """Return the kind of thing a title names, None when it names nothing to hand in."""
    bare = _bare(title)
    return next((kind for kind, words in _HEADS if words.search(bare)), None)


def names_all(text: str) -> bool:
    """Say whether a phrase means material named before or after: 以上材料."""
    return any(_ALL.search(_bare(part)) for part in _PARTED.split(text))


def _phrases(text: str, first: int, last: int) -> list[tuple[int, int, str]]:
    """Cut a clause at its commas and conjunctions; what brackets say goes with the phrase."""
    found: list[tuple[int, int, str]] = []
    start, position, aside = first, first, ""
    for piece in _PIECES.finditer(text, first, last):
        if piece[0].startswith("("):
            aside += piece[0][1:-1]
        elif not piece[0].startswith("《"):
            for part in _PARTED.finditer(text, piece.start(), piece.end()):
                found.append((start, part.start(), aside))
                start, aside = part.end(), ""
        position = piece.end()
    found.append((start, position, aside))
    return [(a, b, aside) for a, b, aside in found if b > a]


def _thing(phrase: str, start: int, end: int, aside: str) -> Thing | None:
    annex = _ANNEX.fullmatch(_EDITIONS.sub("", re.sub(r"\([^()]*\)", "", phrase)))
    if annex is not None:
        return Thing(f"附件{annex[1]}{f'-{annex[2]}' if annex[2] else ''}", "annex", start, end)
    titled = re.search(r"《(.+)》", phrase)
    if titled:
        return _titled(titled[1], start, end, aside)
    bare = _bare(phrase)
    verb = _AS_VERB.search(bare) or _AS_VERB.search(_EDITIONS.sub("", phrase))
    if not 2 <= len(bare) <= LONGEST or verb or _ALL.search(bare) or _NO_THING.match(bare):
        return None
    kind = kind_of(bare)
    if kind == "report" and bare.endswith("作品") and "视频" in aside:
        kind = "video"
    return Thing(bare, kind, start, end, aside) if kind else None


def _titled(title: str, start: int, end: int, aside: str) -> Thing | None:
    kind = kind_of(title)
    if kind is None or _CITED.search(_bare(title)):
        return None
    return Thing(title, kind, start, end, aside)


def _bare(phrase: str) -> str:
    """Return a phrase without brackets, editions, counts, and the words that lead to it."""
    bare = phrase
    for _ in range(3):  # brackets inside brackets
        bare = re.sub(r"\([^()]*\)|[“”\"]", "", bare)
    bare = _SENT_TO.sub("", bare)
    for _ in range(3):
        bare = _EDITIONS.sub("", _LEADING.sub("", bare)).strip("的,:、;")
    return bare


def _joined(text: str, found: list[Thing]) -> list[Thing]:
    """Take what persons are listed by (姓名、手机号) for one thing."""
    joined: list[Thing] = []
    for thing in found:
        before = joined[-1] if joined else None
        if before and before.kind == thing.kind == "list" and thing.start - before.end <= 2:
            title = f"{before.title}{text[before.end : thing.end]}"
            joined[-1] = Thing(title, "list", before.start, thing.end, before.aside + thing.aside)
        else:
            joined.append(thing)
    return joined
