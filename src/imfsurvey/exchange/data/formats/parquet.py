"""Parquet, with the codebook in the file: needs pyarrow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from imfsurvey.exchange.data.codebook import Table, Variable
from imfsurvey.exchange.data.formats.kinds import Shape, shape_of, table_shape
from imfsurvey.exchange.data.formats.plain_json import codebook_json, variable_json


class Parquet:
    """A .parquet file; statuses are values, as everywhere, and the metadata say which."""

    ending = ".parquet"

    def write(self, table: Table, path: Path) -> None:
        """Write it."""
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]

        book = table.codebook
        fields = [
            pyarrow.field(one.name, _type(one), metadata={"imfsurvey": _text(variable_json(one))})
            for one in book.variables
        ]
        about = {key: value for key, value in codebook_json(book).items() if key != "variables"}
        schema = pyarrow.schema(fields, metadata={"imfsurvey": _text(about)})
        columns = [
            pyarrow.array(column, type=field.type)
            for column, field in zip(table.columns, fields, strict=True)
        ]
        pyarrow.parquet.write_table(pyarrow.table(columns, schema=schema), str(path))

    def read(self, table: Table, path: Path) -> Shape:
        """Read it."""
        import pyarrow.parquet

        found = pyarrow.parquet.read_table(str(path), memory_map=False)
        columns = [column.to_pylist() for column in found.columns]
        return shape_of(zip(*columns, strict=True), len(columns))

    def expected(self, table: Table) -> Shape:
        """The table as it is."""
        return table_shape(table)


def _type(variable: Variable) -> Any:
    import pyarrow

    if variable.kind == "text":
        return pyarrow.string()
    whole = not variable.decimals and all(isinstance(one.value, int) for one in variable.categories)
    return pyarrow.int64() if whole else pyarrow.float64()


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False)
