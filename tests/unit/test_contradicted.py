"""Mails whose words correct their attachment, and mails whose words do not."""

# ruff: noqa: E501 - sentences as people write them, one a line

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from parsers.document import Paragraph, Place
from rules.judging.contradicted import contradictions
from rules.judging.spoken_of import Attached, printed_annex
from rules.outcome import Standing
from templates.findings import tell
from tests.draw import papers
from tests.unit.test_judge import HOME, decide, mail, read, statistics

AGAINST = (
    "附件中参加单位应为20个，请以此为准。",
    "更正：第3行应为45",
    "附件里的数字有误，以邮件正文为准。",
    "附件中参加单位应为20个",
    "您好，附件里参加活动人员写错了，应该是3000人，麻烦更正一下。",
    "附件中公众参与应为19000人次，请帮忙修改，谢谢！",
    "更正：参加单位20个，参加活动人员1300人。",
    "附件第5行的数填错了，正确的是900。",
    "请把附件里科技咨询改为900人次。",
    "麻烦将表中参加单位由36改成63。",
    "表格里的资料发放应为一万三千册。",
    "附件统计表中下乡次数有误，正确数字为42次。",
    "附件与正文不一致，请以正文为准。参加单位30个。",
    "以邮件正文为准。",
    "附件表格中的人数填错了，请按3000人统计。",
    "附件里参加单位不是36个，而是38个。",
    "附件中义诊人次应为4200，附件里少写了一个0。",
    "统计表中宣传展板多写了一个0，实际是5块。",
    "附件里数据有误，请以下面的数据为准：参加单位20个，公众参与9000人次。",
    "勘误：附件第8行“义诊”应为402人次。",
    "附件中的参加活动人数应为1500人，表里来不及改了。",
    "参加单位应为20个，请以此为准。",
    "附件里面参加单位误写为36，应为26。",
    "附件3中科普画廊应为220.5米。",
    "附件B7应为45。",
    "表中第4行数字应更正为1500。",
    "表2第4行应改为1500",
    "附件有一处错误：培训班应是25次。",
    "附件中填报单位应为赤峰市红山区科技局。",
    "请帮忙把附件中的参加单位改成40可以吗？",
    "附件表里的药品赠送金额应为8.6万元。",
    "附件里人数不准确，实际参加人数是1350人。",
    "附件里参加单位填错了。",
    "表里的参加活动人员漏算了线上的，总数应为5200人。",
    "附件的数据不对，正确的数据如下：参加单位20，公众参与20000。",
    "附件统计表“公众参与”应为28500人次（附件误填为18500）。",
    "附件中参加单位数以本邮件正文为准：20个。",
    "请按20个单位登记，附件里写多了。",
    "特别说明：附件中短信发送科技信息应为3万5千条。",
    "附件内“出动宣传车”一项应为18辆。",
    "附件中有笔误，参加单位应为 ２０ 个。",
    "附件中参加单位一栏应填20。",
    "附件中参加单位一栏应该填写为20个。",
    "附件有误，参加单位是20不是36。",
    "表格第六行的数写反了，应该是12800。",
    "附件里的数字请以信中所列为准：参加单位20个。",
    "附件excel中公众参与应为9千人次",
    "说明：附件中科技人员实为230人。",
    "附件里“参加活动人员”应调整为2,200人。",
    "参加单位实际为20个，附件里写的36是去年的数。",
    "附件中参加单位应为二十个。",
    "附件中参加活动人员应为1.3万人。",
    "附件里的参加单位数其实是46。",
    "请将附件中“培训农牧民”更正为1530人次。",
    "附件上的单位数量不对，是20个。",
    "上次报的参加单位是36，应为20，请更正。",
    "昨天发的表里参加单位应为20个，请查收附件。",
    "附件中参加单位应为20个，其余不变。",
    "各位老师好：附件中“参加单位”一项填写有误，应为20家，烦请修正。",
    "老师，附件的公众参与那一栏我写错了，应是28500，您帮忙改一下吧",
    "附表第3行数据更正为45，特此说明。",
    "附件统计表里面的科技咨询人次应当为960。",
    "关于附件：参加活动人员应更正为2100人。",
    "附件里的数字以我邮件里写的为准：参加单位20个",
    "附件的资料发放数填成了12000，应该是21000。",
    "补充说明：附件中提供技术服务应为24次。",
    "【更正】参加单位应为20个",
    "更正一下：附件参加单位改为20",
    "注意：附件里义诊少了一个零，应是4200人次",
    "附件中的第12行应改成15场",
    "统计表中开放科普基地数应为19个，盖章件来不及重新盖了，请以此为准。",
    "盖好章才发现表里参加单位写错了，应该是20个。",
    "附件扫描件已盖章，其中参加单位应为20个，特此更正。",
    "附件是盖章的，第二行数字错了，正确为1300，请手工改一下。",
    "我把附件里的参加活动人员和公众参与填反了。",
    "附件里第5行和第6行的数字填串了。",
    "麻烦您把附件中科技报告会那一行改成21场",
    "附件参加单位36有误，更正为63。",
    "由于疏忽，附件中参加单位数填写错误，应为63个。",
    "附件电子表格中有个数字打错了，科普影视应是17场。",
    "不好意思，附件里短信条数应该是300000条",
    "表格里公众参与写的18500，其实是28500。",
    "附件数据有出入，以信中数据为准。",
    "请以以下数据为准：参加单位20个，参加活动人员1300人。",
    "以下数据为准，附件请忽略：参加单位20",
    "附件内容不准确，请按以下数据统计：参加单位20个。",
    "附件中人数计算有误，总数应为1350人。",
    "附件中，培训班次数应为25（不是15）。",
    "附件的药品赠送应为86000元，漏写一个0。",
    "“参加单位”应为“20”，附件填错。",
    "附件里的参加单位请按20个算",
    "参加单位：20个（附件中写的36有误）",
    "附件中“展示农机具”数量请更改为62台。",
    "附件填报的数字不实，实际参加单位为12个。",
    "附件统计表中“企业技术诊断”误填6，应为16。",
    "请注意附件数字错误：参加单位应是20",
    "附件表格第九行的金额单位错了，应为3.5元。",
    "附件里科普画廊的长度应该是210米，请老师帮忙更正。",
    "附件中填报单位名称有误，应为赤峰市科学技术与工业信息化局。",
    "上午报的附件没改，参加单位应为20个。",
    "领导好，附件第二行应为三十八个单位，请知悉",
    "附件中的数据以此邮件中的为准：参加单位20",
    "附表中公众参与一栏请改为2万人次",
    "我刚发现附件里资料发放写少了，应该是2.2万份，来不及改了，请您手动改一下",
    "附件“参加单位”数填报有误，实际应为46个，请予更正为盼。",
    "附件有一个数需要更正：参加单位46个",
    "说明：附件表格中第7行应为0",
    "附件里的义诊人次是4200，不是420",
    "表内科普影视应是70场而不是7场",
    "更正如下：\n参加单位：20个\n公众参与：9000人次",
    "您好！\n附件是我局的统计表。\n其中参加单位应为20个。\n谢谢！",
)
FOR = (
    "请查收。",
    "以最后一次为准。",
    "以此版为准，上一封作废。",
    "上一封邮件附件有误，请以此为准。",
    "上次发的统计表参加单位有误，现重新报送，请以这份为准。",
    "昨天的附件数据有误，已更正，请以本邮件附件为准。",
    "之前报的参加单位应为36个，已在附件中更正。",
    "参加单位由30更正为36，见附件。",
    "更正：上一封邮件作废，以本次为准。",
    "更正后的统计表见附件，请查收。",
    "现将更正后的统计表重新上报，给您添麻烦了。",
    "附件为盖章版，如与电子版不一致，以盖章版为准。",
    "如有错误，请指正。",
    "附件如有误请告知，谢谢。",
    "以上数据以附件为准。",
    "请以附件为准。",
    "数据经核对无误，请查收附件。",
    "附件数据已核实，没有错误。",
    "我单位参加单位36个，参加活动人员1200人，详见附件。",
    "您好，附件是我局统计表，共1份，请查收。如有问题请联系0476-8330000。",
    "附件应为两个，请查收。",
    "请问截止日期应为6月15日吗？",
    "通知附件2第5行的单位应为“万元”吧？",
    "通知中的附件2表格有误，第5行缺单位。",
    "参加单位应为36个。",
    "附件中参加单位应为36个，请核对。",
    "我局联系人更改为李明，电话13900001234。",
    "我单位邮箱改为new@example.cn，请更新。",
    "今后联系电话改为0476-8222222，麻烦登记。",
    "活动时间由5月20日改为5月22日，请知悉。",
    "因天气原因，启动仪式调整为线上举行。",
    "今年科普大集由3场调整为5场，效果很好。",
    "今年活动周由往年的7天调整为9天，参与人数比去年增加2000人。",
    "刚才发的附件不对，请以这封为准。",
    "第一次发的文件名写错了，重新发一下。",
    "上午发的表格少填了一行，现补充完整，请替换。",
    "修改后的表格见附件。",
    "已按要求将第3行改为24。",
    "您提出的问题已全部修改，请审核。",
    "按您的要求，参加单位已改为36个，请查收。",
    "第4行的人数原来填的是“千余人”，已更正为1200。",
    "统计口径：参加活动人员应为线下人数，线上另计。",
    "附件1为统计表，附件2为总结报告，以盖章件为准。",
    "以此为准。",
    "请以此表为准，谢谢！",
    "以本次报送的数据为准。",
    "最终稿，以此为准！",
    "数据截至5月30日，最终数据以后续更正为准。",
    "附件数据暂不含旗县，后续补报。",
    "谢谢老师指正，已更正，请查收。",
    "之前的附件打不开，重新发送。",
    "收到更正通知，现将修改后的统计表发来，请审核。",
    "原附件作废，以此附件为准。",
    "前面两封邮件有误，请以最后一封为准。",
    "附件密码已改为空，可直接打开。",
    "如果附件数据与系统不一致，以附件为准。",
    "附件是统计表，不知道填得对不对，请老师审核。",
    "请问填报单位应为科技局还是科协？",
    "参加活动人员应包括志愿者，我们按这个口径统计的。",
    "表格中未开展的项目填的是0。",
    "附件里有两张表，第2张是总结。",
    "请将附件打印存档。",
    "麻烦确认收到，谢谢。",
    "请老师帮忙看一下附件有没有错误。",
    "附件表格有点乱，如有不对的地方请直接帮我改。",
    "邮件正文请忽略，以附件为准。",
    "更正单收到，附件为重新填写的统计表。",
    "请更正我单位名称为赤峰市科学技术局。",
    "附件表中数量为全市汇总数，含12个旗县区。",
    "我们把第5行的单位写全了，应该没问题了。",
    "参加人数应该是历年最多的一次。",
    "附件盖章扫描件与电子版内容一致，以电子版为准。",
    "附件是我单位的统计表，请以盖章版为准。",
    "更正：前一封邮件附件传错，此封为准。",
    "请老师审阅，如不对我再改。",
    "我们对数据又核对了一遍，没有问题。",
    "由于上一份表格中参加单位填错，现重新填报，请以最新的为准。",
    "昨天的邮件中科技咨询人次应为860，今天的附件已改好。",
    "按照5月10日的通知要求，我们修改了第3行，请查收。",
    "重新上报，原报表作废。",
    "请以6月8日报送的为准。",
    "上一版有误，此版为准。",
    "v2版，以此为准",
    "补发盖章件，数据不变。",
    "已补充参加活动人员数，请查收。",
    "附件中红色字体为修改内容。",
    "附件中标黄部分为更正的数字。",
    "附件标红处为本次更正内容，参加单位由30改为36。",
    "老师好，附件是更正后的表，参加单位改成了36个。",
    "附件里参加活动人员数包含线上。",
    "附件中“公众参与”按人次统计。",
    "附件中0表示没有开展。",
    "附件一共3个，表格以Excel为准，PDF是盖章版。",
    "Word版和PDF版内容一致，如有差异以PDF为准。",
    "统计表中的数据来源于12个旗县区的汇总，经审核准确。",
    "本次活动共组织36个单位、1200人参加，群众参与18500人次，发放资料12000份。",
    "我单位有2名同志参加，不知道是否需要填写。",
    "请问第5行是填人数还是人次？我先按人次填了。",
    "表格第6行不太明白，先填了24，不对的话请告诉我。",
    "是不是还需要报总结？",
    "请问更正：参加单位需要盖章吗？",
    "此前电话中说的问题已改正，谢谢。",
    "收件人应为科普处，麻烦转交。",
    "烦请转交科普处王老师，谢谢。",
    "如数据有误，以我单位纸质报送为准。",
    "因为系统原因附件发不出去，今天补发。",
    "我市今年科技活动周主会场由广场改为体育馆。",
    "本邮件附件为正式上报材料，以前发送的无效。",
    "前次数据不准，这次是准的。",
    "这次的数据是准确的，上次漏了两个县。",
    "上次少算了线上人数，这次补上了，应为1200人。",
    "回复：已按“参加单位应为整数”的要求修改。",
    "您指出的第7行错误已更正为35000元。",
    "我单位参加活动的人数实际为1200人，请查收附件。",
    "实际参加单位36个，与附件一致。",
    "附件与邮件正文一致。",
    "附件和纸质版一致，以纸质版为准。",
    "该表应为6月15日前报送，现提前报送。",
    "负责人应为张局长，联系人为李明。",
    "附件格式应为docx，如打不开请告知。",
    "文件名应为“赤峰市统计表”，发送时未改名，请谅解。",
    "邮件主题应为“统计表”，写错了请谅解。",
    "附件不对请联系我，13900001234。",
    "请查收附件，没有错误请回复收到。",
    "附件不准备再改了，这是最终版。",
    "附件还不完整，总结后面再报。",
    "2023年5月20日至5月30日，我市开展了活动，参加人数应不少于1000人。",
    "按通知要求每个单位应报1份统计表，现报上1份。",
    "科技活动周期间应为每天统计，我们按总数填报。",
    "附件名称应为统计表。",
    "各位领导：现将我局2023年科技活动周统计表报上。活动期间共举办科技报告会11场，发放资料12000份，参与群众18500人次，请审阅。",
    "我局今年共组织36个单位参加，比去年增加6个，其中新增学校4所，应急演练2场。",
    "附件1：统计表；附件2：总结；附件3：照片12张。总结报告应为盖章件，明天补寄。",
    "活动周原定5月20日开始，后改为5月21日，特此说明。",
    "统计表中“药品赠送”为卫健委捐赠，折合8600元。",
    "附件中有红章。如需纸质版请告知，邮寄地址应为哪里？",
    "按照文件要求，每个单位应报送1份统计表、1份总结，我单位已全部报送。",
    "我局科普科电话有变，现为0476-8331111，请更新通讯录。",
    "表格第3行数据含线上直播观看人次，线上共计1万余人次。",
    "今年我们把“科技下乡”改为每月1次，效果很好，详见总结。",
    "附件为修改后的统计表，主要修改：第3行1100改为1200，第5行补充了数量。",
    "根据贵处电话要求，将第8行单位由“万元”改为“元”，金额改为35000元。",
    "请将我单位总结报告中的“赤峰市”改为“赤峰”，统计表不变。",
    "附件一、二分别为统计表（36个单位）和名单，名单中第5人应为张丽。",
    "因统计口径变化，参加活动人员不含学生，特此说明。",
    "今天收到退回的邮件说第4行人数有误，已核实改为130人，请再审核。",
    "您好，附件是统计表，上面的科技人员130人是按报名数统计的，实际到场126人。",
    "表里参加单位36个是准确的，请放心。",
    "统计表是按旗县上报数汇总的，如果个别数据有出入，应以旗县为准。",
    "附件数据为截至5月31日数据，与快报数据（5月25日）不一致是正常的。",
    "附件中活动照片应为横版，若不合适请联系我们更换。",
    "请各位老师以后把通知发到新邮箱，旧邮箱停用，联系人改为王芳。",
    "由于工作人员变动，填表人由李明变更为王芳，电话0476-8330002。",
    "附件命名有误，应为“统计表”，内容无误。",
    "昨晚发的邮件忘记附附件了，现补上。",
    "发错邮箱了，应为nmkepu@126.com，重新发送。",
    "请问第10行“企业技术诊断”应该填项数还是企业数？我们填的是6项。",
    "如需更正请电话联系，我们改好再报。",
    "我们报的数是准确的，没有夸大，请领导审核！",
    "单位名称变更：原赤峰市科学技术局现更名为赤峰市科技局。",
    "附件中项目名称写错了，应为市民广场科普大集，已改好重发",
    "更正如下：\n参加单位：36个\n公众参与：18500人次",
    "更正如下：\n1. 3月5日的活动改在下午；\n2. 参加单位36个",
    "请查收。\n\n------------------ 原始邮件 ------------------\n发件人: 科普处\n附件中参加单位应为20个，请更正",
    "已改好。\n> 附件第3行有误，应为45",
    "请查收。\n--\n赤峰市科学技术局 电话应为0476-8330000",
)


@cache
def form_of(changes: tuple[tuple[str, str], ...]):
    """Return the filled form as it is read, once for all sentences about it."""
    (submission,) = decide(mail(statistics(**dict(changes)))).submissions
    (reading,) = submission.readings
    return HOME.forms[reading.form], reading


def said_otherwise(text: str, **changes: str) -> tuple[str, ...]:
    return contradictions(text, [Attached(*form_of(tuple(changes.items())))])[0]


@pytest.mark.parametrize("text", AGAINST)
def test_an_attachment_that_its_mail_calls_wrong_is_not_counted(text):
    assert said_otherwise(text)


@pytest.mark.parametrize("text", FOR)
def test_a_mail_that_replaces_another_or_only_speaks_of_its_attachment_is_accepted(text):
    assert not said_otherwise(text)


@pytest.mark.parametrize(
    ("text", "states", "right"),
    [
        ("附件中参加单位应为20个", {"units": "20"}, True),
        ("附件中参加单位应为20个", {"units": "20个"}, True),
        ("附件中参加单位应为20个", {"units": "36", "boards": "20"}, False),
        ("附件中公众参与应为1.2万人次", {"public": "12,000"}, True),
        ("附件中公众参与应为一万二千人次", {"public": "1.2万"}, True),
        ("参加单位由36个更正为20个，已在附件中修改", {"units": "36"}, False),
        ("参加单位由36个更正为20个，已在附件中修改", {"units": "20"}, True),
        ("附件中填报单位应为赤峰市科学技术局", {}, True),
    ],
)
def test_what_the_words_ask_for_may_stand_in_the_attachment_already(text, states, right):
    assert (said_otherwise(text, **states) == ()) is right


def test_each_sentence_is_quoted_once_and_the_sender_is_asked_to_change_the_attachment():
    text = "附件中参加单位应为20个。\n公众参与应为9000人次。\n附件中参加单位应为20个。"
    decision = decide(mail(statistics(), text=text))
    (submission,) = decision.submissions
    told = [str(tell(f)) for f in submission.findings if f.code == "said-otherwise"]
    assert len(told) == 2
    assert all("附件改好" in sentence for sentence in told)
    assert (decision.outcome, decision.reason) == ("returned", "needs-correction")
    assert (submission.standing, decision.answer) == (Standing.RETURNED, True)


def test_the_words_of_a_quoted_letter_ask_for_nothing():
    quoting = "请查收。\n\n在2023年6月1日，科普处写道：\n> 附件中参加单位应为20个"
    assert decide(mail(statistics(), text=quoting)).outcome == "accepted"


PROJECT, TABLE = "project", "statistics"
BOTH = {PROJECT, TABLE}


def two_forms(text: str, *names: str, **changes: str):
    """Return which of 备案表 and 统计表 in one mail are sent back for a sentence."""
    first, second = names or ("备案表.docx", "统计表.docx")
    forms = (read(papers.project(changes), first), statistics(name=second))
    decision = decide(mail(*forms, text=text))
    return {s.requirement for s in decision.submissions if s.standing is Standing.RETURNED}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("附件2第3行应为20，请以此为准。", {TABLE}),
        ("附件二第3行应为20。", {TABLE}),
        ("附件１中有一处笔误。", {PROJECT}),
        ("统计表第3行应为20。", {TABLE}),
        ("《情况统计表》第3行应为45，备案表无误。", BOTH),
        ("附件中的备案表填错了，应为900人。", {PROJECT}),
        ("附件“统计表.docx”第5行应为45。", {TABLE}),
        ("附件中公众参与应为19000人次。", {TABLE}),
        ("附件中参加单位应为20个。", {TABLE}),
        ("附件中公众参与应为18500人次。", set()),
        ("附件中邮编应为024005。", {PROJECT}),
        ("更正：统计表\n参加单位20个\n公众参与9000人次", {TABLE}),
        ("附件统计表有误。第3行应为45。第5行应为60。", {TABLE}),
        ("附件统计表有误。备案表已按要求填好。第3行应为45。", BOTH),
        ("附件统计表以正文为准：公众参与9000人次。", {TABLE}),
        ("以邮件正文为准。公众参与9000人次。", {TABLE}),
        ("附件第3行应为20，请以此为准。", BOTH),
        ("附件里的数字有误，以邮件正文为准。", BOTH),
        ("附件里参加人数应为900人。", BOTH),
        ("附件3第3行应为20。", BOTH),
        ("附件1和附件2第3行应为20。", BOTH),
        ("附件1、2中的电话应为0476-8330002。", BOTH),
        ("附件中公众参与应为9000人次，两张表都要改。", BOTH),
        ("附件统计表第3行应为20，备案表也要改。", BOTH),
        ("附件统计表第3行应为20。备案表中人数应为900。", BOTH),
        ("附件1中公众参与应为9000人次。", BOTH),
        ("附件2第3行应为20。附件1第2行应为市科协。", BOTH),
    ],
)
def test_of_several_forms_only_the_one_that_is_surely_meant_is_sent_back(text, meant):
    assert two_forms(text) == meant


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (("附件1：备案表.docx", "附件2：统计表.docx"), {TABLE}),
        (("附件2.docx", "附件1.docx"), {PROJECT}),
        (("附件1.docx", "附件3.docx"), BOTH),
    ],
)
def test_a_number_in_the_files_names_goes_before_their_order(names, meant):
    assert two_forms("附件2第3行应为20。", *names) == meant


def test_the_second_attachment_that_is_the_notices_first_annex_may_be_either():
    forms = (statistics(), read(papers.project(), "备案表.docx"))
    decision = decide(mail(*forms, text="附件2第3行应为20。"))
    assert {s.standing for s in decision.submissions} == {Standing.RETURNED}


def test_of_two_copies_of_a_form_the_one_whose_name_is_given_is_sent_back():
    first, second = (
        read(papers.project({"name": name}), f"{name}.docx")
        for name in ("市民广场科普大集", "青少年科学营")
    )
    for text, meant in (
        ("附件备案表中青少年科学营的人数应为900。", ["青少年科学营"]),
        ("附件备案表的人数应为900。", ["市民广场科普大集", "青少年科学营"]),
    ):
        decision = decide(mail(first, second, statistics(), text=text))
        returned = [s.item for s in decision.submissions if s.standing is Standing.RETURNED]
        assert returned == meant


def test_a_blank_says_which_annex_it_is_where_that_is_printed():
    assert [printed_annex(HOME.blanks[form]) for form in (PROJECT, TABLE)] == [1, 2]
    assert printed_annex(papers.report("赤峰市科技局")) is None
    assert printed_annex(b"") is None


FORWARDED = """请查收。

------------------ 转发邮件 ------------------
发件人: "红山区科技局" <hs@example.cn>
发送时间: 2023年6月1日 9:00
收件人: 赤峰市科技局
主题: 统计表

{words}

------------------ 原始邮件 ------------------
发件人: 赤峰市科技局
{quoted}
"""


@pytest.mark.parametrize(
    ("words", "quoted", "outcome"),
    [
        ("附件中参加单位应为20个。", "请报送。", "returned"),
        ("请审核附件。", "附件中参加单位应为20个。", "accepted"),
    ],
)
def test_the_words_of_a_mail_that_is_passed_on_count_and_what_it_quotes_does_not(
    words, quoted, outcome
):
    text = FORWARDED.format(words=words, quoted=quoted)
    letter = mail(statistics(), text=text, subject="转发：统计表")
    assert decide(letter).outcome == outcome


@pytest.mark.parametrize("part", ["附件", "应为", "更正:", "1", "参加单位", "不是", "，", "按1"])
def test_a_long_letter_is_looked_at_in_bounded_parts(part):
    said_otherwise(part * 20_000)
    said_otherwise(f"{part}。" * 5_000)


def beside(*lines: str) -> list[str]:
    """Return what is told of a form with these lines under its table."""
    paper = statistics()
    written = tuple(Paragraph(line, Place(paragraph=90 + n)) for n, line in enumerate(lines))
    document = replace(paper.document, blocks=(*paper.document.blocks, *written))
    (submission,) = decide(mail(replace(paper, document=document))).submissions
    return [tell(f).wrong for f in submission.findings if f.code == "said-otherwise"]


@pytest.mark.parametrize(
    "line",
    [
        "更正：参加单位应为20个",
        "注：表中参加单位有误，应为20个。",
        "勘误：参加单位20个，公众参与9000人次",
    ],
)
def test_a_number_that_its_own_file_corrects_under_the_table_is_not_counted(line):
    (told,) = beside(line)
    assert told.startswith("表外写着“")


@pytest.mark.parametrize(
    "line",
    [
        "更正：参加单位应为36个",
        "填写有误的退回更正。",
        "参加单位应为20个以上。",
        "如有错误，请于6月10日前更正。",
    ],
)
def test_lines_under_the_table_that_correct_no_number_are_no_correction(line):
    assert beside(line) == []
