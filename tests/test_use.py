"""The code that readers copy: taken from the built pages, it runs against the served site."""

from __future__ import annotations

import csv
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

import duckdb
import pytest

from built import served, site
from kuaibao.model import EVERYTHING
from kuaibao.render.snippets import SNIPPETS, TYPES
from kuaibao.tables import published_fields

if TYPE_CHECKING:
    from kuaibao.errors import Language

PUBLIC = "https://kuaibao.example.org/"
PREFIX = {"zh": "", "en": "en/"}
in_both = pytest.mark.parametrize("language", ["zh", "en"])


@cache
def codes(language: Language) -> dict[str, str]:
    """Take the code of every tool from the built page, as a reader copies it."""
    page = (site() / PREFIX[language] / "guide/use/index.html").read_text(encoding="utf-8")
    found = re.findall(r'<h2 id="(\w+)">.*?<code class="kb-snippet__code"[^>]*>(.*?)</code>', page, re.DOTALL)
    return {name: unescape(code) for name, code in found}


def figures() -> list[dict[str, str]]:
    """Read the published figures of all bulletins."""
    with (site() / "downloads" / EVERYTHING / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(code: str) -> str:
    """Run Python with the site's address replaced by that of the served site; gives what it prints."""
    with served(site()) as address:
        command = [sys.executable, "-W", "ignore", "-c", code.replace(PUBLIC, f"{address}/")]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@in_both
def test_every_tool_has_its_code(language: Language) -> None:
    """All pieces are on the page, with the site's own address and a button to copy; no line is very long."""
    assert list(codes(language)) == list(SNIPPETS)
    page = (site() / PREFIX[language] / "guide/use/index.html").read_text(encoding="utf-8")
    assert page.count('data-copy="kb-snippet__code"') == len(SNIPPETS)
    for name, code in codes(language).items():
        assert (f"{PUBLIC}downloads/{EVERYTHING}/" in code) == (name != "sqlite")
        assert max(map(len, code.splitlines())) <= 100


@in_both
def test_pandas(language: Language) -> None:
    """Pandas lists the figures with code, interval and unit, and counts the exact ones by unit."""
    printed = run(codes(language)["pandas"])
    assert "530500" in printed
    assert "530500.0" not in printed
    assert {"value_min", "value_max", f"unit_{language}"} <= set(printed.split())
    exact = [row[f"unit_{language}"] for row in figures() if row["qualifier"] == "exact"]
    for unit in set(exact):
        assert re.search(rf"^{re.escape(unit)} +{exact.count(unit)}$", printed, re.MULTILINE)


@in_both
def test_frictionless(language: Language) -> None:
    """Frictionless tells title and version, lists rows, and finds the package valid."""
    lines = run(codes(language)["frictionless"]).splitlines()
    assert len(lines) == 7
    assert "530500" in lines[1]
    assert lines[-1] == "True"


def has_httpfs(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether DuckDB can read addresses here: it downloads the extension that does."""
    try:
        connection.execute("INSTALL httpfs; LOAD httpfs")
    except duckdb.Error:
        return False
    return True


@in_both
def test_duckdb(language: Language) -> None:
    """DuckDB lists the figures, and counts the exact ones by unit.

    Without a network there is no httpfs: then the lines that load it are left out, and the address is that
    of the built site on the disk, which is what the page tells those to do who have the file.
    """
    code = codes(language)["duckdb"]
    with duckdb.connect() as connection, served(site()) as address:
        online = has_httpfs(connection)
        if not online:
            code = code.replace("INSTALL httpfs;\nLOAD httpfs;\n", "")
        code = code.replace(PUBLIC, f"{address}/" if online else f"{site()}/")
        first, second = (
            connection.execute(sentence).fetchall() for sentence in duckdb.extract_statements(code)[-2:]
        )
    rows = sorted(figures(), key=lambda row: (row["indicator"], row["figure"]))
    assert [row[:3] for row in first] == [
        (row[f"indicator_{language}"], row["area"], row[f"area_{language}"]) for row in rows
    ]
    exact = [row[f"unit_{language}"] for row in rows if row["qualifier"] == "exact"]
    assert dict(second) == {unit: exact.count(unit) for unit in exact}


@in_both
def test_sqlite(language: Language) -> None:
    """The search finds the figures that speak of the word, with bulletin and address."""
    file = site() / "downloads" / EVERYTHING / f"{EVERYTHING}.sqlite"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        rows = connection.execute(codes(language)["sqlite"]).fetchall()
    assert rows
    assert all(row[-1].startswith(f"{PUBLIC}{PREFIX[language]}bulletins/") for row in rows)


@in_both
def test_power_query_types_every_column_that_is_no_text(language: Language) -> None:
    """Numbers and dates are typed, and codes are not among them; brackets close."""
    code = codes(language)["powerquery"]
    typed = dict(re.findall(r'\{"(\w+)", ((?:type \w+)|Int64\.Type)\}', code))
    assert typed == {f["name"]: TYPES[f["type"]] for f in published_fields() if f["type"] != "string"}
    assert {"area", "period"} & set(typed) == set()
    assert "Encoding = 65001" in code
    for opening, closing_one in ("()", "{}", "[]"):
        assert code.count(opening) == code.count(closing_one)


@in_both
def test_r_reads_codes_as_text(language: Language) -> None:
    """The code for R names the columns that are there, and sets codes to text (R itself is not run)."""
    code = codes(language)["r"]
    assert 'colClasses = c(area = "character", period = "character")' in code
    named = set(re.findall(r'"(\w+_\w+)"', code)) | set(re.findall(r"figures\$(\w+)", code))
    assert named - set(figures()[0]) == set()
    assert code.count("(") == code.count(")")
