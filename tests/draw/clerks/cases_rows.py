"""The 情况统计表 of 内蒙古 as its units send it in, a file a line."""

# ruff: noqa: E501 - a table, a file a line

from __future__ import annotations

from tests.draw.clerks.case import NS, case
from tests.draw.clerks.filled import ADDED
from tests.draw.clerks.rows import remarked, scientists

CHIFENG, HOHHOT, HULUN = (
    ("chifeng", "赤峰市科学技术局"),
    ("hohhot", "呼和浩特市科技局"),
    ("hulunbuir", "呼伦贝尔市科学技术局"),
)
TONGLIAO, ERENHOT, IMAU = (
    ("tongliao", "通辽市科技局"),
    ("erenhot", "二连浩特市教育科技局"),
    ("imau", "内蒙古农业大学"),
)
MUSEUM, ORDOS, WUHAI = (
    ("museum", "内蒙古自治区科学技术馆"),
    ("ordos", "鄂尔多斯市科学技术局"),
    ("wuhai", "乌海市科技局"),
)
ALXA, XILINGOL, HEALTH = (
    ("alxa", "阿拉善盟科学技术局"),
    ("xilingol", "锡林郭勒盟科技局"),
    ("health", "内蒙古自治区卫生健康委员会"),
)
WEATHER, BAOTOU, ULANQAB = (
    ("weather", "自治区气象局"),
    ("baotou", "包头市科学技术局"),
    ("ulanqab", "乌兰察布市科技局"),
)
BAYAN, XINGAN, MANZHOULI = (
    ("bayannur", "巴彦淖尔市科学技术局"),
    ("xingan", "兴安盟科技局"),
    ("manzhouli", "满洲里市工信和科技局"),
)
IMUST, EDUCATION, FOREST = (
    ("imust", "内蒙古科技大学"),
    ("education", "内蒙古自治区教育厅"),
    ("forestry", "自治区林草局"),
)


def s(n):
    """科技人员 written into the remarks, one way of many."""
    ways = (
        "其中: 科技人员 {}",
        "其中：科技人员{}人",
        "其中:科技人员{}名",
        "科技人员：{}",
        "其中: 科技人员{}人",
    )
    return lambda filled: scientists(filled, n, ways[n % len(ways)])


def then(*changes):
    """Do one change after the other."""

    def change(filled):
        for one in changes:
            filled = one(filled)
        return filled

    return change


ROW_CASES = (
    # as the blank is printed, saved by every program
    case("nm-plain", NS, *CHIFENG, "as-printed", "docx", change=s(130)),
    case("nm-saved-by-office", NS, *HOHHOT, "as-printed", "docx-office", habits="plain sep", change=s(86)),
    case("nm-old-word", NS, *HULUN, "as-printed", "doc", habits="unit plain", change=s(44)),
    case("nm-wps", NS, *TONGLIAO, "as-printed", "wps", habits="plain about", change=s(52)),
    case("nm-rtf", NS, *ORDOS, "as-printed", "rtf", habits="sep unit", change=s(61)),
    case("nm-odt", NS, *WUHAI, "as-printed", "odt", habits="plain nil", change=s(13)),
    case("nm-macros", NS, *ALXA, "as-printed", "docm", habits="plain", change=s(8)),
    case("nm-from-a-web-page", NS, *IMAU, "as-printed", "docx-from-html", habits="plain", change=s(207)),
    case("nm-word-web-page-as-doc", NS, *XILINGOL, "as-printed", "html-as-doc", habits="plain wide", change=s(31)),
    case("nm-single-file-web-page", NS, *HEALTH, "as-printed", "mhtml-as-doc", habits="plain unit", change=s(95)),
    case("nm-word-xml", NS, *WEATHER, "as-printed", "wordml-as-doc", habits="plain sep", change=s(73)),
    case("nm-pdf", NS, *BAOTOU, "as-printed", "pdf", habits="plain sep", change=s(118)),
    case("nm-pdf-of-a-page", NS, *ULANQAB, "as-printed", "pdf-doc", habits="plain", change=s(40)),
    case("nm-ofd", NS, *BAYAN, "as-printed", "ofd", habits="plain unit", change=s(66)),
    case("nm-in-the-mail", NS, *XINGAN, "as-printed", "mail", habits="plain", change=s(29)),
    # 序号 and columns of units
    case("nm-numbered", NS, *MANZHOULI, "numbered", "docx", habits="plain nil", style="mixed"),
    case("nm-numbered-sheet", NS, *CHIFENG, "numbered", "xlsx", habits="plain", seed=2, change=s(77)),
    case("nm-numbered-old-sheet", NS, *ERENHOT, "numbered", "xls", habits="plain sep", style="reworded"),
    case("nm-numbered-csv", NS, *MUSEUM, "numbered", "csv", habits="plain unit"),
    case("nm-numbered-csv-gb", NS, *IMUST, "numbered", "csv-gb", habits="sep plain nil", change=s(160)),
    case("nm-numbered-pdf", NS, *EDUCATION, "numbered", "pdf-sheet", habits="plain", style="bracketed"),
    case("nm-measures", NS, *FOREST, "with-measures", "xlsx", habits="plain", seed=3),
    case("nm-measures-doc", NS, *HOHHOT, "with-measures", "doc-from-html", habits="plain about", seed=3),
    case("nm-measures-et", NS, *TONGLIAO, "with-measures", "et", habits="plain", seed=3, style="mixed"),
    case("nm-measures-web-export", NS, *ORDOS, "with-measures", "html-as-xls", habits="plain sep", seed=3),
    case("nm-measures-ofd", NS, *WUHAI, "with-measures", "ofd", habits="plain", seed=3),
    # other layouts
    case("nm-halves", NS, *ALXA, "halves", "docx", habits="plain", seed=4),
    case("nm-halves-sheet", NS, *XILINGOL, "halves", "xls", habits="plain unit", seed=4, style="mixed"),
    case("nm-halves-pdf", NS, *HEALTH, "halves", "pdf", habits="plain", seed=4),
    case("nm-values-behind-labels", NS, *WEATHER, "in-label-cell", "docx", habits="unit plain", seed=5),
    case("nm-values-behind-labels-rtf", NS, *BAOTOU, "in-label-cell", "rtf", habits="plain", seed=5),
    case("nm-values-behind-labels-xlsx", NS, *ULANQAB, "in-label-cell", "xlsx", habits="plain sep", seed=5),
    case("nm-all-in-one-table", NS, *BAYAN, "unit-in-table", "docx-by-odt", habits="plain", seed=6),
    case("nm-all-in-one-sheet", NS, *XINGAN, "unit-in-table", "ods", habits="plain nil", seed=6),
    case("nm-unit-below", NS, *MANZHOULI, "unit-below", "doc", habits="plain", seed=7),
    case("nm-unit-below-xlsx", NS, *ERENHOT, "unit-below", "xlsx-texts", habits="plain sep", seed=7),
    case("nm-unit-beside", NS, *IMAU, "unit-beside", "docx-breaks", habits="plain", seed=8, style="broken"),
    case("nm-unit-beside-html", NS, *MUSEUM, "unit-beside", "html-as-xls-gb", habits="plain", seed=8),
    case("nm-headless", NS, *IMUST, "headless", "docx", habits="plain", seed=9),
    case("nm-headless-odt", NS, *EDUCATION, "headless", "odt-from-html", habits="plain unit", seed=9, style="unitless"),
    case("nm-split", NS, *FOREST, "split", "docx", habits="plain", seed=10, change=s(12)),
    case("nm-split-doc", NS, *CHIFENG, "split", "doc", habits="plain sep", seed=10),
    case("nm-split-pdf", NS, *HULUN, "split", "pdf", habits="plain", seed=10),
    case("nm-heading-twice", NS, *HOHHOT, "heading-twice", "xlsx", habits="plain", seed=11),
    case("nm-heading-twice-rtf", NS, *TONGLIAO, "heading-twice", "rtf", habits="plain", seed=11, style="spaced"),
    case("nm-kinds-at-the-left", NS, *ORDOS, "in-kinds", "docx", habits="plain", seed=12),
    case("nm-kinds-at-the-left-xls", NS, *WUHAI, "in-kinds", "xls", habits="plain unit", seed=12),
    case("nm-kinds-at-the-left-mht", NS, *ALXA, "in-kinds", "mht", habits="plain", seed=12),
    case("nm-merged-wide", NS, *XILINGOL, "merged-wide", "docx-office", habits="plain", seed=13),
    case("nm-merged-wide-excel-xml", NS, *HEALTH, "merged-wide", "excelml-as-xls", habits="plain", seed=13),
    # labels retyped
    case("nm-spaced", NS, *WEATHER, "as-printed", "docx", habits="plain", style="spaced", seed=14),
    case("nm-spaced-csv", NS, *BAOTOU, "as-printed", "csv-gb", habits="plain", style="spaced", seed=14),
    case("nm-broken", NS, *ULANQAB, "as-printed", "docx-breaks", habits="plain", style="broken", seed=15),
    case("nm-colons-pdf", NS, *BAYAN, "numbered", "pdf-ink", habits="plain", style="colons", seed=15),
    case("nm-bracketed", NS, *XINGAN, "as-printed", "odt", habits="plain", style="bracketed", seed=16),
    case("nm-colons", NS, *MANZHOULI, "as-printed", "docx-by-rtf", habits="plain", style="colons", seed=17),
    case("nm-reworded", NS, *ERENHOT, "as-printed", "docx", habits="plain", style="reworded", seed=18),
    case("nm-reworded-xlsx", NS, *IMAU, "numbered", "xlsx-office", habits="plain sep", style="reworded", seed=18),
    case("nm-without-units", NS, *MUSEUM, "as-printed", "wps", habits="plain", style="unitless", seed=19),
    # rows added, dropped, in another order
    case("nm-rows-added", NS, *IMUST, "as-printed", "docx", habits="plain", seed=20, change=lambda f: f.with_rows(*ADDED[:3])),
    case("nm-rows-added-xlsx", NS, *EDUCATION, "numbered", "xlsx", habits="plain", seed=20, change=lambda f: f.with_rows(*ADDED[2:5], at=9)),
    case("nm-rows-added-doc", NS, *FOREST, "as-printed", "doc", habits="sep", seed=20, change=lambda f: f.with_rows(*ADDED[4:], at=14)),
    case("nm-rows-dropped", NS, *CHIFENG, "numbered", "docx", habits="plain", seed=21, change=lambda f: f.without("films", "tv_features", "machines")),
    case("nm-rows-dropped-ods", NS, *HULUN, "as-printed", "ods", habits="plain", seed=21, change=lambda f: f.without("village_visits", "farm_supplies", "trainees", "machines")),
    case("nm-reordered", NS, *HOHHOT, "numbered", "docx", habits="plain", seed=22, change=lambda f: f.shuffled(5)),
    case("nm-reordered-xls", NS, *TONGLIAO, "as-printed", "xls", habits="plain", seed=22, change=then(s(90), lambda f: f.shuffled(6))),
    case("nm-empty-fields", NS, *ORDOS, "as-printed", "docx", habits="plain", seed=23, change=lambda f: f.emptied("films", "messages", "vehicles", "services")),
    case("nm-empty-fields-html", NS, *WUHAI, "as-printed", "html-as-doc", habits="plain", seed=23, change=lambda f: f.emptied("units", "boards", "machines")),
    # numbers in every spelling
    case("nm-full-width", NS, *ALXA, "as-printed", "docx", habits="wide widesep", seed=24),
    case("nm-full-width-xlsx", NS, *XILINGOL, "numbered", "xlsx-texts", habits="wide", seed=24),
    case("nm-characters", NS, *HEALTH, "as-printed", "doc", habits="chinese", seed=25),
    case("nm-cheque-characters", NS, *WEATHER, "as-printed", "docx", habits="financial chinese", seed=26),
    case("nm-about", NS, *BAOTOU, "as-printed", "docx", habits="about", seed=27),
    case("nm-about-xls", NS, *ULANQAB, "numbered", "xls-texts", habits="about wan", seed=27),
    case("nm-ten-thousands", NS, *BAYAN, "as-printed", "rtf", habits="wan", seed=28),
    case("nm-nothing-held", NS, *XINGAN, "as-printed", "docx", habits="nil-words", seed=29),
    case("nm-nothing-held-csv", NS, *MANZHOULI, "numbered", "csv", habits="nil nil-words plain", seed=29),
    case("nm-decimals", NS, *ERENHOT, "as-printed", "xlsx-texts", habits="decimal plain", seed=30),
    case("nm-to-be-asked", NS, *IMAU, "as-printed", "docx", habits="plain", seed=31, odd=5),
    case("nm-to-be-asked-xls", NS, *MUSEUM, "numbered", "xls", habits="plain unit", seed=31, odd=4),
    case("nm-to-be-asked-pdf", NS, *IMUST, "as-printed", "pdf", habits="plain", seed=31, odd=4),
    case("nm-everything-at-once", NS, *EDUCATION, "numbered", "doc", habits="sep wide unit about chinese wan nil", style="mixed", seed=32, odd=2, change=then(s(58), lambda f: f.with_rows(*ADDED[:2]))),
    case("nm-everything-at-once-xlsx", NS, *FOREST, "in-kinds", "xlsx-office", habits="sep unit about nil plain", style="mixed", seed=33, odd=2),
    case("nm-remarks-full", NS, *CHIFENG, "as-printed", "docx", habits="plain", seed=34, change=then(s(33), lambda f: remarked(f, {"public": "含线上1.2万人次", "boards": "另有电子屏6块", "courses": "5月22日至26日", "messages": "移动、联通共同发送"}))),
    # as attachments of attachments
    case("nm-zip", NS, *HULUN, "as-printed", "docx", habits="plain", seed=35, archive="zip", inner="呼伦贝尔市科学技术局——情况统计表"),
    case("nm-seven-zip", NS, *HOHHOT, "numbered", "xls", habits="plain", seed=35, archive="7z", inner="统计表"),
    case("nm-rar", NS, *TONGLIAO, "as-printed", "doc", habits="plain", seed=35, archive="rar", inner="通辽市统计表（盖章版）"),
    case("nm-tar", NS, *ORDOS, "as-printed", "odt", habits="plain", seed=35, archive="tar.gz", inner="统计表"),
    case("nm-zip-in-zip", NS, *WUHAI, "as-printed", "xlsx", habits="plain", seed=35, archive="zip-in-zip", inner="乌海"),
    case("nm-attached", NS, *ALXA, "as-printed", "doc", habits="plain", seed=36, archive="mail", inner="附件2：情况统计表"),
)  # fmt: skip
