"""What an admin is told of each mistake in a campaign folder: what is wrong, what to do."""

from __future__ import annotations

# code → (what is wrong, what to do); {names} are filled from the problem's values
SENTENCES: dict[str, tuple[str, str]] = {
    # a YAML file as such
    "roster-other-kind": ("there is {given} instead", "open it and save it as {wanted}"),
    "file-missing": ("there is no such file", "put it there, or copy one from another campaign"),
    "file-too-large": (
        "the file is larger than {limit} bytes",
        "keep only the campaign's own data",
    ),
    "not-utf8": ("the text is not UTF-8", "save it with the encoding UTF-8 in your editor"),
    "yaml": ("this is not readable YAML: {reason}", "compare the line with a shipped campaign"),
    "full-width-colon": (
        "“{given}” has a full-width colon",
        "write a plain colon and a space after the key: “key: value”",
    ),
    "not-a-mapping": ("the file should be a list of “key: value” lines", "start it with “id: …”"),
    "duplicate-key": ("“{given}” is written twice (first on line {first})", "delete one of them"),
    "key-not-text": ("a key must be a plain word", "write “key: value”"),
    # a key or a value
    "unknown-key": ("there is no key “{given}” here", "{suggestion}"),
    "missing-key": ("“{given}” is missing", "add “{given}: …”"),
    "wrong-date": ("“{given}” is not a date", "write it as 2023-06-15"),
    "wrong-time": ("“{given}” is not a time of day", "write it as “17:30”"),
    "wrong-choice": ("“{given}” is not known here", "{suggestion}"),
    "wrong-name": (
        "“{given}” cannot be a key",
        "use lower case letters, digits and hyphens, such as “statistics”",
    ),
    "wrong-value": ("“{given}”: {reason}", "correct the value"),
    # the campaign
    "id-is-not-folder": ("the id is “{given}”, its folder “{folder}”", "make them the same"),
    "no-requirements": ("the campaign asks for nothing", "add at least one requirement"),
    "duplicate-requirement": ("two requirements are called “{given}”", "rename one of them"),
    "no-kind": (
        "it does not say what is asked for",
        "add one of “form”, “report”, “video”, “photos”, “press”",
    ),
    "two-kinds": ("it asks for {given} at once", "make them separate requirements"),
    "unknown-form": ("there is no form “{given}” in forms/", "{suggestion}"),
    "many-needs-identifier": (
        "each unit may send many, but nothing tells them apart",
        "add “identified_by:” with the label of a field, such as 项目名称",
    ),
    "identifier-unknown": ("the form “{form}” has no field labelled “{given}”", "{suggestion}"),
    "unknown-timezone": ("there is no time zone “{given}”", "write “Asia/Shanghai”"),
    "wrong-address": ("“{given}” is not an e-mail address", "write it as name@example.cn"),
    "wrong-order": ("{first} comes after {last}", "swap or correct the two"),
    "wrong-days": ("{given} is not a number of days to count here", "{suggestion}"),
    "unknown-wording": ("no letter has a sentence “{given}”", "{suggestion}"),
    "wording-length": (
        "“{given}” is empty or longer than {limit} characters",
        "write one or two sentences, or delete the line",
    ),
    "wording-brace": (
        "{given} cannot be filled in here",
        "known here: {known}; a brace of its own is written twice",
    ),
    # a form
    "duplicate-field": ("two fields have the key “{given}”", "rename one of them"),
    "duplicate-label": (
        "the label “{given}” belongs to “{first}” and “{second}”",
        "each label and alias may stand once in its group; take it out of one",
    ),
    "form-id-is-not-file": ("the id is “{given}”, its file {expected}", "make them the same"),
    "unknown-field": ("the form has no field “{given}”", "{suggestion}"),
    "unknown-column": ("the form's table has no heading “{given}”", "{suggestion}"),
    "column-without-table": (
        "the field stands in a column, but the form has no “table:”",
        "add “table:” with the headings, or say where the value stands",
    ),
    "within-needs-column": ("the column of this sub-value is missing", "add “column:” (备注)"),
    "money-unit": ("money cannot be counted in “{given}”", "write 元 or 万元, or leave it out"),
    "choices-missing": ("a choice needs its choices", "add “choices: [..., ...]”"),
    "not-a-number": ("the field “{given}” is not a number", "compare numbers only"),
    "not-a-date": ("the field “{given}” is neither a date nor a period", "name one that is"),
    "window-missing": (
        "the check needs the days of the activity",
        "add “window: {{from: 2023-05-20, to: 2023-05-31}}” to campaign.yaml",
    ),
    "alias-twice": ("“{given}” is written twice for one field", "delete one of them"),
    # the forms beside each other
    "form-not-recognised": (
        "the form is not recognised in its own blank {blank}",
        "compare title and labels with what the blank prints",
    ),
    "forms-alike": (
        "nothing tells this form from “{other}” (likeness {likeness}%)",
        "give them titles or labels that differ, in the yaml and in the blank",
    ),
    "forms-close": (
        "a filled copy could be taken for “{other}” of {campaign} (likeness {likeness}%)",
        "let the titles differ more, or collect the two in different mailboxes",
    ),
    # the higher level's form
    "upward-from": ("no form is asked for under “{given}”", "{suggestion}"),
    "upward-no-campaign": (
        "there is no folder “{given}” with the higher level's form: it cannot be filled in",
        "put the campaign beside this one, or form and blank into “upward” and write upward/<form>",
    ),
    "upward-no-form": ("{campaign} has no form “{given}”", "{suggestion}"),
    "upward-form-broken": ("the form {given} cannot be used: {first}", "mend that form first"),
    "upward-no-place": (
        "the blank of {given} has no place for “{label}”",
        "compare label and “where” of that field with what the blank prints",
    ),
    "upward-field": ("the form “{form}” has no field “{given}”", "{suggestion}"),
    "upward-ambiguous": ("“{given}” names several fields", "write one of their keys: {keys}"),
    "upward-twice": ("“{given}” is filled twice", "delete one of the two lines"),
    "upward-nothing": (
        "“{given}” needs either “sum” or “text”",
        "write “sum: [one field, another]”, or “text: a field”",
    ),
    "upward-text": ("“{given}” asks for a number, not for words", "write “sum” instead of “text”"),
    "upward-not-a-number": ("“{given}” is not a number", "name fields with numbers"),
    "upward-measure": (
        "“{given}” cannot be added up to “{wanted}”",
        "money to money, counts to counts; where the form prints no unit add “unit: 万元”",
    ),
    # the blank beside it
    "blank-unreadable": ("the blank {given} cannot be read ({reason})", "save it again as .docx"),
    "title-not-in-blank": ("the blank {blank} does not carry the title “{given}”", "{suggestion}"),
    "label-not-in-blank": ("the blank {blank} has no label “{given}”", "{suggestion}"),
    "unit-not-in-blank": (
        "the blank prints “{printed}”, the unit here is “{given}”",
        "make them the same",
    ),
    # the roster
    "roster-unreadable": ("the roster cannot be read ({reason})", "save it again as .xlsx"),
    "roster-without-heading": (
        "no row has the headings “{given}”",
        "copy the heading row of a shipped roster",
    ),
    "roster-empty": ("the roster names no unit", "write a unit in each row under the headings"),
    "unknown-heading": ("there is no column “{given}”", "{suggestion}"),
    "duplicate-heading": ("the column “{given}” stands twice (also {first})", "delete one"),
    "wrong-id": (
        "“{given}” cannot be a 编号",
        "use lower case letters, digits and hyphens, such as “chifeng”, or leave it empty",
    ),
    "name-missing": ("the row has no 单位", "write the unit's full name, or delete the row"),
    "duplicate-unit": ("“{given}” is the same unit as “{other}” ({first})", "delete one row"),
    "alias-of-two": (
        "“{given}” would mean “{other}” ({first}) as well",
        "take it out of one of the two",
    ),
    "unknown-requirement": ("the campaign asks for nothing called “{given}”", "{suggestion}"),
    "wrong-extension": (
        "“{given}” is not an extension",
        "write “2023-06-20” for everything, or “{example} 2023-06-20”",
    ),
    "early-extension": (
        "{given} is not later than the due day",
        "write a later day, or empty the cell",
    ),
    "similar-unit": (
        "“{given}” may be the same unit as “{other}” ({first})",
        "if it is, delete one row; if not, leave both",
    ),
    "unknown-parent": (
        "the roster has no unit “{given}”: after the deadline nobody above is told",
        "write the 上级 as a row of its own with its 邮箱, or leave it",
    ),
    "mistyped-parent": (
        "the roster has no unit “{given}”",
        "if “{other}” ({first}) is meant, write it like that",
    ),
    "misspelt-address": ("“{given}” is not an e-mail address", "did you mean “{meant}”?"),
    "doubtful-address": ("“{given}” looks mistyped", "did you mean “{meant}”?"),
    "rounded-phone": (
        "the sheet has rounded the number to “{given}”",
        "make the cell text and write the number again",
    ),
    "doubtful-phone": ("“{given}” is not a telephone number", "write it as 13900001234"),
    "copied-id": (
        "the 编号 “{given}” stands at “{other}” as well ({first})",
        "empty the 编号 of the new unit: it gets its own",
    ),
    "too-many-units": ("the roster has more than {limit} rows", "split the campaign"),
    "no-address": ("the unit has no address: no reminder can reach it", "write its 邮箱"),
    "no-addresses": (
        "no unit has an address: no reminder can reach anybody",
        "write each unit's address under 邮箱",
    ),
    "shared-address": (
        "{given} belongs to “{other}” ({first}) as well",
        "mail from it will not tell which of the two it is from",
    ),
    "units-elsewhere": (
        "{count} units on the sheet “{sheet}” do not count: only “{read}” is read",
        "copy them below the others on “{read}”, or delete that sheet",
    ),
    "ended-unit": (
        "{given!r} seems to be closed, merged or renamed, but it counts as one that owes",
        "delete the row; of a renamed unit write the new name, and the old one among its aliases",
    ),
    "hidden-row": ("the row is hidden, but it counts", "show it, or delete it"),
}

WARNINGS: frozenset[str] = frozenset(
    {
        *("no-address", "no-addresses", "shared-address", "hidden-row", "ended-unit"),
        "units-elsewhere",
        *("alias-twice", "forms-close", "upward-no-campaign"),
        *("similar-unit", "unknown-parent", "mistyped-parent", "unknown-heading"),
        *("doubtful-address", "rounded-phone", "doubtful-phone"),
    }
)
