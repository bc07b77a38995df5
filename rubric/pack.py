"""The pack that ships with the product: YAML files, read into one JSON-able dict.

The dict is what a published version stores.
"""

from pathlib import Path
from typing import Any

import yaml

from rubric.entries import RubricError

# Both loaders are safe; the one in C is ten times as fast and is in every wheel of PyYAML.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PACK_FOLDER = Path(__file__).parent / "packs" / "ml-engineer"
# Each file but scale.yaml holds one key of its own name.
SIGNAL_FILES = {"strength": "strengths", "risk": "risks", "noise": "noise"}
MAPPINGS = ("prompts", "not_observed")  # every other part is a list
FILES = (
    "scale",
    "dimensions",
    *SIGNAL_FILES.values(),
    "stages",
    "probes",
    "rounds",
    "prompts",
    "levels",
    "lenses",
)


def read_pack(folder: Path = PACK_FOLDER) -> dict[str, Any]:
    """Read the YAML files of a pack into its content, as `parse` takes it and a version stores it.

    Raises RubricError, naming the file, where one is missing or is not a YAML mapping.
    """
    content: dict[str, Any] = {}
    for name in FILES:
        content |= _read(folder, name)
    content["signals"] = [
        {**signal, "polarity": polarity}
        for polarity, name in SIGNAL_FILES.items()
        for signal in content.pop(name)
    ]
    prompts = content.pop("prompts")
    content["rounds"] = [
        {**each, "prompts": prompts.pop(each.get("id"), [])} for each in content["rounds"]
    ]
    if prompts:
        raise RubricError("prompts.yaml", f"prompts for unknown rounds: {', '.join(prompts)}")
    return content


def _read(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.yaml"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506  see there
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RubricError(path.name, f"cannot be read: {error}") from error
    if not isinstance(content, dict) or (name != "scale" and list(content) != [name]):
        raise RubricError(path.name, f"must be a mapping with the one key {name}")
    for part, items in content.items():
        if part not in MAPPINGS and not _is_list_of_mappings(items):
            raise RubricError(path.name, f"{part} must be a list of mappings")
    return content


def _is_list_of_mappings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)
