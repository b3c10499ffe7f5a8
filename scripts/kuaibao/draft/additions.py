"""Takes who issued a bulletin and its area; gives codes of the lists, or rows proposed for them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from kuaibao.draft.english import office
from kuaibao.errors import LANGUAGES, UsageError
from kuaibao.model import PROPOSED, TODO, TODO_EN, TODO_ZH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kuaibao.model import Package, Row

OFFICE = "办公室"
ENOUGH = 8  # characters of a name by which it can be told
KINDS = (
    (re.compile("工会"), "trade_union"),
    (re.compile("共青团|妇女联合会|妇联|工商业联合会|科学技术协会"), "mass_organisation"),
    (re.compile("公司|企业|集团"), "enterprise"),
    (re.compile("大学|学院|学校"), "school"),
    (re.compile("委员会|政府|局|厅|办公室|领导小组|县委|市委|省委"), "party_government"),
)
PLACE = re.compile("[\u3400-\u9fff]{1,10}?(?:自治[州县]|[省市州县区])")
CODE = re.compile("[0-9]{6}")
# The provinces of GB/T 2260, by the first two digits of a code.
PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
NEAR = 3
# By the zeros at the end of a code of GB/T 2260: its level and the digits of the area above it.
LEVELS = (("0000", "province", 0), ("00", "prefecture", 2), ("", "county", 4))


class Additions(NamedTuple):
    """The issuer as proposed (a code, or to do), and rows for code lists by table."""

    issuer: str
    rows: Mapping[str, list[Row]]


def expect_area(area: str, codelists: Package) -> None:
    """Raise UsageError for what is no code of GB/T 2260; one that is not listed yet may be new."""
    if area and not (CODE.fullmatch(area) and PROVINCE.match(area)):
        listed = {row["area"]: row for row in codelists.rows("areas")}
        raise _no_area(area, [listed[key] for key in get_close_matches(area, listed, NEAR, cutoff=0)])


def _no_area(area: str, near: Sequence[Row]) -> UsageError:
    zh, en = ([f"{row['area']} {row[f'label_{language}']}" for row in near] for language in LANGUAGES)
    return UsageError(
        f"{area} 不是 GB/T 2260 的地区代码；代码表里相近的有 {'、'.join(zh)}",
        f"{area} is no area code of GB/T 2260; near ones in the code list are {', '.join(en)}",
    )


def additions(name: str, issuer: str, area: str, codelists: Package) -> Additions:
    """Find the issuer and the area of a bulletin in the code lists; propose rows for those that are new."""
    areas = codelists.rows("areas")
    new_area = CODE.fullmatch(area) and area not in {row["area"] for row in areas}
    rows = {"organisations": [], "areas": [_area(area, issuer, areas)] if new_area else []}
    if not issuer:
        return Additions(TODO, rows)
    organisations = codelists.rows("organisations")
    code = _known(issuer, organisations)
    if not code:
        code = _free(name, {row["organisation"] for row in organisations})
        places = {row["label_zh"]: row["label_en"] for row in areas}
        rows["organisations"] = [_organisation(code, issuer, area, office(issuer, places))]
    return Additions(PROPOSED + code, rows)


def _known(issuer: str, organisations: Sequence[Row]) -> str:
    """Find an organisation by its name, be it only the last line of it; its office speaks for it."""
    codes = {row["label_zh"]: row["organisation"] for row in organisations}
    ending = [code for label, code in codes.items() if len(issuer) >= ENOUGH and label.endswith(issuer)]
    return codes.get(issuer) or codes.get(issuer.removesuffix(OFFICE)) or "".join(ending[:1])


def _free(name: str, taken: set[str]) -> str:
    series = f"{name.partition('-')[0]}_issuer"
    return f"{name.replace('-', '_')}_issuer" if series in taken else series


def _organisation(code: str, label: str, area: str, english: str) -> Row:
    kind = next((PROPOSED + kind for pattern, kind in KINDS if pattern.search(label)), TODO)
    row = {"organisation": code, "type": kind, "area": area}
    return row | {"label_zh": PROPOSED + label, "label_en": PROPOSED + english if english else TODO_EN}


def _area(code: str, issuer: str, areas: Sequence[Row]) -> Row:
    zeros, level, digits = next(each for each in LEVELS if code.endswith(each[0]))
    above = code[:digits] + "0" * (6 - digits)
    parent = above if zeros != "0000" and above in {row["area"] for row in areas} else ""
    place = PLACE.match(issuer)
    row = {"area": code, "level": level, "parent": parent, "valid_from": "", "valid_to": ""}
    return row | {"label_zh": PROPOSED + place[0] if place else TODO_ZH, "label_en": TODO_EN}
