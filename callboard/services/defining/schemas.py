"""JSON Schemas of the definition files, so that editors complete and check them while one types."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from callboard.entities import entities_schema
from callboard.workspace import Workspace
from metrics.catalogue import journey_schema, metric_schema, touchpoint_schema

Schema = dict[str, Any]


def _contract_schema() -> Schema:
    """The standard's own schema; what Callboard asks beyond it, `callboard check` tells."""
    text = files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8")
    schema: Schema = json.loads(text)
    return schema


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "workspace": Workspace.model_json_schema,
    "entities": entities_schema,
    "metric": metric_schema,
    "touchpoint": touchpoint_schema,
    "journey": journey_schema,
    "contract": _contract_schema,
}


def schema_texts() -> dict[str, str]:
    """Return each schema as the text of its file, by the file's name."""
    return {
        f"{name}.schema.json": json.dumps(make(), indent=2, ensure_ascii=False) + "\n"
        for name, make in SCHEMAS.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema to `folder` and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in schema_texts().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
