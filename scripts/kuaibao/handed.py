"""Takes the path of a workbook that is handed back; gives its bytes, or says why it cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kuaibao.errors import Problem, UsageError
from kuaibao.limits import bytes_of
from kuaibao.workbook import opened

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = ("~$", ".~lock.")  # how Excel's and LibreOffice's files beside an open workbook begin


def handed(file: Path, drafts: Path) -> bytes:
    """Read an edited workbook; `drafts` is the folder in which the workbooks of drafts stand.

    Raises UsageError where it is missing, is the lock of another, or is no workbook that can be read.
    """
    if file.name.startswith(LOCKS):
        raise _lock(file)
    if not file.is_file():
        raise _absent(file, drafts)
    content = content_of(file)
    if isinstance(found := opened(content, file.name), Problem):
        raise UsageError(found.text("zh"), found.text("en"))
    return content


def locks(file: Path) -> list[Path]:
    """Name the files that spreadsheet programs keep beside a workbook while it is open."""
    return [file.with_name(f"{LOCKS[0]}{file.name}"), file.with_name(f"{LOCKS[1]}{file.name}#")]


def _absent(file: Path, drafts: Path) -> UsageError:
    zh, en = _at_hand(drafts)
    return UsageError(
        f"没有文件 {file}；应是起草时放好的工作簿，{zh}。请检查文件名和所在的文件夹",
        f"there is no file {file}; it should be the workbook of a draft, {en}; check its name and folder",
    )


def unknown(file: Path, drafts: Path) -> UsageError:
    """Say that a workbook is named after no package."""
    zh, en = _at_hand(drafts)
    return UsageError(
        f"{file.name} 应以快报编号命名，而没有数据包 {file.stem}；{drafts.name} 里{zh}。请改回原来的文件名",
        f"{file.name} should be named after its bulletin, and there is no package {file.stem}; "
        f"of workbooks, {en}; give it its old name",
    )


def _at_hand(drafts: Path) -> tuple[str, str]:
    """Say which workbooks there are."""
    books = [f"{drafts.name}/{path.name}" for path in sorted(drafts.glob("[!.~]*.xlsx"))]
    if not books:
        return "现在还没有", "there is none yet"
    return f"现有 {'、'.join(books)}", f"there is {', '.join(books)}"


def _lock(file: Path) -> UsageError:
    book = file.name.removeprefix(LOCKS[0]).removeprefix(LOCKS[1]).removesuffix("#")
    return UsageError(
        f"{file.name} 是工作簿打开时的临时文件；请写 {book}",
        f"{file.name} stands beside a workbook only while that is open; name {book}",
    )


def content_of(file: Path) -> bytes:
    """Read a file; raise UsageError where that cannot be."""
    try:
        return bytes_of(file, "workbook-megabytes")
    except PermissionError:
        raise in_use(file) from None
    except OSError as error:
        raise _unreadable(file, error) from None


def in_use(file: Path) -> UsageError:
    """Say that a file cannot be opened or removed, most likely since a spreadsheet program holds it."""
    return UsageError(
        f"打不开 {file}；如果正在 Excel 或 WPS 中打开，请先保存并关闭，再试一次",
        f"cannot open {file}; if a spreadsheet program has it open, save and close it there, then try again",
    )


def _unreadable(file: Path, error: OSError) -> UsageError:
    return UsageError(f"读不了 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")
