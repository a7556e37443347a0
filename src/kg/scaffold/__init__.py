"""A folder to start one's own data in: a small fictional meeting that builds as it is."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from kg.errors import OutputError
from kg.resources import ontology_dir


def create(folder: Path) -> list[Path]:
    """Write the example and the schemas into a new or empty folder; the files, in order.

    Raises `OutputError` if the folder already holds something or cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OutputError(f"The folder {folder} is not empty: name a new one")
        with as_file(files("kg.scaffold") / "files") as example:
            shutil.copytree(example, folder, dirs_exist_ok=True)
        # The first line of each YAML file names its schema, for editors, with or without a network.
        shutil.copytree(ontology_dir() / "schema", folder / "schema")
    except OSError as error:
        raise OutputError(
            f"The folder {folder} cannot be written ({error.strerror}): name another one"
        ) from error
    return sorted(path for path in folder.rglob("*") if path.is_file())
