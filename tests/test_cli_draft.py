"""The command `draft` as an editor meets it: names of files, repetition, locked files, a draft given up."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from built import kuaibao

ROOT = Path(__file__).parent.parent
NAME = "lhgh-007"
BOOK = f"drafts/{NAME}.xlsx"
WALK = ROOT / "tests" / "documents" / "walk"
DRAFT = ("--id", NAME, "--area", "530523", "--lang", "zh")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Copy the project's packages into a folder of an office."""
    shutil.copytree(ROOT / "datapackages", tmp_path / "datapackages")
    return tmp_path


def said(office: Path, *arguments: str, code: int) -> str:
    """Run `draft` in the office's folder, as the guide has it; give what it says, without a stack trace."""
    done = kuaibao("draft", *arguments, root=office, cwd=office)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ["快报 第7期（定稿）.docx", "a b.docx"])
def test_names_of_files(office: Path, name: str) -> None:
    """The name of a bulletin's file may hold blanks and Chinese characters."""
    shutil.copy(WALK / "bulletin.docx", office / name)
    assert "其中 33 个数据" in said(office, name, *DRAFT, code=0)


def test_drafted_twice(office: Path) -> None:
    """A second draft under the same id is refused and says how to begin anew."""
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)
    message = said(office, str(WALK / "bulletin.docx"), *DRAFT, code=2)
    assert f"{NAME} 已经起草过，不会覆盖" in message
    assert f"--discard {NAME}" in message


def test_discarded_and_drafted_again(office: Path) -> None:
    """A draft that is given up is removed, as told, and can be begun anew."""
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)
    told = said(office, "--discard", NAME, "--lang", "zh", code=0).splitlines()
    assert told[0] == f"已删去 datapackages/{NAME}"
    assert told[-1] == f"{NAME} 的起草已放弃；快报文件没有动。"
    assert not (office / BOOK).exists()
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)


def test_one_thing_at_a_time(office: Path) -> None:
    """A file, a workbook and a draft to discard exclude one another."""
    message = said(office, "x.docx", "--discard", NAME, "--lang", "zh", code=2)
    assert message.startswith("写法：kuaibao draft 文件 --id yncg-091")


@pytest.mark.parametrize(
    "arguments",
    [("--from-xlsx", "x.xlsx", "--id", NAME), ("--from-xlsx", "x.xlsx", "--area", "530523"), ("x.docx",)],
)
def test_options_that_do_not_belong_together(office: Path, arguments: tuple[str, ...]) -> None:
    """An option that a way of drafting does not take is refused, not ignored."""
    assert said(office, *arguments, "--lang", "zh", code=2).startswith("写法：")


@pytest.mark.parametrize("area", ["999999", "5305", "龙陵"])
def test_what_is_no_area(office: Path, area: str) -> None:
    """A code that GB/T 2260 cannot have is refused, and near ones are named."""
    given = ("--id", NAME, "--area", area, "--lang", "zh")
    message = said(office, str(WALK / "bulletin.docx"), *given, code=2)
    assert message.startswith(f"{area} 不是 GB/T 2260 的地区代码；代码表里相近的有 ")
    assert not (office / "drafts").exists()


def test_a_text_without_numerals(office: Path) -> None:
    """There is nothing to draft in a text without numerals."""
    (office / "x.txt").write_text("工会简报\n\n各地要认真学习。\n", encoding="utf-8")
    assert "没有一处数字" in said(office, "x.txt", *DRAFT, code=2)
    assert not (office / "drafts").exists()


def test_a_lock_file_is_no_workbook(office: Path) -> None:
    """The file that Excel keeps beside an open workbook is told from the workbook."""
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)
    lock = office / "drafts" / f"~${NAME}.xlsx"
    lock.write_bytes(b"\x05Editor" + b" " * 158)
    message = said(office, "--from-xlsx", str(lock), "--lang", "zh", code=2)
    assert message == f"{lock.name} 是工作簿打开时的临时文件；请写 {NAME}.xlsx\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("lhgh-008.xlsx", None, f"没有文件 lhgh-008.xlsx；应是起草时放好的工作簿，现有 {BOOK}。"),
        (
            "lhgh-007.csv",
            b"a,b\n",
            "lhgh-007.csv：不是能收回的工作簿（.xlsx）：是文本或别的格式（如 CSV）。改法：",
        ),
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "old.xls：不是能收回的工作簿（.xlsx）：是旧格式的文件",
        ),
        ("x.xlsx", b"PK\x03\x04 and no more", "x.xlsx：工作簿损坏，读不出来。改法："),
    ],
)
def test_what_is_no_workbook(office: Path, name: str, content: bytes | None, message: str) -> None:
    """A file that is missing, is no workbook or is broken is told as that, not as a missing package."""
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)
    if content is not None:
        (office / name).write_bytes(content)
    assert said(office, "--from-xlsx", name, "--lang", "zh", code=2).startswith(message)


def test_open_in_libreoffice(office: Path) -> None:
    """A workbook that LibreOffice has open is taken back as it was saved, and that is told."""
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)
    (office / "drafts" / f".~lock.{NAME}.xlsx#").write_text(",editor,office,12.07.2024 09:00,file:///;")
    told = said(office, "--from-xlsx", BOOK, "--lang", "zh", code=1)
    assert "已收回" in told
    assert "收回的是上次保存的内容" in told


@pytest.mark.parametrize("program", ["openpyxl", "soffice"])
def test_saved_by_other_programs(office: Path, program: str) -> None:
    """Saved anew and unchanged, the workbook leaves the package as it was drafted."""
    said(office, str(WALK / "bulletin.docx"), *DRAFT, code=0)
    said(office, "--from-xlsx", BOOK, code=1)
    data = office / "datapackages"
    before = {str(path): path.read_bytes() for path in sorted(data.rglob("*.csv"))}
    _save_anew(office / BOOK, program)
    said(office, "--from-xlsx", BOOK, code=1)
    assert {str(path): path.read_bytes() for path in sorted(data.rglob("*.csv"))} == before


def _save_anew(book: Path, program: str) -> None:
    if program == "openpyxl":
        workbook = openpyxl.load_workbook(book)
        workbook.save(book)
        return
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on the path")
    profile = f"-env:UserInstallation=file://{book.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "saved", book.name]
    subprocess.run(command, check=True, capture_output=True, cwd=book.parent, timeout=120)
    shutil.move(book.parent / "saved" / book.name, book)
