"""The 开展情况统计表 of five campaigns as their units send it in, a file a line."""

# ruff: noqa: E501 - a table, a file a line

from __future__ import annotations

from tests.draw.clerks.case import CS, NA, SX, TY, XJ, case

# unit, and how its clerks write it
FENXI, SENSORS, JIANGSU = (
    ("analytical", "中国仪器仪表学会分析仪器分会"),
    ("sensors", "传感器分会"),
    ("jiangsu", "江苏省仪器仪表学会"),
)
BASE, TEAM, GUANGDONG = (
    ("base-microscopy", "显微世界科普教育基地"),
    ("team-campus", "仪器科学进校园科技志愿服务队"),
    ("guangdong", "广东仪器仪表学会"),
)
NEIMENGGU, GUANGXI, DALIAN = (
    ("neimenggu", "内蒙古自治区科学技术厅"),
    ("guangxi", "广西科技厅"),
    ("dalian", "大连市科学技术局"),
)
ANHUI, SHANGHAI, XPCC = (
    ("anhui", "安徽省科技厅"),
    ("shanghai", "上海市科学技术委员会"),
    ("xpcc", "新疆生产建设兵团科技局"),
)
URUMQI, ILI, KASHGAR = (
    ("urumqi", "乌鲁木齐市科学技术局"),
    ("ili", "伊犁哈萨克自治州科技局"),
    ("kashgar", "喀什地区科学技术局"),
)
BAYIN, ALTAY, TURPAN = (
    ("bayingolin", "巴州科技局"),
    ("altay", "阿勒泰地区科技局"),
    ("turpan", "吐鲁番市科技局"),
)
XIAODIAN, QINGXU, GUJIAO = (
    ("xiaodian", "太原市小店区科技局"),
    ("qingxu", "清徐县科学技术局"),
    ("gujiao", "古交市科技局"),
)
TY_EDU, WANBAI, YOUTH = (
    ("education", "太原市教育局"),
    ("wanbailin", "万柏林区科学技术局"),
    ("youth", "共青团太原市委"),
)
SICHENG, DAZHUANG, SX_EDU = (
    ("sicheng", "泗县泗城镇人民政府"),
    ("dazhuang", "大庄镇"),
    ("education", "泗县教育体育局"),
)
SX_HEALTH, ZONE, WATER = (
    ("health", "县卫健委"),
    ("economic-zone", "泗县经济开发区"),
    ("water", "泗县水利局"),
)

GROUPED_CASES = (
    # 中国仪器仪表学会: boxes over the table
    case("cs-plain", CS, *FENXI, "as-printed", "docx", habits="plain"),
    case("cs-old-word", CS, *SENSORS, "as-printed", "doc", habits="plain unit", seed=2),
    case("cs-numbered", CS, *JIANGSU, "numbered", "docx-office", habits="plain nil", seed=3),
    case("cs-across", CS, *BASE, "across", "docx", habits="sep plain", seed=4),
    case("cs-remarks", CS, *TEAM, "remarked", "rtf", habits="plain", seed=5),
    case("cs-sheet", CS, *GUANGDONG, "as-printed", "xlsx", habits="plain", seed=6),
    case("cs-old-sheet", CS, *FENXI, "numbered", "xls", habits="plain sep", seed=7, style="mixed"),
    case("cs-pdf", CS, *SENSORS, "as-printed", "pdf", habits="plain about", seed=8),
    case("cs-web-page", CS, *JIANGSU, "as-printed", "html-as-doc", habits="plain", seed=9),
    case("cs-repeated-groups", CS, *BASE, "repeated", "odt", habits="unit plain", seed=10),
    # 科技部
    case("na-plain", NA, *NEIMENGGU, "as-printed", "docx", habits="sep plain"),
    case("na-wps", NA, *GUANGXI, "as-printed", "wps", habits="plain unit", seed=2),
    case("na-numbered-et", NA, *DALIAN, "numbered", "et", habits="plain", seed=3),
    case("na-measures", NA, *ANHUI, "with-measures", "xlsx-office", habits="plain sep", seed=4),
    case("na-across-ods", NA, *SHANGHAI, "across", "ods", habits="plain", seed=5, style="mixed"),
    case("na-joined", NA, *XPCC, "joined", "docx", habits="plain nil", seed=6),
    case("na-csv", NA, *NEIMENGGU, "repeated", "csv-gb", habits="plain yuan", seed=7),
    case("na-ofd", NA, *GUANGXI, "as-printed", "ofd", habits="plain", seed=8),
    case("na-pdf-sheet", NA, *DALIAN, "numbered", "pdf-sheet", habits="plain sep", seed=9),
    case("na-behind-labels", NA, *ANHUI, "in-label-cell", "doc-from-html", habits="unit plain", seed=10),
    # 新疆
    case("xj-plain", XJ, *URUMQI, "as-printed", "docx", habits="plain", seed=1),
    case("xj-halves", XJ, *ILI, "halves", "docx", habits="plain", seed=2),
    case("xj-split", XJ, *KASHGAR, "split", "docx-by-odt", habits="plain sep", seed=3),
    case("xj-split-pdf", XJ, *BAYIN, "split", "pdf-doc", habits="plain", seed=4),
    case("xj-all-in-one-sheet", XJ, *ALTAY, "unit-in-table", "xlsx-texts", habits="plain unit", seed=5),
    case("xj-spaced", XJ, *TURPAN, "as-printed", "docm", habits="plain", style="spaced", seed=6),
    case("xj-broken", XJ, *URUMQI, "numbered", "docx-breaks", habits="plain", style="broken", seed=7),
    case("xj-colons", XJ, *ILI, "across", "mhtml-as-doc", habits="plain", style="colons", seed=8),
    case("xj-excel-xml", XJ, *KASHGAR, "repeated", "excelml-as-xls", habits="plain", seed=9),
    case("xj-yuan", XJ, *BAYIN, "as-printed", "doc", habits="yuan", seed=10),
    case("xj-cheque", XJ, *ALTAY, "as-printed", "docx", habits="financial", seed=11),
    case("xj-word-xml", XJ, *TURPAN, "as-printed", "wordml", habits="plain nil", seed=12),
    case("xj-web-export", XJ, *URUMQI, "with-measures", "html-as-xls", habits="plain", seed=13),
    case("xj-mail", XJ, *ILI, "across", "mail", habits="plain sep", seed=14),
    # 太原
    case("ty-plain", TY, *XIAODIAN, "as-printed", "docx", habits="plain"),
    case("ty-rtf", TY, *QINGXU, "numbered", "rtf", habits="plain sep", seed=2),
    case("ty-old-sheet", TY, *GUJIAO, "across", "xls", habits="plain", seed=3),
    case("ty-reworded", TY, *TY_EDU, "as-printed", "docx", habits="plain", style="reworded", seed=4),
    case("ty-reworded-xlsx", TY, *WANBAI, "repeated", "xlsx", habits="plain unit", style="reworded", seed=5),
    case("ty-to-be-asked", TY, *YOUTH, "as-printed", "doc", habits="plain", seed=6, odd=4),
    case("ty-reordered", TY, *XIAODIAN, "repeated", "docx", habits="plain", seed=7, change=lambda f: f.shuffled(3)),
    case("ty-rows-dropped", TY, *QINGXU, "across", "odt", habits="plain", seed=8, change=lambda f: f.without("tasks", "central", "other_staff")),
    case("ty-full-width", TY, *GUJIAO, "as-printed", "docx", habits="wide widesep", seed=9),
    case("ty-html-calc", TY, *TY_EDU, "as-printed", "html-calc", habits="plain", seed=10),
    case("ty-zip", TY, *WANBAI, "as-printed", "doc", habits="plain", seed=11, archive="zip", inner="万柏林区——科技活动周统计表（终稿）"),
    case("ty-mht", TY, *YOUTH, "joined", "mht", habits="plain", seed=12),
    case("ty-pdf-ink", TY, *XIAODIAN, "numbered", "pdf-ink", habits="plain sep", seed=13),
    # 泗县
    case("sx-plain", SX, *SICHENG, "as-printed", "docx", habits="plain"),
    case("sx-doc", SX, *DAZHUANG, "as-printed", "doc", habits="plain nil", seed=2),
    case("sx-numbered", SX, *SX_EDU, "numbered", "xlsx", habits="plain", seed=3),
    case("sx-across", SX, *SX_HEALTH, "across", "docx-from-html", habits="plain about", seed=4),
    case("sx-joined-csv", SX, *ZONE, "joined", "csv", habits="plain unit", seed=5),
    case("sx-in-label-cell", SX, *WATER, "in-label-cell", "docx", habits="plain", seed=6),
    case("sx-nothing", SX, *SICHENG, "as-printed", "wps", habits="nil-words", seed=7),
    case("sx-pdf", SX, *DAZHUANG, "remarked", "pdf", habits="plain", seed=8),
    case("sx-bracketed", SX, *SX_EDU, "as-printed", "odt", habits="plain", style="bracketed", seed=9),
    case("sx-characters", SX, *SX_HEALTH, "as-printed", "xls", habits="chinese plain", seed=10),
    case("sx-empty", SX, *ZONE, "as-printed", "docx", habits="plain", seed=11, change=lambda f: f.emptied("sponsors", "other_money", "institutes", "universities")),
    case("sx-phantom", SX, *WATER, "as-printed", "xlsx-phantom", habits="plain", seed=12),
    case("sx-ofd", SX, *SICHENG, "numbered", "ofd", habits="plain", seed=13),
    case("sx-mail", SX, *DAZHUANG, "as-printed", "mail", habits="plain", seed=14),
)  # fmt: skip
