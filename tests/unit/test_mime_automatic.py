"""Mail that no person wrote, by provider (facts/mail.md §6), and which of our letters came back."""

from __future__ import annotations

import pytest

from parsers.message.mime import read_mail

ORIGINAL = (
    b"Message-ID: <ours.1@example.cn>\r\nX-OQ-MSGID: <ours.0@example.cn>\r\nSubject: x\r\n\r\nx"
)


def mail(*fields: str, body: str = "x") -> bytes:
    return "\r\n".join([*fields, "", body]).encode()


def report(kind: str, status: bytes, original: bytes = ORIGINAL) -> bytes:
    return (
        b"From: Postmaster@163.com\r\nSubject: =?gb2312?B?z7XNs83L0MU=?=\r\n"
        b"Content-Type: Multipart/report;\r\n\treport-type=%s; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=gb2312\r\n\r\nx\r\n"
        b"--b\r\nContent-Type: message/%s\r\n\r\n%s\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--b--\r\n"
    ) % (kind.encode(), kind.encode(), status, original)


@pytest.mark.parametrize(
    ("fields", "automatic"),
    [
        (("X-Shoubiao-Loop: t",), "own-loop"),
        (("Auto-Submitted: auto-replied; owner=x",), "auto-submitted"),
        (("Auto-Submitted: no",), None),
        (("Precedence: bulk",), "bulk"),
        (("Precedence: first-class",), None),
        (("List-Id: <x.example.cn>",), "list"),
        (("X-QQ-AUTO-REPLY: true", "Subject: 自动回复: 收表"), "vacation"),
        (("X-QQ-HolidayReply: true",), "vacation"),
        (("X-Autoreply: yes",), "vacation"),
        (("From: zs+auto_=bot=126.com@qq.com",), "vacation"),
        (("Subject: 来自zs@sina.com的自动回复",), "vacation"),
        (("Subject: 自动答复: x", "X-Auto-Response-Suppress: All"), "vacation"),
        (("X-Auto-Response-Suppress: All", "Subject: 报送"), None),
        (("Subject: 发信方已撤回邮件：统计表",), "recall"),
        (("From: Postmaster@163.com", "Subject: 通知：[撤回邮件失败]统计表"), "recall"),
        (("Subject: 转发：发信方已撤回邮件的处理",), None),
        (("From: MAILER-DAEMON@example.cn",), "daemon"),
        (("From: no-reply@example.cn",), "daemon"),
        (("From: noreplay.zhang@example.cn",), None),
        (("Return-Path: < >",), "null-sender"),
        (("Return-Path: <zs@example.cn>",), None),
        (("Subject: 休假申请",), None),
        (("Subject: 自动回复：统计表",), "vacation"),
        (("Subject: Automatic reply: x",), "vacation"),
        (("Subject: Re: 自动回复：统计表",), None),
        (("Subject: 自动回复怎么关闭？",), None),
    ],
)
def test_automatic_mail_is_told_by_its_fields(fields, automatic):
    assert read_mail(mail(*fields)).automatic == automatic


@pytest.mark.parametrize(
    ("subject", "hinted"),
    [("休假申请", True), ("Re: 自动回复：收表", True), ("关于休假的说明", False), ("报送", False)],
)
def test_a_subject_alone_is_only_a_hint(subject, hinted):
    read = read_mail(mail("From: zs@example.cn", f"Subject: {subject}"))
    assert read.automatic is None
    assert ("automatic-subject" in read.flags) is hinted


def test_an_answer_that_says_so_in_its_first_words_is_automatic():
    raw = mail("Content-Type: text/html", body="<p>这是来自QQ邮箱的假期自动回复邮件。</p>")
    assert read_mail(raw).automatic == "vacation"


def test_a_coremail_report_names_recipient_and_original():
    status = (
        b"Reporting-MTA: dns; 163.com\r\n\r\nFinal-Recipient: rfc822; ZS@Example.cn\r\n"
        b"Action: failed\r\nStatus: 5.0.0\r\n\r\nFinal-Recipient: rfc822;ls@example.cn\r\n"
        b"Action: delivered\r\n"
    )
    read = read_mail(report("delivery-status", status))
    assert read.automatic == "bounce"
    assert read.bounced == ("zs@example.cn",)
    assert read.returned_ids == ("<ours.1@example.cn>", "<ours.0@example.cn>")


def test_a_delay_is_no_failure():
    status = (
        b"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@example.cn\r\nAction: delayed\r\n"
    )
    assert read_mail(report("delivery-status", status)).bounced == ()


def test_the_address_we_wrote_to_counts_not_where_it_was_forwarded():
    status = (
        b"Original-Recipient: rfc822;we@example.cn\r\nFinal-Recipient: rfc822;there@example.com\r\n"
        b"Action: failed\r\n"
    )
    assert read_mail(report("delivery-status", status)).bounced == ("we@example.cn",)


def test_a_qq_bounce_in_html_is_read():
    body = (
        "<table><tr><td>很抱歉您发送的邮件被退回，以下是该邮件的相关信息：</td></tr><tr><td>被退回邮件</td>"
        "<td>主题：催报</td></tr><tr><td>无法发送到 <a>zs@example.cn</a></td></tr></table>"
    )
    raw = mail(
        'From: "PostMaster" <PostMaster@qq.com>',
        "Subject: 来自qq.com的退信",
        "Content-Type: text/html; charset=utf-8",
        body=body,
    )
    read = read_mail(raw)
    assert (read.automatic, read.bounced) == ("bounce", ("zs@example.cn",))


def test_an_old_qmail_bounce_is_read_with_help():
    body = (
        "Hi. This is the qmail-send program at example.com.\n\n<zs@example.cn>:\n"
        "Sorry, no mailbox here by that name.\n\n--- Below this line is a copy of the message.\n"
    )
    raw = mail("From: MAILER-DAEMON@example.com", "Subject: Mail delivery failed", body=body)
    assert read_mail(raw).bounced == ("zs@example.cn",)


def test_a_read_receipt_is_no_bounce():
    status = b"Final-Recipient: rfc822; a@example.cn\r\nDisposition: manual-action; displayed\r\n"
    read = read_mail(report("disposition-notification", status))
    assert (read.automatic, read.bounced) == ("read-receipt", ())


def test_a_person_who_quotes_a_bounce_is_no_machine():
    raw = mail("From: zs@example.cn", "Subject: 系统退信怎么办", body="无法发送到 ls@example.cn")
    read = read_mail(raw)
    assert (read.automatic, read.bounced) == (None, ())
