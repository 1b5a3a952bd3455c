"""What sectors and categories are called: every one that ships has a name in both languages."""

from perfrules.lang.plan import Indicator
from perfrules.libraries import libraries, read_library
from perfrules.report.catalog.taxonomy import category, sector


def test_all_that_ships_has_a_name() -> None:
    def walk(nodes: tuple[Indicator, ...]) -> None:
        for node in nodes:
            if node.category is not None:
                used.add(node.category)
            walk(node.children)

    used: set[str] = set()
    for name in libraries():
        home, title = sector(name.partition("@")[0])
        assert title.zh != home
        walk(read_library(name)[0].indicators)
    assert len(used) > 10
    assert [name for name in used if category(name).zh == name] == []


def test_what_is_not_known_keeps_its_own_name() -> None:
    assert category("output.noise").zh == "output.noise"
    assert sector("water.supply") == ("water", category("water"))
