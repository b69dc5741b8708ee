"""The 备案表 of 内蒙古 and of 中国仪器仪表学会 as their units send them in, a file a line."""

# ruff: noqa: E501 - a table, a file a line

from __future__ import annotations

from tests.draw.clerks.case import CP, NP, case

CHIFENG, IMUST, HOHHOT = (
    ("chifeng", "赤峰市科学技术局"),
    ("imust", "内蒙古科技大学"),
    ("hohhot", "呼和浩特市科技局"),
)
XINGAN, FOREST, IMNU = (
    ("xingan", "兴安盟科学技术局"),
    ("forestry", "内蒙古自治区林业和草原局"),
    ("imnu", "内蒙古师范大学"),
)
ALXA, WEATHER, ORDOS = (
    ("alxa", "阿拉善盟科技局"),
    ("weather", "内蒙古自治区气象局"),
    ("ordos", "鄂尔多斯市科技局"),
)
FENXI, SENSORS, BASE = (
    ("analytical", "中国仪器仪表学会分析仪器分会"),
    ("sensors", "传感器分会"),
    ("base-sensing", "智能传感科普教育基地"),
)
HENAN, YOUTH, TEAM = (
    ("henan", "河南省仪器仪表学会"),
    ("youth", "中国仪器仪表学会青年工作委员会"),
    ("team-metrology", "计量与生活科技志愿服务队"),
)

PAIR_CASES = (
    case("np-plain", NP, *CHIFENG, "four-columns", "docx"),
    case("np-doc", NP, *IMUST, "four-columns", "doc", seed=2),
    case("np-wps", NP, *HOHHOT, "four-columns", "wps", seed=3),
    case("np-two-columns", NP, *XINGAN, "two-columns", "docx-office", seed=4),
    case("np-numbered", NP, *FOREST, "numbered", "docx", seed=5, style="mixed"),
    case("np-stacked", NP, *IMNU, "stacked", "docx", seed=6),
    case("np-stacked-xlsx", NP, *ALXA, "stacked", "xlsx", seed=7),
    case("np-in-label-cell", NP, *WEATHER, "in-label-cell", "odt", seed=8),
    case("np-in-lines", NP, *ORDOS, "in-lines", "docx", seed=9),
    case("np-in-lines-mail", NP, *CHIFENG, "two-columns", "text-mail", seed=10),
    case("np-six-columns", NP, *IMUST, "six-columns", "docx", seed=11),
    case("np-six-columns-xls", NP, *HOHHOT, "six-columns", "xls", seed=12),
    case("np-groups", NP, *XINGAN, "in-groups", "docx", seed=13),
    case("np-nested", NP, *FOREST, "nested", "docx", seed=14),
    case("np-nested-html", NP, *IMNU, "nested", "html-as-doc", seed=15),
    case("np-rtf", NP, *ALXA, "four-columns", "rtf", seed=16, style="spaced"),
    case("np-pdf", NP, *WEATHER, "four-columns", "pdf", seed=17),
    case("np-pdf-chromium", NP, *ORDOS, "two-columns", "pdf-chromium", seed=18),
    case("np-ofd", NP, *CHIFENG, "four-columns", "ofd", seed=19),
    case("np-xlsx", NP, *IMUST, "four-columns", "xlsx", seed=20),
    case("np-et", NP, *HOHHOT, "four-columns", "et", seed=21, style="mixed"),
    case("np-broken", NP, *XINGAN, "four-columns", "docx-breaks", seed=22, style="broken"),
    case("np-colons", NP, *FOREST, "two-columns", "docx", seed=23, style="colons"),
    case("np-reworded", NP, *IMNU, "four-columns", "docx", seed=24, style="reworded"),
    case("np-reordered", NP, *ALXA, "two-columns", "docx", seed=25, change=lambda f: f.shuffled(2)),
    case("np-dropped", NP, *WEATHER, "four-columns", "doc", seed=26, change=lambda f: f.without("fax", "authority")),
    case("np-mail", NP, *ORDOS, "four-columns", "mail", seed=27),
    case("np-word-xml", NP, *CHIFENG, "four-columns", "wordml-as-doc", seed=28),
    case("np-csv", NP, *IMUST, "two-columns", "csv-gb", seed=29),
    # 中国仪器仪表学会
    case("cp-plain", CP, *FENXI, "two-columns", "docx"),
    case("cp-doc", CP, *SENSORS, "two-columns", "doc", seed=2),
    case("cp-docm", CP, *BASE, "two-columns", "docm", seed=3),
    case("cp-numbered", CP, *HENAN, "numbered", "odt", seed=4),
    case("cp-xlsx", CP, *YOUTH, "two-columns", "xlsx", seed=5),
    case("cp-pdf", CP, *TEAM, "two-columns", "pdf", seed=6),
    case("cp-four-columns", CP, *FENXI, "four-columns", "docx", seed=7, style="mixed"),
    case("cp-lines", CP, *SENSORS, "in-lines", "docx", seed=8),
    case("cp-stacked", CP, *BASE, "stacked", "docx-from-html", seed=9),
    case("cp-mhtml", CP, *HENAN, "two-columns", "mhtml-as-doc", seed=10),
    case("cp-ods", CP, *YOUTH, "two-columns", "ods", seed=11),
    case("cp-rtf", CP, *TEAM, "two-columns", "rtf", seed=12, style="reworded"),
)  # fmt: skip
