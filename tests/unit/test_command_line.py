"""The command line as other programs and people rely on it: its JSON, its sentences, its exit status."""

# ruff: noqa: E501 - tables of cases, one a line

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from bot.__main__ import main
from tests.draw import papers
from tests.unit.case_stage import CASES

HOME = CASES / "2023-neimenggu"
READ_KEYS = {"file", "kind", "form", "unit", "fields", "extra", "findings", "error"}
FIELD_KEYS = {"key", "label", "status", "value", "raw", "place"}
FINDING_KEYS = {"code", "severity", "field", "label", "place", "message"}
REPLAY_KEYS = {
    "file", "mail", "decision", "reason", "unit", "submissions", "findings", "candidates",
    "letters", "error",
}  # fmt: skip
COMMANDS = (
    ["demo"], ["run"], ["read"], ["score"], ["replay"], ["status"], ["export"], ["outbox"], ["held"],
    ["roster"], ["roster", "check"], ["roster", "versions"], ["held", "list"], ["held", "show"], ["held", "retry"],
    ["held", "assign"], ["held", "done"], ["held", "export"], ["held", "import"], ["trace"],
    ["backup"], ["restore"], ["verify"], ["purge"], ["doctor"],
)  # fmt: skip
SETTINGS = """
data = "data"
rehearse = true

[first_contact]
look_back_days = 5000
answer_max_age_days = 5000

[[accounts]]
address = "nmkepu@126.com"
kind = "maildir"
maildir = "mail"
budget = {pause_seconds = 0}
"""


@pytest.fixture
def shoubiao(monkeypatch, capsys):
    """Return a function that runs the command and returns status, stdout and stderr."""

    def run(*words) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["shoubiao", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


def lines(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def put(folder, name: str, data: bytes):
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(shoubiao, words):
    status, out, _ = shoubiao(*words, "--help")
    assert status == 0
    assert " ".join(words) in " ".join(out.split())


def test_the_installed_command_prints_json_on_stdout_alone(tmp_path):
    path = put(tmp_path, "统计表.docx", papers.statistics("赤峰市科学技术局"))
    command = [sys.executable, "-m", "bot", "read", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, len(lines(done.stdout)), done.stderr) == (0, 1, "")


def test_read_gives_one_line_for_a_form_with_every_field_once(shoubiao, tmp_path):
    values = {"public": "500-600", "films": "无", "leaflets": ""}
    path = put(tmp_path, "a.docx", papers.statistics("赤峰市科技局", values))
    status, out, _ = shoubiao("read", "--json", path)
    (line,) = lines(out)
    fields = {row["key"]: row for row in line["fields"]}
    assert (status, set(line), line["kind"], line["error"]) == (1, READ_KEYS, "form", None)
    assert line["form"] == {
        "campaign": "2023-neimenggu",
        "id": "statistics",
        "title": "2023年内蒙古科技活动周情况统计表",
    }
    assert line["unit"] == {"id": "chifeng", "name": "赤峰市科学技术局", "by": "form"}
    assert [row["key"] for row in line["fields"]] == [
        field.key for field in papers.campaign().forms["statistics"].fields
    ]
    assert all(set(row) >= FIELD_KEYS for row in line["fields"])
    assert (fields["participants"]["value"], fields["galleries"]["value"]) == (1200, 120.5)
    assert fields["participants"] == {
        "key": "participants", "label": "参加活动人员", "status": "found", "value": 1200,
        "raw": "1,200", "place": "表1 第3行第2列",
    }  # fmt: skip
    assert (fields["films"]["value"], fields["films"]["nil"]) == (0, True)
    assert (fields["public"]["status"], fields["public"]["value"]) == ("ambiguous", None)
    assert {f["code"] for f in line["findings"]} == {"ambiguous", "required"}
    assert all(set(f) == FINDING_KEYS and f["message"] for f in line["findings"])


def test_read_gives_dates_as_iso_and_money_in_the_forms_unit(shoubiao, tmp_path):
    path = put(tmp_path, "a.docx", papers.project())
    status, out, _ = shoubiao("read", "--json", path)
    fields = {row["key"]: row["value"] for row in lines(out)[0]["fields"]}
    assert (status, fields["period"], fields["budget"]) == (0, "2023-05-20/2023-05-23", 50000)


def test_read_gives_two_lines_for_a_file_with_two_forms(shoubiao, tmp_path):
    two = papers.joined(papers.project(), papers.project({"name": "青少年科学营"}))
    _, out, _ = shoubiao("read", "--json", put(tmp_path, "a.docx", two))
    names = [line["fields"][0]["value"] for line in lines(out)]
    assert names == ["“防灾减灾”科普大集", "青少年科学营"]


def test_read_keeps_added_rows_with_label_value_unit_and_place(shoubiao, tmp_path):
    form = papers.statistics("赤峰市科学技术局")
    form = papers.edited(form, papers.with_rows(("线上直播 (场)", "4", "")))
    _, out, _ = shoubiao("read", "--json", put(tmp_path, "a.docx", form))
    assert lines(out)[0]["extra"] == [
        {"label": "线上直播", "value": 4, "unit": "场", "raw": "4", "place": "表1 第24行第2列"}
    ]


@pytest.mark.parametrize(
    ("name", "data", "kind", "status"),
    [
        ("总结报告.docx", papers.report("赤峰市科学技术局"), "report", 0),
        ("照片.png", papers.photo(), "photo", 0),
        ("视频.mp4", papers.video(), "video", 0),
        ("空.docx", b"", "unreadable", 1),
        ("加密.docx", papers.encrypted(), "unreadable", 1),
        ("程序.docx", papers.program(), "unreadable", 1),
        ("说明.txt", "无关的文字".encode(), "other", 1),
    ],
)
def test_read_names_the_kind_of_every_file(shoubiao, tmp_path, *, name, data, kind, status):
    ended, out, _ = shoubiao("read", "--json", put(tmp_path, name, data))
    (line,) = lines(out)
    assert (ended, line["kind"], set(line)) == (status, kind, READ_KEYS)
    assert line["form"] is None
    assert bool(line["error"]) == (kind == "unreadable")


def test_read_opens_an_archive_and_reads_what_is_in_it(shoubiao, tmp_path):
    members = {"统计表.docx": papers.statistics("赤峰市科学技术局"), "照片.png": papers.photo()}
    _, out, _ = shoubiao("read", "--json", put(tmp_path, "材料.zip", papers.zipped(members)))
    assert [line["kind"] for line in lines(out)] == ["form", "photo"]


def test_read_says_why_when_there_is_no_such_file_and_reads_the_others(shoubiao, tmp_path):
    path = put(tmp_path, "a.docx", papers.project())
    status, out, _ = shoubiao("read", "--json", tmp_path / "none.docx", path)
    first, second = lines(out)
    assert (status, first["kind"], first["error"]) == (2, "unreadable", "no such file")
    assert second["kind"] == "form"


@pytest.mark.parametrize("command", ["read", "replay"])
def test_an_unknown_campaign_ends_with_a_sentence_that_names_the_known_ones(
    shoubiao, tmp_path, command
):
    path = put(tmp_path, "a", b"x")
    status, out, err = shoubiao(command, "--campaign", "2024-nowhere", "--json", path)
    assert (status, out) == (2, "")
    assert "2024-nowhere" in err
    assert "2023-neimenggu" in err


def test_for_a_person_read_shows_a_table(shoubiao, tmp_path):
    status, out, _ = shoubiao("read", put(tmp_path, "a.docx", papers.project()))
    assert status == 0
    assert "项目名称" in out


@pytest.mark.parametrize(
    ("case", "status"),
    [
        ("netease-docx", 0),
        ("thanks-quoting-our-letter-qq", 0),
        ("missing-values", 1),
        ("unit-unknown", 1),
    ],
)
def test_replay_gives_one_line_a_mail_and_0_only_when_nothing_is_left_to_do(shoubiao, case, status):
    ended, out, _ = shoubiao("replay", "--json", HOME / case / "mail.eml")
    (line,) = lines(out)
    assert (ended, set(line), line["error"]) == (status, REPLAY_KEYS, None)
    expected = json.loads((HOME / case / "expected.json").read_text(encoding="utf-8"))
    assert line["decision"] == expected["decision"]


def test_replays_submissions_and_letters_keep_their_contract(shoubiao):
    _, out, _ = shoubiao("replay", "--json", HOME / "missing-values" / "mail.eml")
    (line,) = lines(out)
    (part,) = line["submissions"]
    assert (line["decision"], line["reason"]) == ("returned", "needs-correction")
    assert {"campaign", "requirement", "standing", "files", "readings"} <= set(part)
    assert (part["standing"], set(part["files"][0])) == ("returned", {"name", "sha256"})
    assert set(part["readings"][0]) == READ_KEYS
    (letter,) = line["letters"]
    assert (letter["kind"], letter["to"]) == ("correction", ["ordos@kepu.example.cn"])
    assert letter["subject"]


def test_replay_sets_its_clock_for_a_mail_without_a_trace(shoubiao, tmp_path):
    raw = (HOME / "netease-docx" / "mail.eml").read_bytes()
    bare = raw[raw.index(b"From: ") :]
    path = put(tmp_path, "bare.eml", bare)
    early = lines(shoubiao("replay", "--json", "--at", "2023-06-15T23:59:59", path)[1])
    late = lines(shoubiao("replay", "--json", "--at", "2023-06-16T00:00:00", path)[1])
    shut = lines(shoubiao("replay", "--json", "--at", "2024-06-16", path)[1])
    assert early[0]["submissions"][0]["standing"] == "accepted"
    assert late[0]["submissions"][0]["standing"] == "accepted-late"
    assert (shut[0]["decision"], shut[0]["reason"]) == ("ignored", "no-campaign-open")


def test_replay_goes_on_after_a_file_that_is_missing_and_takes_any_bytes_for_a_mail(
    shoubiao, tmp_path
):
    noise = put(tmp_path, "noise.eml", bytes(range(256)) * 40)
    status, out, _ = shoubiao(
        "replay", "--json", "--at", "2023-06-07", tmp_path / "none.eml", noise
    )
    first, second = lines(out)
    assert (status, first["error"]) == (2, "no such file")
    assert second["decision"] in {"ignored", "held"}


def test_replay_for_a_person_tells_the_decision_and_the_letters(shoubiao):
    status, out, _ = shoubiao("replay", HOME / "missing-values" / "mail.eml")
    assert status == 1
    assert "returned" in out
    assert "ordos@kepu.example.cn" in out


def test_roster_check_counts_the_units_and_tells_every_problem(shoubiao, tmp_path):
    path = papers.campaign().folder / "roster.xlsx"
    status, out, _ = shoubiao("roster", "check", path)
    assert (status, "27个单位，0处错误" in out) == (0, True)
    book = load_workbook(path)
    book.active["A3"] = book.active["A2"].value
    book.save(tmp_path / "roster.xlsx")
    status, out, _ = shoubiao(
        "roster", "check", tmp_path / "roster.xlsx", "--campaign", "2023-neimenggu"
    )
    assert status == 1
    assert "错误 roster.xlsx A3：单位：“呼和浩特市科学技术局”和" in out


def test_roster_check_of_a_missing_file_is_unusable_input(shoubiao, tmp_path):
    status, _, err = shoubiao("roster", "check", tmp_path / "none.xlsx")
    assert (status, "no such file" in err) == (2, True)


@pytest.mark.parametrize("command", ["status", "outbox", "held", "run", "verify", "doctor"])
def test_a_missing_or_wrong_settings_file_ends_with_a_sentence(shoubiao, tmp_path, command):
    status, _, err = shoubiao(command, "--config", tmp_path / "none.toml")
    assert (status, "none.toml" in err) == (2, True)
    wrong = put(tmp_path, "wrong.toml", b'dat = "x"\n')
    status, _, err = shoubiao(command, "--config", wrong)
    assert (status, "did you mean data?" in err) == (2, True)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    """Set up a deployment on a Maildir with four mails, and let it rehearse one round."""
    home = tmp_path_factory.mktemp("deployment")
    config = put(home, "shoubiao.toml", SETTINGS.encode())
    for folder in ("cur", "new", "tmp"):
        (home / "mail" / folder).mkdir(parents=True)
    then = datetime(2023, 6, 7, 3, tzinfo=UTC).timestamp()
    for case in ("netease-docx", "missing-values", "unit-unknown", "thanks-quoting-our-letter-qq"):
        path = put(home / "mail" / "new", case, (HOME / case / "mail.eml").read_bytes())
        os.utime(path, (then, then))
    command = [sys.executable, "-m", "bot", "run", "--once", "--config", str(config)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return config


def test_status_says_how_units_stand_and_that_every_mail_is_accounted_for(shoubiao, deployment):
    status, out, _ = shoubiao("status", "--json", "--config", deployment)
    rows = lines(out)
    ours = [row for row in rows if row.get("campaign") in {None, "2023-neimenggu"}]
    (statistics,) = [row for row in ours if row.get("requirement") == "statistics"]
    (box,) = [row for row in ours if "mailbox" in row]
    assert status == 0
    assert (statistics["accepted"], statistics["returned"], statistics["missing"]) == (1, 1, 12)
    assert {k: box[k] for k in ("mails", "accepted", "returned", "ignored", "held", "pending")} == {
        "mails": 4, "accepted": 1, "returned": 1, "ignored": 1, "held": 1, "pending": 0,
    }  # fmt: skip
    assert box["holds"]


def test_held_lists_what_waits_for_a_person_and_says_so_by_its_status(shoubiao, deployment):
    status, out, _ = shoubiao("held", "--json", "--config", deployment)
    (row,) = lines(out)
    assert (status, row["reason"], row["from"]) == (1, "unit-unknown", "teacher@school.example.cn")


def test_outbox_lists_the_letters_that_were_only_rehearsed(shoubiao, deployment):
    _, out, _ = shoubiao("outbox", "--json", "--config", deployment)
    answers = {(row["kind"], tuple(row["to"])) for row in lines(out)}
    assert ("receipt", ("chifeng@kepu.example.cn",)) in answers
    assert ("correction", ("ordos@kepu.example.cn",)) in answers
    assert {row["state"] for row in lines(out)} == {"rehearsed"}


def test_export_writes_the_campaigns_workbook(shoubiao, deployment, tmp_path):
    book = tmp_path / "汇总.xlsx"
    status, _, _ = shoubiao("export", "2023-neimenggu", "-o", book, "--config", deployment)
    texts = {c.value for sheet in load_workbook(book) for row in sheet for c in row}
    assert status == 0
    assert "赤峰市科学技术局" in texts
    missing, _, err = shoubiao("export", "2024-x", "-o", book, "--config", deployment)
    assert (missing, "2023-neimenggu" in err) == (2, True)


def test_for_a_person_status_held_and_outbox_are_tables_that_cut_no_word(shoubiao, deployment):
    for command, word in (
        ("status", "statistics"),
        ("held", "unit-unknown"),
        ("outbox", "rehearsed"),
    ):
        _, out, _ = shoubiao(command, "--config", deployment)
        assert word in "".join(out.split())
        assert "…" not in out
