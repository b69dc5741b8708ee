"""What is known of each mail provider: its servers, its limits of taste, its folder names."""

from __future__ import annotations

from dataclasses import dataclass

SIDE_FOLDERS = frozenset(
    {
        "垃圾邮件",  # NetEase, Sina
        "垃圾箱",
        "广告邮件",  # NetEase
        "订阅邮件",  # NetEase, Sina
        "junk",  # QQ, exmail
        "junk e-mail",
        "spam",
    },
)
"""Names, lower case, of folders where wanted mail lands (facts: mail §1.5, §2.1, §2.2)."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens; `tls` is "tls", "starttls" or "plain"."""

    host: str
    port: int
    tls: str = "tls"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's servers, found by the domain of the address unless the settings name it."""

    name: str
    domains: tuple[str, ...]
    imap: Endpoint
    smtp: Endpoint


PROVIDERS: tuple[Provider, ...] = (
    Provider("163", ("163.com",), Endpoint("imap.163.com", 993), Endpoint("smtp.163.com", 465)),
    Provider("126", ("126.com",), Endpoint("imap.126.com", 993), Endpoint("smtp.126.com", 465)),
    Provider("yeah", ("yeah.net",), Endpoint("imap.yeah.net", 993), Endpoint("smtp.yeah.net", 465)),
    Provider(
        "qiye163",  # NetEase for companies documents 994, not 465
        (),
        Endpoint("imap.qiye.163.com", 993),
        Endpoint("smtp.qiye.163.com", 994),
    ),
    Provider(
        "qq",
        ("qq.com", "foxmail.com"),
        Endpoint("imap.qq.com", 993),
        Endpoint("smtp.qq.com", 465),
    ),
    Provider(
        "exmail",
        (),
        Endpoint("imap.exmail.qq.com", 993),
        Endpoint("smtp.exmail.qq.com", 465),
    ),
    Provider(
        "sina",
        ("sina.com",),
        Endpoint("imap.sina.com", 993),
        Endpoint("smtp.sina.com", 465),
    ),
    Provider(
        "aliyun",
        ("aliyun.com",),
        Endpoint("imap.aliyun.com", 993),
        Endpoint("smtp.aliyun.com", 465),
    ),
    Provider(
        "qiyealiyun",  # Alibaba's mail for companies
        (),
        Endpoint("imap.qiye.aliyun.com", 993),
        Endpoint("smtp.qiye.aliyun.com", 465),
    ),
)


OWN = ("coremail", "dovecot", "custom")
"""Mail systems that organisations run under names of their own: where they are must be said."""


def provider_of(address: str, name: str | None = None) -> Provider | None:
    """Return the provider of this name, else the one whose domain the address has."""
    domain = address.rpartition("@")[2].lower()
    for provider in PROVIDERS:
        if provider.name == name or (name is None and domain in provider.domains):
            return provider
    return None
