"""Every check on a reading: one file each, in the order in which a letter should tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks import (
    adds_up,
    ambiguous,
    any_of,
    approximate,
    choice,
    duplicate_label,
    in_range,
    in_window,
    label_missing,
    limits,
    measure,
    not_above,
    required,
    shape,
    unit_missing,
    unreadable,
    wrong_type,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rules.campaign import CampaignFile
    from rules.finding import Finding
    from rules.form import Form
    from rules.reading import Reading

    Check = Callable[[Reading, Form, CampaignFile], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    unit_missing.check,
    label_missing.check,
    required.check,
    duplicate_label.check,
    ambiguous.check,
    wrong_type.check,
    unreadable.check,
    shape.check,
    choice.check,
    limits.check,
    in_range.check,
    not_above.check,
    adds_up.check,
    in_window.check,
    any_of.check,
    measure.check,
    approximate.check,
)


def check_reading(reading: Reading, form: Form, campaign: CampaignFile) -> tuple[Finding, ...]:
    """Run every check; findings come in the form's order of fields, then in CHECKS' order."""
    order = {field.key: number for number, field in enumerate(form.fields)}
    findings = [finding for check in CHECKS for finding in check(reading, form, campaign)]
    return tuple(sorted(findings, key=lambda f: order.get(f.field or "", len(order))))
