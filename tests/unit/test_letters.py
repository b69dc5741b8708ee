"""Letters say what was received, for whom, by when, what to correct, and whom to call."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup, escape

from rules.finding import Finding, Severity
from rules.outcome import Standing
from templates.compose import compose
from templates.digest import FEWER_LISTED, MOST_LISTED
from templates.render import LETTERS, environment, render
from templates.views import EquationView, LinkView
from tests.unit import letter_samples as samples

LETTERS_FOLDER = Path(__file__).parents[2] / "templates" / "letters"
TO_COORDINATORS = {"command-done", "command-confirm", "command-unclear", "command-told"}
TO_COORDINATORS |= {"roster-proposed", "roster-faulty", "approval"}
OPERATORS = {"alert", "alert-over"}  # written about the bot, not about a campaign
HOSTILE = '<script>alert(1)</script>\u202egnp.exe"\r\nBcc: a@example.cn\x00{{ 7*7 }}'


def visible(page, between=""):
    """Return the words of a page as a reader has them, its white space as `between`."""
    body = re.sub(r"<(style|title)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", between, html.unescape(re.sub(r"<[^>]+>", between, body)))


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.fixture(params=sorted(samples.SAMPLES))
def letter(request):
    return render(request.param, samples.SAMPLES[request.param]())


def test_every_letter_in_the_registry_has_its_three_templates_and_a_sample():
    kinds = {known.kind for known in LETTERS}
    assert kinds == set(samples.SAMPLES)
    files = {path.name for path in LETTERS_FOLDER.glob("*.j2")} - {"base.html.j2"}
    own = {name for name in files if not name.startswith("_")}
    assert own == {f"{kind}.{end}.j2" for kind in kinds for end in ("txt", "html", "subject")}


def test_a_letter_is_not_rendered_from_another_kinds_view():
    with pytest.raises(TypeError, match="AnswerView"):
        render("receipt", samples.reminder())


def test_an_unknown_kind_of_letter_is_refused():
    with pytest.raises(KeyError):
        render("invitation", samples.receipt())


def test_every_letter_is_html_without_script_remote_content_or_style_sheet_links(letter):
    assert not re.search(
        r"<script|<link|<img|<iframe|url\(|@import|@font-face", letter.html, re.IGNORECASE
    )
    assert not re.search(r"https?://", letter.html)
    assert "style=" in letter.html


def test_every_letter_names_the_people_to_call_in_both_forms(letter):
    if letter.kind in {"digest", "closing", "campaign-broken", *OPERATORS, *TO_COORDINATORS}:
        return
    for contact in samples.CAMPAIGN.contacts:
        assert contact.name in letter.text
        assert contact.phone in letter.text
        assert contact.phone in visible(letter.html)


def test_every_subject_says_something_of_its_own_and_is_one_short_line(letter):
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 140
    own = r"邮件|邮箱" if letter.kind in OPERATORS else r"科学技术局|科技"
    assert re.search(own, letter.subject)


@pytest.mark.parametrize("kind", sorted(samples.SAMPLES))
def test_the_plain_text_says_everything_the_page_says_in_numbers(kind):
    letter = render(kind, samples.SAMPLES[kind]())
    shown = set(re.findall(r"\d[\d,.:-]*", html.unescape(visible(letter.html, between=" "))))
    assert shown - set(re.findall(r"\d[\d,.:-]*", letter.text)) == set()


def test_a_receipt_shows_number_values_remarks_hashes_and_what_is_still_owed():
    view = samples.receipt()
    letter = render("receipt", view)
    for page in (squeezed(letter.text), visible(letter.html)):
        assert "20230614-0042" in page
        assert "赤峰市科学技术局" in page
        assert "6月15日（星期四）24:00前" in page
        assert "1,200人" in page
        assert "填写为“约1200人”" in page
        assert "填写为“5.2万元”，已折算" in page
        assert "52,000元" in page
        assert "2023年5月20日至2023年5月31日" in page
        assert "流动科技馆接待" in page
        assert "影像资料" in page
        for one in view.files:
            assert one.sha256 in page


def test_a_receipt_shows_each_field_that_differs_from_the_version_before():
    text = render("receipt", samples.receipt()).text
    assert "培训班：8 次 → 592 次" in text
    assert "参加活动人员：一千二三百（待确认） → 1,200 人" in text
    assert "科技人员：60 人 → 未填" in text
    assert "公众参与：185 人次 →" not in text


def test_a_receipt_for_the_same_content_says_that_nothing_changed():
    view = samples.receipt()
    part = view.parts[0]
    same = replace(part, previous=part.submission)
    text = render("receipt", replace(view, parts=(same,))).text
    assert "各项内容与上一版相同" in text


def test_a_receipt_tells_a_late_form_that_it_counts_as_late_and_need_not_come_again():
    text = render("receipt", samples.receipt()).text
    assert "已按迟报登记，不需要重发" in text


def test_a_unit_that_owes_nothing_more_is_told_so_and_thanked():
    text = render("receipt", samples.answer_view(owed=())).text
    assert "应报的材料都已收到" in text


def test_a_correction_list_says_where_what_was_read_what_is_wrong_and_how_to_fix():
    for page in _both(render("correction", samples.correction())):
        assert "表1第4行「公众参与（人次）」填的是“3000—5000”" in page
        assert "这里填的是一个范围" in page
        assert "请只填一个确定的" in page
        assert "这个数比“参加活动人员”（1,200）还大" in page
        assert "有10处需要更正，另有1个附件没能登记" in page


def test_a_correction_list_names_the_marked_copy_and_the_blank_and_carries_both():
    view = samples.correction()
    letter = render("correction", view)
    assert letter.attachments == (*view.marked, *view.blanks)
    for page in _both(letter):
        assert "《统计表（已标注）.docx》" in page
        assert "《2023年内蒙古科技活动周情况统计表.docx》" in page


def test_a_correction_list_without_attachments_does_not_promise_any():
    for page in _both(render("correction", replace(samples.correction(), marked=(), blanks=()))):
        assert "附件中标出" not in page
        assert "空白表" not in page


def test_empty_fields_are_one_point_with_many_places_after_all_others():
    text = render("correction", samples.correction()).text
    assert text.count("还没有填写（5处）") == 1
    assert text.index("还没有填写") > text.index("看不准登记哪个")
    assert text.index("文件加了密码") < text.index("看不准登记哪个")


def test_a_correction_list_is_named_after_what_has_to_come_again():
    letter = render("correction", samples.correction())
    assert "请更正：赤峰市科学技术局 情况统计表〕" in letter.subject


def test_a_finding_without_a_place_leaves_no_empty_bullet():
    blank = Finding("blank-form", Severity.ERROR)
    part = samples.part("statistics", Standing.RETURNED, findings=(blank,))
    letter = render("correction", samples.answer_view(parts=(part,)))
    assert not re.search(r"·\s*$", letter.text, re.MULTILINE)
    assert 'class="place"' not in letter.html


def test_paragraphs_of_the_plain_text_stand_apart(letter):
    assert (
        "：您好！\n\n" in letter.text
        or "您好！\n\n" in letter.text
        or letter.kind in {"digest", "closing"}
    )
    assert "\n\n\n" not in letter.text


def test_an_accepted_part_of_a_returned_mail_need_not_come_again():
    for page in _both(render("correction", samples.correction())):
        assert "不用重发" in page
        assert "【总结报告】已收" in page or "总结报告已收" in page


def test_a_letter_of_forty_findings_stays_a_short_list():
    place = samples.correction().parts[0].submission.findings[0].place
    many = tuple(Finding("required", Severity.ERROR, f"f{n}", f"项目{n}", place) for n in range(40))
    view = samples.answer_view(
        parts=(samples.part("statistics", Standing.RETURNED, findings=many),)
    )
    text = render("correction", view).text
    assert text.count("请补上") == 1
    assert all(f"「项目{n}」" in text for n in range(40))


def test_an_answer_knows_whether_anything_has_to_come_again():
    assert samples.correction().needs_correction
    assert not samples.receipt().needs_correction
    broken = Finding("file-damaged", Severity.ERROR, file="a.docx")
    assert samples.answer_view(findings=(broken,)).needs_correction


@pytest.mark.parametrize(
    ("now", "subject", "said"),
    [
        (samples.at(6, 8, 9), "还有7天：", "还有7天"),
        (samples.at(6, 12, 9), "还有3天：", "还有3天"),
        (samples.at(6, 14, 9), "明天截止：", "明天，6月15日（星期四）24:00"),
        (samples.at(6, 15, 9), "今天截止：", "今天，6月15日（星期四）24:00"),
        (samples.at(6, 16, 9), "请补报：", "截止时间6月15日（星期四）24:00已经过了"),
        (samples.at(6, 18, 9), "请补报：", "已经过了3天"),
        (samples.at(6, 22, 9), "请补报：", "已经过了7天"),
    ],
)
def test_a_reminder_is_worded_for_its_day(now, subject, said):
    letter = render("reminder", samples.reminder(now))
    assert letter.subject.startswith(f"{subject}锡林郭勒盟科学技术局")
    for page in _both(letter):
        assert squeezed(said) in page


def test_a_reminder_names_only_what_is_owed_and_the_open_points_of_what_was_returned():
    letter = render("reminder", samples.reminder())
    for page in _both(letter):
        assert "重点项目备案表" not in page
        assert "还有10处没有更正" in page
        assert "短信发送科技信息" not in page  # only a warning: nothing to correct
    unsent = render("reminder", samples.reminder(returned=False))
    for page in _both(unsent):
        assert "没有更正" not in page


def test_a_reminder_carries_the_blanks_and_says_where_to_send():
    view = samples.reminder()
    letter = render("reminder", view)
    assert letter.attachments == view.blanks
    assert "nmkepu@126.com" in letter.text


def test_an_unrecognised_mail_is_told_what_came_and_how_to_do_it_right():
    for page in _both(render("unrecognised", samples.unrecognised())):
        assert "IMG_2041.pdf" in page
        assert "另存为Word（.docx）或Excel（.xlsx）" in page
        assert "2022年内蒙古科技活动周情况统计表" in page
        assert "还没有登记" in page


def test_an_unrecognised_mail_to_a_shared_mailbox_names_no_campaign():
    view = replace(samples.unrecognised(), campaign=None, owed=(), files=())
    for page in _both(render("unrecognised", view)):
        assert "邮件里没有附件" in page
        assert "科技活动周暨" not in page


def test_a_digest_puts_todays_deadlines_first_and_past_ones_last():
    text = render("digest", samples.digest()).text
    lines = ("情况统计表　6月15日", "影像资料　6月19日", "重点项目备案表　5月12日")
    today, coming, past = (text.index(line) for line in lines)
    assert today < coming < past


def test_a_digest_says_whether_every_mail_is_accounted_for():
    view = samples.digest()
    for page in _both(render("digest", view)):
        assert "邮箱里的邮件96=登记61+退回14+不需回复18+待人工3" in page
    broken = replace(view, equation=EquationView(97, 61, 14, 18, 3))
    for page in _both(render("digest", broken)):
        assert "邮箱里的邮件97≠登记61" in page
        assert "邮件数对不上" in page


def test_a_digest_lists_missing_units_with_phone_and_held_mails_with_reason_and_candidates():
    for page in _both(render("digest", samples.digest())):
        assert "13900000003" in page
        assert "可能是：通辽市科学技术局、通辽市科学技术协会" in page
        assert "被退回" in page
        assert "不确定是否送达" in page


def test_a_digest_lists_who_misses_todays_deadline_before_who_missed_an_old_one():
    view = samples.digest()
    old = replace(view.missing[0], unit_name="内蒙古大学", due=samples.DUE_MAY)
    text = render("digest", replace(view, missing=(old, *view.missing))).text
    assert text.index("阿拉善盟科学技术局") < text.index("内蒙古大学")


def test_a_digest_with_a_very_long_list_points_to_the_workbook():
    view = samples.digest()
    long = replace(view, missing=view.missing[:1] * (MOST_LISTED + 25))
    for page in _both(render("digest", long)):
        assert "另有25行" in page


def crowded(units: int):
    """Return the digest of the day after a deadline that nobody of a large roster kept."""
    view, sample = samples.digest(), samples.digest().missing
    missing = tuple(
        replace(
            sample[n % 4], unit_name=f"某某自治州某某县教育科技和工业信息化局{n}", reminded=n % 5
        )
        for n in range(units)
    )
    return replace(
        view,
        missing=missing,
        held=view.held[:1] * units,
        new=view.new * units,
        returned=view.returned * units,
        proposals=view.proposals * units,
        links=view.links * units,
        acts=view.acts * units,
        letters=replace(view.letters, undelivered=view.letters.undelivered * units),
        rollup=None,
    )


def test_the_digest_of_a_large_campaign_stays_under_100_kb_as_it_is_sent():
    letter = render("digest", crowded(300))
    raw = compose(
        letter,
        sender_name="某某",
        sender_address="a@example.cn",
        recipients=("b@example.cn",),
        message_id="<1@example.cn>",
        date=samples.at(6, 15),
        loop_token="0" * 24,
    )
    assert len(raw) < 100_000, len(raw)
    for page in _both(letter):
        assert "还没有报齐的单位" in page
        assert "300个" in page
        assert f"另有{300 - FEWER_LISTED}行" in page


def test_a_digest_needs_no_style_sheet_to_show_its_bars_and_headings():
    page = render("digest", samples.digest()).html
    bare = re.sub(r'\s(style|class)="[^"]*"', "", page)
    for heading in ("进度", "等您处理", "还没有报齐的单位", "邮件核对"):
        assert f"<b>{heading}</b>" in bare
    assert len(re.findall(r'<td bgcolor="#[0-9a-f]{6}" width="\d+%" height="10">', bare)) >= 10
    assert not re.search(r"<table(?![^>]*cellspacing)", re.sub("<!--.*?-->", "", bare))


def test_a_digest_gives_each_held_mail_its_buttons_and_each_phone_a_tap():
    letter = render("digest", samples.digest())
    assert letter.html.count("mailto:nmkepu@126.com?subject=") == 10
    assert 'href="tel:13900000003"' in letter.html
    assert 'href="tel:04710000001"' in letter.html
    assert "认领 第91号 → 通辽市科学技术局 [Q7KD2M-" in letter.text


def test_a_digest_says_why_a_form_went_back():
    for page in _both(render("digest", samples.digest())):
        assert "还没有填写「参加单位」等3处" in page


def test_a_digest_groups_who_owes_the_same_by_the_same_day():
    for page in _both(render("digest", samples.digest())):
        assert page.count(squeezed("：情况统计表、总结报告、影像资料")) == 1


def test_a_digest_tells_of_links_proposals_totals_orders_and_who_was_never_heard_of():
    for page in _both(render("digest", samples.digest())):
        for said in (
            "6月17日00:49到期",
            "tlkjj2023@example.com",
            "84,210人",
            "64%",
            "免报内蒙古大学影像资料",
            "还没有来过信的单位1个",
            "提醒发不到",
        ):
            assert squeezed(said) in page.replace("】", ""), said


def test_a_paused_campaigns_digest_says_so_first():
    view = replace(samples.digest(), paused=samples.at(6, 14, 9, 40))
    letter = render("digest", view)
    assert "已暂停" in letter.subject
    for page in _both(letter):
        assert page.index("已暂停") < page.index("进度")


def test_a_closing_report_says_who_was_on_time_late_and_never():
    letter = render("closing", samples.closing())
    assert letter.subject.startswith("收尾报告 6月15日（星期四）24:00截止")
    for page in _both(letter):
        assert "应报28个：按时15，迟报2，报无1，免报1，退回未更正2，没有报6，展期中1" in page
        assert "应报28个：按时17" in page
    assert letter.attachments == (samples.closing().rollup,)
    weekly = render("closing", replace(samples.closing(), due=None))
    assert weekly.subject.startswith("本周报告 6月16日")


def test_a_letter_to_a_superior_lists_units_and_blames_nobody():
    for page in _both(render("superior", samples.superior())):
        assert "锡林郭勒盟科学技术局" in page
        assert "请方便时帮忙转告一声" in page
        for blame in ("逾期", "责任", "通报", "未按", "拖延"):
            assert blame not in page


def test_a_reminder_says_what_is_missing_of_what_has_come_in_part_and_when_a_link_ends():
    view = samples.reminder()
    part = replace(view.items[0], kept=("草原夜市", "科普讲座"), item="大篷车")
    link = replace(view.items[2], link=LinkView("视频.mp4", "800M", samples.at(6, 17, 0, 49)))
    told = replace(view, items=(part, view.items[1], link), done=("重点项目备案表",))
    for page in _both(render("reminder", told)):
        assert "已收到“草原夜市”“科普讲座”；这一份还要更正" in page
        assert "目前只收到链接《视频.mp4》（800M）" in page
        assert "链接6月17日00:49到期" in page
        assert "已经收到的：重点项目备案表，谢谢" in page
    expiring = render("reminder", replace(told, items=(link,), expiring=True))
    assert expiring.subject.startswith("链接快到期：")
    for page in _both(expiring):
        assert "请在到期前把文件发来" in page


def test_a_reminder_tells_how_to_declare_nothing_where_that_is_allowed():
    view = samples.reminder(returned=False)
    item = replace(
        view.items[0], requirement=view.items[0].requirement.model_copy(update={"nil": True})
    )
    for page in _both(render("reminder", replace(view, items=(item,)))):
        assert "回信写明“我单位无情况统计表”就行" in page
    for page in _both(render("reminder", view)):
        assert "我单位无" not in page


def test_a_digest_of_an_empty_day_is_still_a_digest():
    view = replace(
        samples.digest(), since=None, progress=(), new=(), returned=(), late=(), missing=(),
        held=(), rollup=None, ignored_reasons={}, equation=EquationView(0, 0, 0, 0, 0),
    )  # fmt: skip
    assert "相符" in render("digest", view).text


def test_a_digests_progress_bar_fills_its_width_exactly():
    page = render("digest", samples.digest()).html
    bars = re.findall(r'<table[^>]*class="bar".*?</table>', page, re.DOTALL)
    assert len(bars) == 4
    for bar in bars:
        assert sum(int(width) for width in re.findall(r'<td[^>]* width="(\d+)%"', bar)) == 100
        assert "<td bgcolor=" in bar


def test_hostile_names_and_values_stay_text():
    view = samples.correction()
    finding = Finding("type", Severity.ERROR, None, HOSTILE, None, HOSTILE, HOSTILE)
    part = samples.part("statistics", Standing.RETURNED, findings=(finding,), item=HOSTILE)
    hostile = replace(
        view, parts=(part,), unit_name=HOSTILE, greeting_name=HOSTILE, subject=HOSTILE,
        findings=(finding,), files=(samples.FileRef(HOSTILE, "0" * 64),),
    )  # fmt: skip
    letter = render("correction", hostile)
    assert "<script" not in letter.html
    assert "{{7*7}}" in visible(letter.html)
    for text in (letter.text, letter.html, letter.subject):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\r]", text)
    assert "\nBcc" not in letter.text


@pytest.mark.parametrize("name", ["<b>&\"'", "<b>&\"'" * 200, Markup("<b>&\"'")])
def test_a_page_shows_markup_that_came_from_outside_instead_of_obeying_it(name):
    letter = render("receipt", replace(samples.receipt(), unit_name=name))
    assert name in html.unescape(letter.html)
    assert name not in letter.html
    assert str(escape(str(name))) in letter.html
    assert name in letter.text


def test_a_page_prints_what_a_line_has_and_nothing_else():
    names = environment(DictLoader({"page": "{{ line.title }}"}), str).get_template("page")
    assert names.render(line=SimpleNamespace(title="表")) == "表"
    for line in (SimpleNamespace(), {"title": "表"}):
        with pytest.raises(AttributeError):
            names.render(line=line)


def test_a_letter_prints_no_truth_values():
    with pytest.raises(TypeError, match="bool"):
        render("receipt", replace(samples.receipt(), receipt_number=True))


@given(st.text())
def test_any_text_from_outside_gives_a_letter(text):
    view = samples.answer_view(subject=text, greeting_name=text, unit_name=text)
    letter = render("receipt", view)
    letter.text.encode("utf-8")
    letter.html.encode("utf-8")
    assert "\n" not in letter.subject


def _both(letter):
    return squeezed(letter.text), visible(letter.html)
