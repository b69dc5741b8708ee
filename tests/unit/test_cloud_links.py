"""Oversize attachments are recognised by what each provider writes, and only in own words."""

# ruff: noqa: E501
# mails stand here as their programs write them

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.message.cloud_links import read_cloud_links

QQ = "https://wx.mail.qq.com/ftn/download?func=3&amp;key=ab12&amp;code=cd34"
QQ_OLD = "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&amp;k=7d36&amp;code=7684"
NETEASE = "https://mail.163.com/large-attachment-download/index.html?file=djAyZG1m"
MASTER = "https://dashi.163.com/html/cloud-attachment-download/?key=b2JqLzE"
EDISK = "https://edisk.qiye.163.com/api/biz/attachment/download?identity=e7bb44"
SINA = "https://mail.sina.com.cn/filecenter/download.php?id=qwerty"
TELECOM = "https://download.cloud.189.cn/file/downloadFile.action?dt=51&expired=1722786486117"

QQ_HTML = f"""<div>您好，视频见附件。</div><div id="QQMailBigAttach"><hr>
<b>从QQ邮箱发来的超大附件</b><div class="bigatt_bt" title="活动视频.mp4&#10;文件大小：812.5M&#10;到期时间：2024年08月22日 17:33">
<a href="{QQ}">活动视频.mp4</a><div>(812.5M, 2024年08月22日 17:33 到期)</div><a href="{QQ}">进入下载页面</a>
</div></div>"""
QQ_SPAN = f"""<div id="QQMailBigAttach"><span class="qqmailbgattach" expiretime="1724319180"
 downloadlink="{QQ_OLD}"><b>影像资料.zip</b><span> (1.2G, 2024年8月22日 17:33 到期)</span>
<a href="{QQ_OLD}">进入下载页面</a></span></span></div>"""
FOXMAIL = f"""<p>请查收</p><div id="FoxmailClientBigAttach"><div class="FoxmailClientBigAttachEntry">
<a style="x" class="foxmail_hugeattachment_filename" href="{QQ_OLD}">活动视频.mp4</a>
<span>(812.5M, 2024年08月22日 17:33 到期)</span></div></div>"""
NETEASE_HTML = f"""<div style="padding:4px"><div><b>从网易163邮箱发来的超大附件</b>
<a class="bigattach-mailmaster-download" href="http://u.163.com/RcUwv?spm=pos">推荐客户端极速下载</a></div>
<div style="clear:both;height:36px;padding:6px 4px"><div style="float:left;width:36px"><a href="{NETEASE}"></a></div>
<div><div><a href="{NETEASE}" download="{NETEASE}" filename="活动视频.mp4">活动视频.mp4</a><span style="color:#bbb"> (80.96M,
 2024年8月22日 17:33 到期)</span></div><div><a href="{NETEASE}">下载</a></div></div></div></div>"""
MASTER_HTML = f"""<div class="cloud"><a href="{MASTER}"><span>活动视频.mp4</span><br><span>80.96 MB</span>
</a><a href="{MASTER}">下载</a> 云附件</div>"""
EDISK_HTML = f"""<div id="divNeteaseSiriusCloudAttach"><div><b>从网易企业邮箱发来的云附件</b></div>
<div><a href="{EDISK}&amp;title=x"><img title="云附件"></a><a href="{EDISK}&amp;title=x" download="{EDISK}">活动视频.mp4</a>
<div>20.49K&nbsp;|&nbsp;过期时间：2024年8月22日 17:33</div><a href="https://mailh.qiye.163.com/edisk/api/preview?x">
<img title="预览(preview)"></a><a class="divNeteaseSiriusCloudAttachItem" href="{EDISK}&amp;title=x"
 file-name="活动视频.mp4" file-size="20977" expired="1724319180000">下载</a></div></div>"""
SINA_HTML = f"""<div id="att_container"><div style="font-size: 13px">来自中转站的文件 (有效时间到：2024-08-22 17:33:00)</div>
<span style="font-weight: bold">活动视频.mp4 (80.9M)</span><a href="{SINA}">下载</a></div>"""

WHEN = datetime(2024, 8, 22, 9, 33, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "provider", "name", "size", "expires"),
    [
        (QQ_HTML, "qq", "活动视频.mp4", "812.5M", WHEN),
        (QQ_SPAN, "qq", "影像资料.zip", "1.2G", WHEN),
        (FOXMAIL, "qq", "活动视频.mp4", "812.5M", WHEN),
        (NETEASE_HTML, "netease", "活动视频.mp4", "80.96M", WHEN),
        (MASTER_HTML, "netease-master", "活动视频.mp4", "80.96 MB", None),
        (EDISK_HTML, "netease-enterprise", "活动视频.mp4", "20.49K", WHEN),
        (SINA_HTML, "sina", "活动视频.mp4", "80.9M", WHEN),
        (QQ_HTML.replace("2024年08月22日 17:33", "无限期"), "qq", "活动视频.mp4", "812.5M", None),
    ],
    ids=["qq", "qq-span", "foxmail", "netease", "master", "enterprise", "sina", "without-end"],
)
def test_each_provider_says_name_size_and_expiry_in_html(html, provider, name, size, expires):
    (link,) = read_cloud_links(f"<html><body>{html}</body></html>", "")
    assert (link.provider, link.name, link.size_text) == (provider, name, size)
    assert link.expires_at == expires


@pytest.mark.parametrize(
    ("text", "provider", "name", "expires"),
    [
        (
            "从QQ邮箱发来的超大附件\n\n活动视频.mp4 (128.03M, 2024年08月22日 17:33 到期)进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=7d&code=76",
            "qq",
            "活动视频.mp4",
            WHEN,
        ),
        (
            f"从网易126邮箱发来的超大附件\n活动视频.mp4 (80.96M, 2024年8月22日 17:33 到期)\n{NETEASE}",
            "netease",
            "活动视频.mp4",
            WHEN,
        ),
        (
            f"活动视频.mp4\n下载地址：{TELECOM}",
            "189",
            "活动视频.mp4",
            datetime(2024, 8, 4, 15, 48, 6, 117000, UTC),
        ),
        ("链接: https://pan.baidu.com/s/1abcDEF 提取码: ab12", "baidu", "", None),
    ],
    ids=["qq", "netease", "189", "baidu"],
)
def test_the_text_form_says_the_same(text, provider, name, expires):
    (link,) = read_cloud_links("", text)
    assert (link.provider, link.name, link.expires_at) == (provider, name, expires)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>收到，谢谢。</p><blockquote id='isReplyContent'>{NETEASE_HTML}</blockquote>",
        f"<p>收到</p><div class='gmail_quote'>{EDISK_HTML}</div>",
        f"<p>收到</p><div><div>------------------ 原始邮件 ------------------</div><div>发件人：a</div>{SINA_HTML}</div>",
        f"<p>收到</p><hr><div id='divRplyFwdMsg'><b>发件人:</b> 李</div><div>{NETEASE_HTML}</div>",
        f"<p>收到</p><p>在 2024年8月1日，李建华 写道：</p><div>{MASTER_HTML}</div>",
    ],
    ids=["netease", "gmail", "qq", "outlook", "wrote"],
)
def test_a_quoted_announcement_is_nobodys_new_one(html):
    assert read_cloud_links(f"<html><body>{html}</body></html>", "") == ()


def test_qq_sets_the_senders_own_block_under_the_quotation():
    html = (
        f"<div>补报视频</div><div>---------- 原始邮件 ----------</div><div>发件人：a</div>{QQ_HTML}"
    )
    assert [link.name for link in read_cloud_links(html, "")] == ["活动视频.mp4"]
    text = "补报\n---------- 原始邮件 ----------\n发件人：a\n旧信\n\n从QQ邮箱发来的超大附件\n\na.mp4 (1.5M, 无限期)进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=7"
    assert [link.name for link in read_cloud_links("", text)] == ["a.mp4"]


def test_a_mail_passed_on_is_meant_with_its_links():
    html = f"<p>请查收旗县报来的视频</p><div>-------- 转发邮件信息 --------</div><blockquote>{NETEASE_HTML}</blockquote>"
    assert len(read_cloud_links(html, "")) == 1


def test_qqs_forward_is_known_by_its_subject():
    html = f"<p>请查收</p><div>---------- 原始邮件 ----------</div><div>发件人：a{SINA_HTML}</div>"
    assert read_cloud_links(html, "", "回复：视频") == ()
    assert len(read_cloud_links(html, "", "转发：视频")) == 1


def test_quoted_lines_of_text_announce_nothing():
    assert read_cloud_links("", f"好的\n> 活动视频.mp4 (80M)\n> {NETEASE}\n") == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://u.163.com/RcUwv",
        "https://mail.163.com/js6/main.jsp",
        "https://mail.qq.com/cgi-bin/readtemplate?t=x",
        "https://docs.qq.com/doc/DAbc",
        "https://mail.163.com.evil.example.cn/large-attachment-download/?file=1",
        "https://mp.weixin.qq.com/s/abc",
        "http://[bad/large-attachment-download/",
    ],
)
def test_other_addresses_of_the_same_houses_are_no_files(url):
    assert read_cloud_links(f'<a href="{url}">下载</a>', url) == ()


def test_several_files_are_told_apart_and_each_is_told_once():
    second = NETEASE_HTML.replace("djAyZG1m", "zweite").replace("活动视频", "照片")
    links = read_cloud_links(f"<body>{NETEASE_HTML}{second}{NETEASE_HTML}</body>", "")
    assert [link.name for link in links] == ["活动视频.mp4", "照片.mp4"]


@settings(max_examples=150, deadline=None)
@given(seed=st.randoms(use_true_random=False), cut=st.integers(0, 2000))
def test_no_damage_to_a_block_raises(seed, cut):
    letters = list(seed.choice([QQ_HTML, QQ_SPAN, NETEASE_HTML, EDISK_HTML, SINA_HTML]))
    for _ in range(20):
        letters[seed.randrange(len(letters))] = seed.choice("<>\"'=&9年)\x00/ ")
    for text in ("".join(letters), "".join(letters)[:cut]):
        read_cloud_links(text, "")
        read_cloud_links("", text)


def test_an_address_that_nobody_made_a_link_of_is_found_in_the_page_too():
    said = "活动视频 链接: https://pan.baidu.com/s/1AbC 提取码: 1234"
    page = f"<div>{said}</div>"
    quoted = f'<div>收到</div><blockquote id="isReplyContent">{said}</blockquote>'
    assert [link.provider for link in read_cloud_links(page, said)] == ["baidu"]
    assert read_cloud_links(quoted, f"收到\n{said}") == ()
