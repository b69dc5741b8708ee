"""Tables drawn round a form to frame it are not the form."""

from __future__ import annotations

import pytest

from parsers.formats.page.blocks import Blocks
from parsers.formats.page.frames import is_frame
from parsers.formats.page.lattice import Box

INNER = [Box(1, 1, 1, text="主办单位"), Box(1, 2, 2, text="赤峰市科技局")]


def outer(*texts: str) -> list[Box]:
    framed = Box(1, 1, 1, text="表头\n主办单位|赤峰市科技局", contents=("表头\n", list(INNER)))
    return [framed, *(Box(2 + n // 2, 1 + n % 2, 1, text=text) for n, text in enumerate(texts))]


def test_a_frame_gives_way_to_what_stands_in_it():
    blocks = Blocks()
    blocks.add_table(outer("页脚"))
    shown = [str(getattr(block, "text", None) or len(block.cells)) for block in blocks.found]
    assert shown == ["表头", "2", "页脚"]
    assert [str(block.place) for block in (blocks.found[0], blocks.found[2])] == ["第1段", "第2段"]


def test_a_table_of_data_keeps_a_small_table_in_one_of_its_cells():
    blocks = Blocks()
    blocks.add_table(outer("联系人", "张三", "电话", "139"))
    (table,) = blocks.found
    assert table.cells[0].text == "表头\n主办单位|赤峰市科技局"


@pytest.mark.parametrize(
    ("rows", "inner", "frame"), [((), 0, False), ((1, 1, 2, 2), 1, False), ((1, 1, 2, 2), 2, True)]
)
def test_a_table_with_more_tables_than_words_is_a_frame(rows, inner, frame):
    assert is_frame(rows, inner) is frame
