"""Forms that were printed, stamped, and scanned or photographed."""

# ruff: noqa: E501 - a table, a file a line

from __future__ import annotations

from tests.draw.clerks.case import CP, CS, NA, NP, NS, SX, TY, XJ, case

PAPER_CASES = (
    case("nm-scan", NS, "chifeng", "赤峰市科学技术局", "as-printed", "scan", seed=91),
    case("nm-stamped", NS, "baotou", "包头市科技局", "numbered", "stamped", seed=92, habits="plain sep"),
    case("nm-scanned-pdf", NS, "imust", "内蒙古科技大学", "as-printed", "scanned-pdf", seed=93, habits="plain unit"),
    case("nm-photo", NS, "tongliao", "通辽市科学技术局", "as-printed", "photo", seed=94),
    case("nm-scan-reworded", NS, "wuhai", "乌海市科技局", "unit-in-table", "scan", seed=95, style="mixed"),
    case("np-scan", NP, "hohhot", "呼和浩特市科技局", "four-columns", "scan", seed=91),
    case("np-photo", NP, "ordos", "鄂尔多斯市科技局", "two-columns", "photo", seed=92),
    case("np-png", NP, "alxa", "阿拉善盟科学技术局", "four-columns", "scan-png", seed=93),
    case("cp-scan", CP, "sensors", "传感器分会", "two-columns", "scan", seed=91),
    case("cs-scanned-pdf", CS, "analytical", "中国仪器仪表学会分析仪器分会", "as-printed", "scanned-pdf", seed=91),
    case("na-scan", NA, "anhui", "安徽省科学技术厅", "as-printed", "stamped-grey", seed=91, habits="plain sep"),
    case("xj-upside-down", XJ, "urumqi", "乌鲁木齐市科学技术局", "as-printed", "upside-down", seed=91),
    case("xj-png", XJ, "kashgar", "喀什地区科技局", "with-measures", "scan-png", seed=92),
    case("ty-scan", TY, "qingxu", "清徐县科技局", "numbered", "scan", seed=91),
    case("ty-photo", TY, "gujiao", "古交市科学技术局", "as-printed", "photo", seed=92),
    case("sx-stamped", SX, "dazhuang", "泗县大庄镇人民政府", "as-printed", "stamped", seed=91),
    case("sx-scanned-pdf", SX, "water", "泗县水利局", "across", "scanned-pdf", seed=92),
)  # fmt: skip
