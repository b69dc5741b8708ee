"""Orders that change something: done with a good code, else asked back (promise P7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.clock import local
from bot.orders.answer import End, answers_left, ended, examples, letter
from bot.orders.buttons import Buttons
from bot.orders.command_key import command_key
from bot.orders.order import Order, Plan, Refused
from bot.orders.plans import PLANS
from bot.orders.undoing import LETTERS
from rules.commands.code import holds_until, is_signed
from rules.commands.command import WORDS, Command, Verb
from rules.commands.resolve import Unclear, resolve
from rules.commands.said import more_orders
from rules.commands.wording import text_of
from state.rows.acts import NewAct
from templates.views import OrderView
from templates.words import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.orders.answer import Asked
    from rules.campaign import Campaign
    from rules.commands.said import Said
    from state.rows.acts import ActRow
    from state.rows.letters import NewLetter

UNDO_LIFE = timedelta(days=60)
ASKED_LIFE = timedelta(days=7)  # over a weekend and a holiday
Choice = tuple["Campaign", Command]


def with_code(asked: Asked, said: Said, campaigns: Sequence[Campaign]) -> End:
    """Do what a code proves; who holds none that fits is told so, and nothing more."""
    choice = _signed(asked, said, campaigns)
    if choice is None:
        return unclear(asked, campaigns[0], said, "changed")
    campaign, command = choice
    spent = asked.office.ledger.act_of_code(said.code)
    if spent is not None:
        return _spent(asked, campaign, said, spent)
    if asked.claimed.received_at >= holds_until(said.code):
        return confirm(asked, [choice], "expired")
    order = Order(asked.office, campaign, command, asked.sender)
    plan = PLANS[command.verb](order)
    if isinstance(plan, Refused):
        return refused(asked, order, plan)
    return _done(asked, order, plan, said.code)


def typed(asked: Asked, said: Said, campaigns: Sequence[Campaign]) -> End | None:
    """Ask back what somebody on record typed; None: it was no order after all."""
    choices: list[Choice] = []
    beside = more_orders(said, asked.mail.subject, asked.mail.text)
    problem: Unclear | tuple[Order, Refused] | None = None
    for campaign in campaigns:
        told = resolve(said, campaign, campaign.day_of(asked.claimed.received_at))
        if isinstance(told, Unclear) or (told.left and said.joined):
            problem = problem or (told if isinstance(told, Unclear) else None)
            continue
        order = Order(asked.office, campaign, told.command, asked.sender)
        plan = PLANS[said.verb](order)
        if isinstance(plan, Refused):
            problem = (order, plan) if not isinstance(problem, tuple) else problem
        else:
            choices.append((campaign, plan.command or told.command))
            beside = (told.left, *beside) if told.left and told.left not in beside else beside
    if choices:
        own = [c for c in choices if asked.claimed.mailbox in c[0].file.boxes] or choices
        return confirm(asked, own, "typed" if len(own) == 1 else "several", beside)
    if isinstance(problem, tuple):
        return refused(asked, *problem)
    if problem is None or said.joined:
        return None
    return unclear(asked, campaigns[0], said, problem.lacks, problem.candidates)


def confirm(
    asked: Asked, choices: Sequence[Choice], code: str, beside: tuple[str, ...] = ()
) -> End:
    """Send whoever is on record a button for what was asked in their name, and what it leaves."""
    campaign, command = choices[0]
    text, single = text_of(command, campaign), len(choices) == 1
    if (end := enough(asked, campaign, text)) is not None:
        return end
    buttons = [_buttons(asked, c, ASKED_LIFE) for c, _ in choices]
    shown = [b.named(c) for b, (_, c) in zip(buttons, choices, strict=True)]
    if not single:
        titles = (c.file.title for c, _ in choices)
        shown = [replace(b, label=f"{b.label}（{t}）") for b, t in zip(shown, titles, strict=True)]
    view = OrderView(
        campaign=campaign.file if single else None,
        code=code,
        said=text,
        mark=buttons[0].code(command) if single else "",
        buttons=tuple(shown),
        until=local(buttons[0].until, campaign),
        beside=beside,
    )
    answer = letter(asked, campaign, "command-confirm", view)
    return End(ended("command-asked", campaign), (answer,))


def refused(asked: Asked, order: Order, why: Refused) -> End:
    """Say why an order that was understood was not carried out."""
    text = text_of(order.command, order.campaign)
    return not_done(asked, order.campaign, text, why)


def unclear(
    asked: Asked, campaign: Campaign, said: Said, code: str, candidates: tuple[str, ...] = ()
) -> End:
    """Say what an order lacks."""
    text = f"{WORDS[said.verb][0]} {said.words}".strip()
    return not_done(asked, campaign, text, Refused(code, candidates=candidates))


def not_done(asked: Asked, campaign: Campaign, text: str, why: Refused) -> End:
    """Say in a letter what was not done, and why."""
    if (end := enough(asked, campaign, text)) is not None:
        return end
    reason = "command-refused" if why.code == "changed" else "command-unclear"
    return End(ended(reason, campaign), (_no(asked, campaign, text, why),))


def enough(asked: Asked, campaign: Campaign, text: str) -> End | None:
    """End an order that is one too many today; the last letter of the day says so."""
    left = answers_left(asked)
    if left > 1 or left == asked.office.settings.caps.per_address_per_day:
        return None
    last = (_no(asked, campaign, text, Refused("too-many")),) if left == 1 else ()
    return End(ended("command-capped", campaign), last)


def _no(asked: Asked, campaign: Campaign, text: str, why: Refused) -> NewLetter:
    view = OrderView(
        campaign=campaign.file,
        code=why.code,
        said=text,
        facts=examples(campaign, asked.claimed.received_at) | why.facts,
        candidates=why.candidates,
    )
    return letter(asked, campaign, "command-unclear", view)


def _signed(asked: Asked, said: Said, campaigns: Sequence[Campaign]) -> Choice | None:
    """Return the campaign and command that the code was made for, sent to this very address."""
    key = command_key(asked.office.settings)
    for campaign in campaigns:
        told = resolve(said, campaign, date.min)
        if isinstance(told, Unclear) or told.left:
            continue
        if is_signed(key, campaign.id, told.command, asked.sender, said.code):
            return campaign, told.command
    return None


def _spent(asked: Asked, campaign: Campaign, said: Said, act: ActRow) -> End:
    at = clock(local(act.at, campaign))
    code = "spent" if act.undone_by is None else "spent-undone"
    return not_done(asked, campaign, act.said or said.words, Refused(code, {"at": at}))


def _done(asked: Asked, order: Order, plan: Plan, code: str) -> End:
    campaign, command = order.campaign, plan.command or order.command
    number = asked.claimed.mail_id
    said = text_of(command, campaign)
    buttons = _buttons(asked, campaign, UNDO_LIFE)
    back = Command(Verb.UNDO, number)
    final = command.verb in {Verb.UNDO, *LETTERS}
    view = OrderView(
        campaign=campaign.file,
        code=command.verb,
        said=said,
        facts=plan.facts,
        number=str(number),
        mark="" if final else buttons.code(back),
        buttons=() if final else (buttons.named(back),),
    )
    act = NewAct(asked.sender, campaign.id, command.verb, said, code, plan.effects)
    answer = letter(asked, campaign, "command-done", view)
    return End(ended("command", campaign), (answer,), act=act, after=plan.after)


def _buttons(asked: Asked, campaign: Campaign, life: timedelta) -> Buttons:
    occasion = f"mail:{asked.claimed.mail_id}"
    return Buttons(asked.office, campaign, asked.sender, occasion, life)
