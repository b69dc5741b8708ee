"""A held mail can be looked at, given to a unit, tried again, taken out, mended and put back."""

from __future__ import annotations

import json

import pytest

from rules.folder.load import SHIPPED, load_campaign
from rules.reader.fill_form import fill_form
from tests.draw import papers
from tests.story.mailbag import bomb
from tests.unit.operated import MAILBOX, Operated, mail, statistics

STRANGER = "teacher@school.example.cn"


@pytest.fixture
def bot(tmp_path):
    return Operated(tmp_path)


def held_number(bot):
    _, (row,), _ = bot.asks("held", "list")
    return row["mail"]


def without_unit(number=1, participants=1200):
    form = statistics("我们单位", participants)
    return mail(STRANGER, form, name=str(number))


def test_a_mail_that_no_reader_survived_shows_sender_subject_tries_and_the_readers_error(tmp_path):
    bot = Operated(tmp_path, "[reading]\nmemory_mb = 64\n")
    posted = bomb(papers.campaign(), MAILBOX, 8)
    bot.put(posted.raw)
    bot.round()
    status, (row,), _ = bot.asks("held", "show", 1)
    assert status == 0
    assert (row["reason"], row["attempts"]) == ("reading-failed", 3)
    assert (row["from"], row["subject"]) == (posted.sender, "large")
    assert row["message_id"] == posted.message_id
    assert row["cause"] in {"out of memory", "died: signal 9", "died: exit 1"}
    assert "held retry" in row["next"]


def test_an_assigned_mail_is_judged_as_if_the_unit_had_sent_it(bot):
    bot.put(without_unit())
    bot.round()
    number = held_number(bot)
    assert bot.says("held", "assign", number, "赤峰市科技局")[0] == 0
    bot.round()
    _, (row,), _ = bot.asks("held", "show", number)
    assert (row["outcome"], row["unit"], row["next"]) == ("accepted", "赤峰市科学技术局", "")
    (act,) = row["history"]
    assert act["did"] == f"reopen-mail {number} 2023-neimenggu chifeng"
    assert act["who"].startswith("cli")
    assert bot.asks("held")[:2] == (0, [])
    with bot.office() as office:
        assert ("chifeng", "statistics") in office.ledger.standings("2023-neimenggu")
        (letter,) = office.ledger.letters(kind="receipt")
        assert letter.recipients == (STRANGER,)


def test_a_mail_with_forms_of_two_campaigns_is_judged_for_the_one_a_person_names(bot):
    other = load_campaign(SHIPPED / "2023-taiyuan")
    form = next(iter(other.forms.values()))
    values = {field.key: "12" for field in form.fields}
    theirs = ("太原.docx", fill_form(other, form, values))
    bot.put(mail(STRANGER, theirs, statistics("赤峰市科技局", 1200)))
    bot.round()
    _, (row,), _ = bot.asks("held")
    assert row["reason"] == "several-campaigns"
    assert bot.says("held", "assign", 1, "chifeng", "--campaign", "2023-neimenggu")[0] == 0
    bot.round()
    _, (row,), _ = bot.asks("held", "show", 1)
    assert (row["outcome"], row["campaign"]) == ("accepted", "2023-neimenggu")


def test_a_retried_mail_is_read_again_and_its_tries_begin_anew(bot):
    bot.put(without_unit())
    bot.round()
    number = held_number(bot)
    assert bot.asks("held", "retry", "--all")[:2] == (0, [{"mail": number, "did": "retry"}])
    bot.round()
    _, (row,), _ = bot.asks("held", "show", number)
    assert (row["reason"], row["attempts"]) == ("unit-unknown", 1)


def test_a_mail_dealt_with_waits_no_more_and_is_still_accounted_for(bot):
    bot.put(without_unit())
    bot.round()
    number = held_number(bot)
    assert bot.says("held", "done", number, "--why", "called them")[0] == 0
    status, rows, _ = bot.asks("status")
    box = rows[-1]
    assert (status, box["holds"], box["ignored"], box["held"]) == (0, True, 1, 0)


def test_an_exported_mail_comes_with_why_it_is_held_and_a_name_from_its_number_only(bot, tmp_path):
    raw = without_unit()
    bot.put(raw)
    bot.round()
    number = held_number(bot)
    out = tmp_path / "out"
    assert bot.says("held", "export", number, "-o", out)[0] == 0
    assert sorted(path.name for path in out.iterdir()) == ["mail-0001.eml", "mail-0001.json"]
    assert (out / "mail-0001.eml").read_bytes() == raw
    why = json.loads((out / "mail-0001.json").read_text())
    assert (why["mail"], why["reason"]) == (1, "unit-unknown")
    assert (out / "mail-0001.eml").stat().st_mode & 0o077 == 0
    status, _, err = bot.says("held", "export", number, "-o", out)
    assert (status, "already there" in err) == (2, True)


def test_a_mended_mail_is_put_back_as_the_same_mail_and_answered_once(bot, tmp_path):
    bot.put(without_unit())
    bot.round()
    out = tmp_path / "out"
    bot.says("held", "export", "--all", "-o", out)
    mended = mail(STRANGER, statistics("赤峰市科技局", 1300), name="1")
    (out / "mail-0001.eml").write_bytes(mended)
    assert bot.says("held", "import", out / "mail-0001.eml")[0] == 0
    bot.round()
    _, (row,), _ = bot.asks("held", "show", 1)
    assert (row["outcome"], row["mended"], len(row["came_as"])) == ("accepted", True, 1)
    bot.put(mended)  # and should somebody lay the copy into the mailbox as well
    bot.round()
    _, rows, _ = bot.asks("status")
    assert (rows[-1]["accepted"], rows[-1]["mails"], rows[-1]["holds"]) == (2, 2, True)
    with bot.office() as office:
        assert len(office.ledger.submissions("2023-neimenggu", in_force=False)) == 1
        assert len(office.ledger.letters(kind="receipt")) == 1


def test_the_number_of_a_mended_mail_traces_to_the_copy_and_to_what_came(bot, tmp_path):
    bot.put(without_unit())
    bot.round()
    copy = tmp_path / "copy.eml"
    copy.write_bytes(mail(STRANGER, statistics("赤峰市科技局", 1300), name="1"))
    assert bot.says("held", "import", copy, "--mail", 1)[0] == 0
    bot.round()
    _, (_, line), _ = bot.asks("trace", "2023-neimenggu", "participants")
    assert line["value"] == 1300
    assert line["mail"]["mended_from"] != [line["mail"]["sha256"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", 99), "there is no mail 99"),
        (("retry", 99), "there is no mail 99"),
        (("retry", 2), "not held"),
        (("retry",), "name the mails"),
        (("done", 2), "not held"),
        (("assign", 1, "某某单位不存在"), "surely"),
        (("assign", 2, "chifeng"), "nothing to assign"),
        (("assign", 1, "chifeng", "--campaign", "2099-x"), "known here"),
        (("export", 1, 99), "there is no mail 99"),
        (("export",), "name the mails"),
        (("import", "none.eml"), "no such file"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_ends_with_a_sentence_and_does_nothing(two, words, said):
    status, _, err = two.says("held", *words)
    assert (status, said in err) == (2, True), err
    with two.office() as office:
        assert office.ledger.audits() == []


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Return a deployment with a held mail (1) and an accepted one (2)."""
    bot = Operated(tmp_path_factory.mktemp("two"))
    bot.put(without_unit())
    bot.put(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", 7000), name="2"))
    bot.round()
    return bot


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"no mail at all", "is not a mail"),
        (without_unit(), "held retry 1"),
        (mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", 7000), name="2"), "--anyway"),
    ],
    ids=["not a mail", "unchanged", "another sender's"],
)
def test_a_copy_that_is_not_of_this_mail_is_not_put_in(two, tmp_path, raw, said):
    copy = tmp_path / "copy.eml"
    copy.write_bytes(raw)
    status, _, err = two.says("held", "import", copy, "--mail", 1)
    assert status == 2
    assert said in err or "mail 2 already" in err


def test_a_mail_that_is_there_already_is_never_a_second_submission(two, tmp_path):
    copy = tmp_path / "copy.eml"
    copy.write_bytes(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", 7000), name="2"))
    status, _, err = two.says("held", "import", copy, "--mail", 1, "--anyway")
    assert (status, "is mail 2 already (accepted)" in err) == (2, True)


def test_a_copy_exported_from_another_ledger_is_not_put_in(two, tmp_path):
    two.says("held", "export", 1, "-o", tmp_path)
    eml, why = tmp_path / "mail-0001.eml", tmp_path / "mail-0001.json"
    eml.write_bytes(without_unit(participants=9))
    why.write_text(json.dumps(json.loads(why.read_text()) | {"sha256": "0" * 64}))
    status, _, err = two.says("held", "import", eml)
    assert (status, "another ledger" in err) == (2, True)


def test_options_of_the_list_may_not_be_lost_before_a_subcommand(two):
    status, out, _ = two.says("held", "--json", "show", 1)
    assert (status, out) == (2, "")
