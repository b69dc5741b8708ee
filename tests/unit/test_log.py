"""What the log lets through, and what it keeps to itself."""

from __future__ import annotations

import json
import logging

import pytest

from bot.log import address_hash, clean_text, configure_log, get_log


@pytest.fixture
def lines(capsys):
    configure_log("json")

    def read():
        return capsys.readouterr().err.splitlines()

    yield read
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if type(one).__module__ != "bot.log"]


def test_a_line_is_json_on_stderr_with_level_and_time(lines):
    get_log("imap").info("polled", uid=3)
    (line,) = lines()
    said = json.loads(line)
    assert (said["event"], said["uid"], said["level"]) == ("polled", 3, "info")
    assert said["timestamp"].endswith("Z")


def test_one_event_is_one_line_whatever_is_in_it(lines):
    get_log("x").warning("bad", subject='a\r\n{"event": "forged"}\u2028\x1b[31m\u202egnp.exe')
    (line,) = lines()
    assert not set("\x1b\u202e\u2028") & set(line)


def test_addresses_phones_and_identity_cards_are_not_told(lines):
    get_log("x").info(
        "mail", sender="张三 <zhang.san@126.com>", text="13900001234 11010519491231002X"
    )
    (line,) = lines()
    for private in ("zhang.san", "126.com", "13900001234", "11010519491231002X"):
        assert private not in line
    assert address_hash("Zhang.San@126.com ") in line


def test_bytes_are_told_by_their_length_only(lines):
    get_log("x").info("mail", raw=b"secret body", parts=[b"12", {"a@b.cn": 1}])
    (line,) = lines()
    assert "secret" not in line
    assert "<11 bytes>" in line
    assert "a@b.cn" not in line


def test_an_exception_is_told_without_personal_data_and_without_forged_lines(lines):
    try:
        int("no such unit\nforged line zhang@example.cn\n")
    except ValueError as crash:
        crash.args = ("no such unit\nforged line zhang@example.cn",)
        get_log("x").exception("crashed")
    (line,) = lines()
    trace = json.loads(line)["exception"].splitlines()
    assert trace[-1] == "    forged line <" + address_hash("zhang@example.cn") + ">"
    assert all(one.startswith("    ") for one in trace)


def test_warnings_of_libraries_go_the_same_way(lines):
    logging.getLogger("apscheduler").warning("missed %s", "zhang@example.cn")
    logging.getLogger("imapclient").info("chatter")
    (line,) = lines()
    assert json.loads(line)["level"] == "warning"
    assert "zhang" not in line


def test_people_get_lines_for_people(lines):
    configure_log("console")
    get_log("x").info("polled", note="a\nb")
    (line,) = lines()
    assert "polled" in line


def test_a_long_value_is_cut():
    assert len(clean_text("x" * 10_000)) == 2000


def test_a_long_word_is_cleaned_as_fast_as_a_short_one():
    assert clean_text("a" * 1990 + "@") == "a" * 1990 + "@"
    assert clean_text("1" * 10 + "." + "a" * 60 + "!") == "1" * 10 + "." + "a" * 60 + "!"
