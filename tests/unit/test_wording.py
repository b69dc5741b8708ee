"""A campaign may word its letters itself; what it cannot say is told with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.campaign import Campaign
from rules.folder.load import SHIPPED, load_campaign
from rules.folder.yaml_lines import Lined
from rules.wording import WORDINGS, check_wording
from templates.previews import preview

LETTERS = Path("templates/letters")
TAIYUAN = load_campaign(SHIPPED / "2023-taiyuan")


def worded(**own):
    wording = {key.replace("_", "."): sentence for key, sentence in own.items()}
    file = TAIYUAN.file.model_copy(update={"wording": wording})
    return Campaign(file, TAIYUAN.forms, TAIYUAN.roster, TAIYUAN.blanks, TAIYUAN.folder)


def problems(wording):
    lined = Lined("campaign.yaml", lines={("wording", key): n for n, key in enumerate(wording, 7)})
    check_wording(wording, lined)
    return [(problem.code, problem.line) for problem in lined.problems]


def test_every_sentence_that_can_be_worded_stands_in_a_letter_and_every_one_there_is_known():
    folder = Path(__file__).parents[2] / LETTERS
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.j2")]
    asked = {key for text in texts for key in re.findall(r'own\("([a-z.]+)"', text)}
    asked |= {key for text in texts for key in re.findall(r'else "(reminder\.late)"', text)}
    assert asked == set(WORDINGS)


@pytest.mark.parametrize(
    ("letter", "key", "sentence", "said"),
    [
        ("receipt", "receipt_opening", "{unit}的{title}已收妥。", "的开展情况统计表已收妥。"),
        ("receipt", "receipt_closing", "有误请于当日告知。", "有误请于当日告知。"),
        ("correction", "correction_opening", "{unit}：有{count}处请再核对。", "有5处请再核对。"),
        ("unrecognised", "unrecognised_opening", "{campaign}缺材料。", "科技活动周缺材料。"),
        ("unrecognised", "unrecognised_closing", "打扰了。", "打扰了。"),
        ("reminder", "reminder_opening", "{due}截止，剩{days}天。", "24:00截止，剩1天。"),
        ("reminder", "reminder_closing", "发到{mailbox}即可。", "发到w251342595@163.com即可。"),
        ("superior", "superior_opening", "有{count}个单位请您过问。", "有2个单位请您过问。"),
        ("superior", "superior_closing", "谢谢{unit}。", "谢谢"),
        ("receipt", "greeting", "尊敬的{name}，您好。", "尊敬的王丽，您好。"),
        ("receipt", "contacts", "请致电：", "请致电："),
        ("receipt", "signature", "太原市科技活动周组委会", "太原市科技活动周组委会"),
        ("receipt", "foot", "本信由系统发出。", "本信由系统发出。"),
    ],
)  # fmt: skip
def test_an_own_sentence_takes_the_place_of_the_letters_in_text_and_page(
    letter, key, sentence, said
):
    plain, own = preview(letter, TAIYUAN), preview(letter, worded(**{key: sentence}))
    assert said in own.text
    assert said in re.sub(r"<[^>]+>", "", own.html)
    assert said not in plain.text or said == "谢谢"


def test_what_an_own_sentence_says_is_escaped_in_the_page():
    page = preview("receipt", worded(foot="<b>系统</b> & 回复")).html
    assert "&lt;b&gt;系统&lt;/b&gt; &amp; 回复" in page


def test_a_sentence_no_letter_has_is_told_with_the_nearest_one():
    lined = Lined("campaign.yaml")
    check_wording({"reciept.opening": "好"}, lined)
    assert lined.problems[0].code == "unknown-wording"
    assert "receipt.opening" in lined.problems[0].remedy


@pytest.mark.parametrize(
    "sentence",
    ["{name}好", "{unit.__class__}", "{unit!r}", "{unit:>9999999}", "{", "{0}", "{}"],
)
def test_a_brace_that_cannot_be_filled_is_told_with_its_line(sentence):
    assert problems({"receipt.opening": sentence}) == [("wording-brace", 7)]


def test_an_empty_or_endless_sentence_is_told():
    assert problems({"foot": " ", "thanks": "谢" * 401}) == [
        ("wording-length", 7), ("wording-length", 8),
    ]  # fmt: skip
