"""What came of handing a letter to a mail server, as values the outbox can act on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.outbox.refusals import Kind, Refusal, Scope, classify

Outcome = Literal["sent", "refused", "deferred", "uncertain"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply and the phase it came in; code 0 when there was none."""

    code: int
    text: str
    phase: str

    @property
    def meaning(self) -> Refusal:
        """What the reply means as a refusal."""
        return classify(self.code, self.text, self.phase)


@dataclass(frozen=True, slots=True)
class RefusedRecipient:
    """One recipient the server did not take."""

    address: str
    code: int
    text: str
    refusal: Refusal

    @property
    def ends_letter(self) -> bool:
        """Whether the refusal is about us, not about this recipient."""
        return self.refusal.scope in {Scope.ACCOUNT, Scope.CONNECTION}


@dataclass(frozen=True, slots=True)
class SendResult:
    """What came of one letter.

    `sent`: accepted for all but `refused_recipients`. `refused`: it will not be taken as it is.
    `deferred`: not taken now; try again after `wait`, or when a person has acted if that is None.
    `uncertain`: the connection ended after the final dot, it may have been sent (RFC 1047).
    `scope` says what else the answer concerns, `reason` is a constant of bot/refusals.
    """

    outcome: Outcome
    code: int = 250
    text: str = ""
    scope: Scope = Scope.LETTER
    wait: timedelta | None = None
    reason: str = ""
    refused_recipients: tuple[RefusedRecipient, ...] = ()

    @property
    def ends_session(self) -> bool:
        """Whether nothing more should be tried on this connection."""
        ours = self.scope in {Scope.ACCOUNT, Scope.CONNECTION}
        return self.outcome == "uncertain" or (self.outcome != "sent" and ours)

    def for_the_rest(self) -> SendResult:
        """Return what this means for the letters behind it, which were not tried."""
        if self.outcome == "uncertain":
            return unsent(Reply(0, self.text, "connect"))
        return replace(self, outcome="deferred", refused_recipients=())


def unsent(
    reply: Reply,
    meaning: Refusal | None = None,
    refused: tuple[RefusedRecipient, ...] = (),
) -> SendResult:
    """Return the result of a letter that was certainly not taken."""
    refusal = meaning or reply.meaning
    outcome: Outcome = "refused" if refusal.kind is Kind.PERMANENT else "deferred"
    return SendResult(
        outcome,
        reply.code,
        reply.text,
        refusal.scope,
        refusal.wait,
        refusal.reason,
        refused,
    )


def uncertain(text: str, refused: tuple[RefusedRecipient, ...] = ()) -> SendResult:
    """Return the result of a letter that both sides may hold a copy of."""
    return SendResult("uncertain", 0, text, Scope.CONNECTION, None, "no-answer-after-dot", refused)
