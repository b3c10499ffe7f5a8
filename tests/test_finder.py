"""The files of the search: passages of a page, words of a text, what leads where."""

from __future__ import annotations

import json

from kuaibao.finder import counterparts, passages, runs, search_files, shard, stem, terms

PAGE = """<!doctype html><html lang="en"><body><header>Menu</header><article data-searched>
<h1>Workers</h1><p>In <strong>2</strong>023.</p><h2 id="more">More <a></a></h2>
<p>177,100 people</p>
<table><tr><td>kept</td></tr></table><p data-unsearched>left</p><div hidden>left</div>
<article id="f.1"><h3 id="f.1-name">A card</h3><dl><dt>Area</dt><dd data-entry>Longling</dd></dl></article>
</article></body></html>"""
LONG = "<table>" + "<tr><td>left</td></tr>" * 13 + "</table>"


def test_a_page_is_cut_at_its_headings() -> None:
    """Each heading starts a passage; a card's anchor is the card; what is marked stays out."""
    found = [(part.title, part.anchor, part.heading, part.text) for part in passages("a", PAGE)]
    assert found == [
        ("Workers", "", "Workers", "In 2023."),
        ("Workers", "more", "More", "177,100 people kept"),
        ("Workers", "f.1", "A card", "Area Longling"),
    ]


def test_a_long_table_is_left_out() -> None:
    """A table of more than twelve rows repeats what cards and text say."""
    page = f"<article data-searched><h1>Title</h1><p>Text</p>{LONG}</article>"
    assert [part.text for part in passages("a", page)] == ["Text"]


def test_a_page_without_a_mark_is_left_out() -> None:
    """The search page and the page for unknown addresses are not found."""
    assert passages("search", "<article><h1>Search</h1></article>") == []


def test_words_of_a_text() -> None:
    """Chinese gives pairs of neighbours, Latin words lose their plural, numbers their commas."""
    assert list(terms("产业工人 17.71 万人")) == ["产业", "业工", "工人", "17.71", "万人"]
    assert list(terms("177,100 Workers, yncg-090.5.09")) == ["177100", "worker", "yncg", "090.5", "09"]
    assert list(terms("个 a")) == ["个", "a"]


def test_runs_of_a_text() -> None:
    """Three neighbours and a number with the first character of its unit tell what stands together."""
    assert list(runs("产业工人 17.71 万人, 1,200 people")) == ["产业工", "业工人", "17.71万"]


def test_plurals() -> None:
    """A plural is found by its singular; words that only end like one stay."""
    words = ("workers", "parties", "congress", "status", "gas", "bus", "series")
    assert [stem(word) for word in words] == ["worker", "party", "congress", "status", "gas", "bus", "sery"]
    assert [stem(word) for word in ("businesses", "branches", "women")] == ["business", "branch", "woman"]


def test_spellings() -> None:
    """British and American spellings are one word; what only looks alike stays two."""
    pairs = [
        ("labour", "labor"),
        ("organisations", "organization"),
        ("programmes", "program"),
        ("centre", "centers"),
    ]
    for british, american in pairs:
        assert stem(british) == stem(american)
    assert stem("four") != stem("for")


def test_a_figure_has_an_entry_and_an_area() -> None:
    """What is marked makes the entry; the code of an area leads to the passage and weighs like a heading."""
    facts = '<h3>Plants</h3><p data-entry>2 plants</p><p data-code="530523">Longling</p>'
    page = f'<article data-searched><h1>Title</h1><article id="f.1">{facts}</article></article>'
    files = search_files({"a": passages("a", page)}, {})
    assert '["f.1","Plants","2 plants Longling","2 plants"]' in files["texts-0.js"]
    assert f'"530523":[{1 * 4 + 2}]' in "".join(files.values())


def test_counterparts_go_by_order_or_by_anchor() -> None:
    """In pages cut differently the other text goes to the same anchor, else to the first passage."""
    own = passages("a", PAGE)
    assert counterparts(own, own)[2] == "A card Area Longling"
    assert counterparts(own, own[1:]) == ["", " More 177,100 people kept", " A card Area Longling"]


def test_words_lead_to_passages_of_both_languages() -> None:
    """The postings hold the passage's number and the word's weight; the other language's words count once."""
    other = PAGE.replace("Longling", "龙陵")
    files = {
        name: json.loads(text[13:-3])
        for name, text in search_files({"a": passages("a", PAGE)}, {"a": passages("a", other)}).items()
    }
    bins = files["index.js"]["bins"]

    def found(word: str) -> list[tuple[int, int]]:
        numbers, place = files[f"words-{shard(word, bins)}.js"][word], 0
        pairs = [((place := place + number // 4), number % 4) for number in numbers]
        return [(int(at), weight) for at, weight in pairs]

    assert files["index.js"]["parts"] == [3]
    assert found("longling") == found("龙陵") == [(2, 1)]
    assert found("worker") == [(0, 3)]
    assert found("card") == [(2, 2)]
    assert files["texts-0.js"][2] == ["f.1", "A card", "Area Longling", "Longling"]
    assert (files["index.js"]["paths"], files["index.js"]["titles"]) == (["a"], ["Workers"])


def test_a_list_of_fields_leads_here_but_is_not_shown() -> None:
    """Unit and code of an indicator are found."""
    page = "<article data-searched><h1>T</h1><p>Text</p><dl><dt>Unit</dt><dd>person</dd></dl></article>"
    (part,) = passages("a", page)
    assert (part.text, part.aside) == ("Text", ["Unit person"])
    files = search_files({"a": passages("a", page)}, {})
    assert '"Text"]' in files["texts-0.js"]
    assert '"unit":' in "".join(files.values())


def test_an_empty_site_has_a_search() -> None:
    """Without pages there is an index that leads nowhere."""
    assert set(search_files({}, {})) == {"index.js", "words-0.js", "texts-0.js"}
