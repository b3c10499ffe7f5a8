"""The editor's desk: writes a drafted package and its workbook, and takes the edited workbook back.

Working files stand in drafts/ below the root, which is never published: <id>.txt (the text in which offsets
count), <id>.xlsx (the workbook), <id>.csv (the indicators that were proposed) and <id>.json (the rows that
its editor has added to code lists).
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from kuaibao import codelists, documents, workbook
from kuaibao.codelists import csv_of, list_indicators
from kuaibao.completion import crossed, explained, headed, introduced
from kuaibao.documents.plain import read_extracted, read_plain
from kuaibao.draft import Draft, draft, numeral_id
from kuaibao.draft.additions import expect_area
from kuaibao.draft.sections import sections
from kuaibao.errors import DataError, UsageError
from kuaibao.handed import content_of, handed, locks, unknown
from kuaibao.load import load
from kuaibao.model import OPEN_LISTS, PACKAGE_NAME, TODO, field_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kuaibao.errors import Language
    from kuaibao.model import Archive, Package

DRAFTS = "drafts"
EDITED = ("sections", "numerals", "figures", "measures", "relations")
# What datapackage.json needs and a text does not tell: key, explanation in Chinese and English.
FACTS = (
    ("title", "数据包的中文标题 / title of the package, in Chinese"),
    ("title_en", "数据包的英文标题 / title of the package, in English"),
    (
        "description",
        "一两句话的中文介绍，至少 50 个字 / one or two sentences, in Chinese, at least 50 characters",
    ),
    (
        "description_en",
        "一两句话的英文介绍，至少 50 个字符 / one or two sentences, in English, at least 50 characters",
    ),
    ("source", "来源：刊名、期号、发文单位、日期 / source: series, issue, office, date"),
    ("series_zh", "刊名，中文 / name of the series, in Chinese"),
    ("series_en", "刊名，英文 / name of the series, in English"),
    ("issue_zh", "期号，中文，如 2023 年第 11 期 / issue, in Chinese"),
    ("issue_en", "期号，英文，如 2023, issue 11 / issue, in English"),
    ("short_zh", "短名，用在列表和路径里，中文 / short name for lists, in Chinese"),
    ("short_en", "短名，英文 / short name, in English"),
    ("date", "发文日期，如 2023-06-20 / date of issue, such as 2023-06-20"),
    ("issuer", "发文机构的代码，见“选项” / key of the issuing office, see the options"),
    ("area", "快报所述地区的代码 / code of the area that the bulletin is about"),
)


class Started(NamedTuple):
    """What was drafted: the package's folder, its counts, and what the file could not give."""

    folder: Path
    numerals: int
    figures: int
    remarks: tuple[dict[Language, str], ...]


class Taken(NamedTuple):
    """What was taken back: its folder, the sheets that are not of the workbook, whether it is open."""

    folder: Path
    strange: tuple[str, ...]
    is_open: bool


def start(root: Path, file: Path, name: str, area: str) -> Started:
    """Draft a package, its workbook and its text from a bulletin.

    Raises UsageError for a name or an area of the wrong form, a package that exists, a file that cannot be
    read, and one without numerals.
    """
    folder, desk = root / "datapackages" / name, root / DRAFTS
    _free(name, folder, desk / f"{name}.xlsx")
    archive = load(root)
    expect_area(area, archive.codelists)
    document = documents.extract(file)
    if not documents.numerals(document):
        raise _no_numerals(file)
    drafted = draft(name, document, archive, area or TODO)
    drafted.descriptor["bulletin"]["text_form"] = _form(document, file)
    desk.mkdir(exist_ok=True)
    book = workbook.write(_editable(drafted), **_help(drafted, archive))
    _put(folder, drafted)
    list_indicators(archive, name, drafted.indicators)
    (desk / f"{name}.csv").write_bytes(csv_of(drafted.indicators))
    (desk / f"{name}.txt").write_bytes(document.text.encode("utf-8"))
    (desk / f"{name}.xlsx").write_bytes(book)
    return Started(folder, len(drafted.tables["numerals"]), len(drafted.tables["figures"]), document.remarks)


def _form(document: documents.Document, file: Path) -> str:
    """Name the form in which the check is to read the text again: what is a paragraph or a mark in it."""
    if document.marks:
        return "markdown"
    return "plain" if document.text.encode("utf-8") == file.read_bytes() else "extracted"


def _free(name: str, folder: Path, book: Path) -> None:
    if not PACKAGE_NAME.fullmatch(name):
        raise _misnamed(name)
    if folder.exists() and book.exists():
        raise _drafted(name)
    for path in (folder, book):
        if path.exists():
            raise _taken(path)


def _no_numerals(file: Path) -> UsageError:
    return UsageError(
        f"{file} 里没有一处数字，没有可起草的数据；请检查是不是这个文件",
        f"{file} holds no numeral, so there is nothing to draft; check that it is the right file",
    )


def _misnamed(name: str) -> UsageError:
    return UsageError(
        f"编号 {name} 的格式不对；应为“系列-总期号”，如 yncg-091",
        f"the id {name} has the wrong form; it is series-number, such as yncg-091",
    )


def _drafted(name: str) -> UsageError:
    return UsageError(
        f"{name} 已经起草过，不会覆盖：接着填 {DRAFTS}/{name}.xlsx；要从头再来，"
        f"先写 kuaibao draft --discard {name}，其中填好的都会删去",
        f"{name} has been drafted and is not overwritten: go on with {DRAFTS}/{name}.xlsx; to begin anew, "
        f"first write kuaibao draft --discard {name}, which removes all that has been filled in",
    )


def _taken(path: Path) -> UsageError:
    return UsageError(
        f"{path} 已经存在，不会覆盖；换一个编号，或先移走它",
        f"{path} exists and is not overwritten; choose another id, or move it away first",
    )


def _editable(drafted: Draft) -> dict[str, pd.DataFrame]:
    own = {table: drafted.tables[table] for table in EDITED} | {"indicators": drafted.indicators}
    return own | dict(drafted.additions)


def _help(drafted: Draft, archive: Archive) -> dict[str, Any]:
    """Gather what helps an editor: sentences, keys to choose from, and the facts to fill in."""
    figures = drafted.tables["figures"]
    sentences = dict(drafted.sentences)
    by_figure = {f: sentences[n] for f, n in zip(figures["figure"], figures["numeral"], strict=True)}
    choices = {
        table: [(row[column], row["label_zh"]) for row in archive.codelists.rows(table)]
        for table, column in (
            ("indicators", "indicator"),
            ("topics", "topic"),
            ("units", "unit"),
            ("areas", "area"),
            ("organisations", "organisation"),
        )
    }
    proposed = zip(drafted.indicators["indicator"], drafted.indicators["label_zh"], strict=True)
    choices["indicators"] += [(str(key), str(label)) for key, label in proposed]
    for row in archive.codelists.rows("terms"):
        choices.setdefault(f"terms:{row['list']}", []).append((row["term"], row["label_zh"]))
    known = _facts(drafted.descriptor)
    return {
        "context": {"numerals": sentences, "figures": by_figure},
        "choices": choices,
        "facts": [(key, known[key], explanation) for key, explanation in FACTS],
    }


def _facts(descriptor: Mapping[str, Any]) -> dict[str, str]:
    flat = descriptor | descriptor["bulletin"] | {"source": descriptor["sources"][0]["title"]}
    return {key: str(flat[key]) for key, _ in FACTS}


def _put(folder: Path, drafted: Draft) -> None:
    """Write a package aside and put it in place by renaming, so that no half of it is ever there."""
    with tempfile.TemporaryDirectory(dir=folder.parent.parent) as aside:
        whole = Path(aside) / "package"
        (whole / "data").mkdir(parents=True)
        (whole / "datapackage.json").write_bytes(_json(drafted.descriptor))
        for table, frame in drafted.tables.items():
            (whole / "data" / f"{table}.csv").write_bytes(csv_of(frame))
        shutil.move(whole, folder)


def _json(descriptor: Mapping[str, Any]) -> bytes:
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def take_back(root: Path, file: Path) -> Taken:
    """Take an edited workbook back into its package.

    Raises DataError with every cell that cannot be taken (then nothing is written), UsageError where the
    workbook or its package cannot be found, or where the file is no workbook that can be read.
    """
    archive, name, content = load(root), file.stem, handed(file, root / DRAFTS)
    if name not in archive.bulletins:
        raise unknown(file, root / DRAFTS)
    package = archive.bulletins[name]
    proposed = _frame(content_of(root / DRAFTS / f"{name}.csv"))
    record = root / DRAFTS / f"{name}.json"
    given = {table: package.tables[table] for table in EDITED} | {"indicators": proposed}
    given |= {table: pd.DataFrame(columns=list(field_names(table)), dtype="str") for table in OPEN_LISTS}
    others = codelists.of_others(archive, codelists.recorded(record))
    from_text = _drafted_ids(package, root / DRAFTS / f"{name}.txt")
    edited = workbook.read(content, file.name, given, others, from_text)
    if edited.problems:
        raise DataError(edited.problems)
    tables = dict(edited.tables)
    added = {table: explained(tables.pop(table), "definition") for table in OPEN_LISTS}
    indicators = explained(crossed(tables.pop("indicators")), "definition")
    tables["measures"] = explained(headed(tables["measures"], tables["sections"]), "description")
    _write_back(package, tables, introduced(edited.facts))
    used = indicators["indicator"].isin(tables["figures"]["indicator"])
    list_indicators(archive, name, indicators[used])
    needed = codelists.keys_in(tables | {"indicators": indicators[used]} | added, edited.facts)
    rows = {table: codelists.finished(frame, needed[table]) for table, frame in added.items()}
    codelists.add(archive, record, rows)
    is_open = any(lock.exists() for lock in locks(file))
    return Taken(package.folder, edited.strange, is_open)


def _drafted_ids(package: Package, file: Path) -> dict[str, list[str]]:
    """List the ids of numerals and sections that a draft of the stored text has; none without the text."""
    if not file.is_file():
        return {}
    text, form = content_of(file).decode("utf-8"), str(package.bulletin.get("text_form", "plain"))
    document = read_extracted(text) if form == "extracted" else read_plain(text, markdown=form == "markdown")
    count = len(documents.numerals(document))
    numerals = [numeral_id(package.name, number) for number in range(1, count + 1)]
    return {"numerals": numerals, "sections": [str(part.number) for part in sections(text)]}


def _frame(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)


def _write_back(package: Package, tables: Mapping[str, pd.DataFrame], facts: Mapping[str, str]) -> None:
    descriptor: dict[str, Any] = json.loads(json.dumps(package.descriptor))
    for key, value in facts.items():
        if key == "source":
            descriptor["sources"][0]["title"] = value
        else:
            (descriptor["bulletin"] if key in descriptor["bulletin"] else descriptor)[key] = value
    if not package.releases:
        descriptor["created"] = f"{descriptor['bulletin']['date']}T00:00:00Z"
    (package.folder / "datapackage.json").write_bytes(_json(descriptor))
    for table, frame in tables.items():
        (package.folder / "data" / f"{table}.csv").write_bytes(csv_of(frame[list(field_names(table))]))
