import json

from conflict_site.base.json_places import Lines, Places

TEXT = '{\n  "name": "a \\"b\\": {",\n  "list": [1, {"deep": [true,\n    null]}],\n "ключ": {}}'


def test_each_property_and_item_has_line_and_column():
    places = Places(TEXT)
    assert json.loads(TEXT)["list"][1] == {"deep": [True, None]}
    assert places.at() == (1, 1)
    assert places.at("name") == (2, 3)
    assert places.at("list") == (3, 3)
    assert [places.at("list", 0), places.at("list", 1)] == [(3, 12), (3, 15)]
    assert places.at("list", 1, "deep", 1) == (4, 5)
    assert places.at("ключ") == (5, 2)


def test_what_is_not_there_stands_where_the_nearest_thing_around_it_does():
    assert Places(TEXT).at("list", 1, "missing", 7) == (3, 15)
    assert Places(TEXT).at("nothing") == Places().at("nothing") == (1, 1)


def test_a_character_has_line_and_column():
    assert [Lines("ab\n\nc").at(offset) for offset in (0, 1, 3, 4)] == [(1, 1), (1, 2), (2, 1), (3, 1)]
