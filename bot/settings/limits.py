"""How old, how much, how long, how often: the limits an operator may move."""

from __future__ import annotations

from pydantic import Field

from bot.settings.kinds import Part


class FirstContact(Part):
    """What happens with mail that was in a mailbox before the bot."""

    answer_max_age_days: float = Field(
        default=3,
        ge=0,
        description="Mail older than this when first seen is read and counted, never answered.",
    )
    look_back_days: int = Field(
        default=60,
        ge=2,
        description="Mail received earlier than this many days ago is not looked at.",
    )


class Reading(Part):
    """Limits of the child processes that read documents."""

    wall_seconds: float = Field(default=30, gt=0, description="Seconds one mail may take to read.")
    memory_mb: int = Field(default=512, ge=64, description="Memory of one reading process, MiB.")
    children: int = Field(default=1, ge=1, description="Reading processes side by side.")


class Caps(Part):
    """Hard limits on automatic letters, whatever else says they are due (promise P6)."""

    per_address_per_day: int = Field(default=20, ge=1, description="Letters to an address a day.")
    formless_per_address_per_day: int = Field(
        default=2,
        ge=1,
        description="Answers a day to an address for mails in which nothing owed was found.",
    )
    repeats_per_day: int = Field(
        default=2,
        ge=1,
        description="Answers a day to an address that sends the same again, nothing changed in it.",
    )
    per_thread_per_day: int = Field(default=10, ge=1, description="Letters into a thread a day.")
    per_domain_per_hour: int = Field(
        default=60,
        ge=1,
        description="Such answers, and any to addresses that no roster lists, to an organisation's "
        "domain an hour; public providers excepted.",
    )
    strangers_per_unit_per_day: int = Field(
        default=20,
        ge=1,
        description="Addresses outside the roster that are answered for one unit a day.",
    )
    strangers_per_hour: int = Field(
        default=60,
        ge=1,
        description="Answers an hour to addresses outside the roster altogether.",
    )
    strangers_per_day: int = Field(
        default=150,
        ge=1,
        description="The same a day; less than the sending budget, so that units are not starved.",
    )
    global_per_hour: int = Field(default=300, ge=1, description="Letters an hour altogether.")


class Approval(Part):
    """Which letters to units wait until a coordinator has looked at them."""

    first: int = Field(
        default=0,
        ge=0,
        description="So many letters of each kind of a campaign a coordinator lets go before that "
        "kind leaves by itself; 0: none waits.",
    )
    pause_minutes: int = Field(
        default=30,
        ge=1,
        description="Coordinators are asked for waiting letters no more often than this.",
    )


class Watch(Part):
    """How the worker watches over itself, and who may ask how it is."""

    stuck_seconds: float = Field(
        default=1200,
        ge=1,
        description="A job that has not got on for so long is broken off and begun anew.",
    )
    metrics: str = Field(
        default="",
        pattern=r"^$|^(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$",
        description="HOST:PORT where Prometheus finds /metrics, such as 127.0.0.1:9464; it asks "
        "for no password, so keep it on this machine. Nowhere when left out.",
    )
