"""Names the kinds of corruption: what each does to a copy, and whether it changes what the data say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mutation import cells, forms, ledgers, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from mutation.copy import Copy


class Kind(NamedTuple):
    """A kind of corruption; `make` gives None where a copy has nothing to corrupt in this way."""

    name: str
    make: Callable[[Random, Copy], Copy | None]
    changes_meaning: bool = True


KINDS = (
    Kind("digit changed", cells.digit_changed),
    Kind("digits swapped", cells.digits_swapped),
    Kind("factor ten", cells.factor_ten),
    Kind("decimal point lost", cells.point_lost),
    Kind("万 for 亿", cells.multiplier_changed),
    Kind("sign changed", cells.sign_changed),
    Kind("unit changed", cells.unit_changed),
    Kind("hedge changed", cells.hedge_changed),
    Kind("period changed", cells.period_changed),
    Kind("basis of a period changed", cells.basis_changed),
    Kind("area changed", cells.area_changed),
    Kind("indicator changed", cells.indicator_changed),
    Kind("indicator and unit changed", cells.indicator_and_unit_changed),
    Kind("measure of a figure changed", cells.measure_changed),
    Kind("figures exchanged", cells.figures_exchanged),
    Kind("row dropped", cells.row_dropped),
    Kind("row doubled", cells.row_doubled),
    Kind("row doubled under a new id", cells.row_cloned),
    Kind("row of the text's order moved", cells.row_moved),
    Kind("key dangling", cells.key_dangling),
    Kind("code of a measure, relation or list changed", cells.code_changed),
    Kind("relation changed", cells.relation_changed),
    Kind("years of an area changed", cells.years_changed),
    Kind("printed units of a unit changed", cells.printed_units_changed),
    Kind("correction changed", cells.correction_changed),
    Kind("print changed", ledgers.print_changed),
    Kind("place changed", ledgers.place_changed),
    Kind("place or section boundary moved", ledgers.boundary_moved),
    Kind("paragraph changed", ledgers.paragraph_changed),
    Kind("kind of a numeral changed", ledgers.kind_changed),
    Kind("unit in the header changed", ledgers.header_unit_changed),
    Kind("ledger and figure altered together", ledgers.altered_together),
    Kind("altered together, seal renewed", ledgers.altered_and_sealed),
    Kind("numeral set aside with its figure", ledgers.set_aside),
    Kind("label emptied", texts.label_emptied),
    Kind("label emptied in both languages", texts.pair_emptied),
    Kind("words exchanged", texts.words_exchanged),
    Kind("number typed into words", texts.number_typed),
    Kind("languages exchanged", texts.languages_exchanged),
    Kind("descriptor: text changed", texts.described_otherwise),
    Kind("descriptor: date changed", texts.date_changed),
    Kind("descriptor: hash changed", texts.hash_changed),
    Kind("descriptor: entry dropped", texts.entry_dropped),
    Kind("descriptor: schema changed", texts.schema_changed),
    Kind("column renamed", forms.column_renamed),
    Kind("headers of columns exchanged", forms.headers_exchanged),
    Kind("column dropped", forms.column_dropped),
    Kind("encoding changed", forms.encoding_changed),
    Kind("file cut short", forms.cut_short),
    Kind("byte changed", forms.byte_changed),
    Kind("invisible character added", forms.invisible_added),
    Kind("rows in another order", forms.rows_shuffled, changes_meaning=False),
    Kind("line ends of Windows", forms.windows_ends, changes_meaning=False),
    Kind("every cell quoted", forms.all_quoted, changes_meaning=False),
    Kind("last line end left out", forms.no_last_end, changes_meaning=False),
    Kind("descriptor written otherwise", forms.descriptor_respaced, changes_meaning=False),
)
