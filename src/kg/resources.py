"""Where the shipped ontology, queries and data are: in an installed wheel or in a checkout.

A wheel carries the four folders inside the package (``kg/resources_data``, put there by the
build); a checkout, and so an editable install, has them at its top, beside ``pyproject.toml``.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

MODEL_FILE = "apro.ttl"
CODES_FILE = "apro-codes.ttl"
SHAPES_FILE = "apro-shapes.ttl"
DEPRECATED_FILE = "apro-deprecated.ttl"
CONTEXT_FILE = "apro-context.jsonld"

# The shipped meetings by id: the licence of pages names us only for what is ours.
SHIPPED_MEETINGS = ("thb-2021-10-25",)

_PACKAGE = Path(__file__).resolve().parent


def ontology_dir() -> Path:
    """The folder with ``apro.ttl``, its code lists, shapes and JSON-LD context.

    >>> (ontology_dir() / CONTEXT_FILE).is_file()
    True

    Raises `InputError` where neither the package nor a checkout has it.
    """
    return _find("ontology", _PACKAGE)


def ontology_to_change() -> Path:
    """The folder of `ontology_dir` where it is for changing: in a checkout.

    Raises `InputError` where it belongs to an installed package, which is to stay as it is.
    """
    return _to_change(_PACKAGE)


def _to_change(package: Path) -> Path:
    found = _find("ontology", package)
    if found.is_relative_to(package):
        raise InputError(
            f"The ontology in {found} belongs to the installed package and stays as it is: "
            "give a folder, or run kg from a checkout"
        )
    return found


def queries_dir() -> Path:
    """The folder with the named queries (``*.rq``); raises `InputError` like `ontology_dir`."""
    return _find("queries", _PACKAGE)


def data_dir() -> Path:
    """The folder with the registers and codings; raises `InputError` like `ontology_dir`."""
    return _find("data", _PACKAGE)


def examples_dir() -> Path:
    """The folder with the example datasets; raises `InputError` like `ontology_dir`."""
    return _find("examples", _PACKAGE)


def _find(name: str, package: Path) -> Path:
    """The folder `name` of an installed `package`, else that of the checkout it stands in."""
    installed = package / "resources_data" / name
    if installed.is_dir():
        return installed
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise InputError(
        f"The folder “{name}” is missing from this installation of apro-kg: install it again, "
        "or run kg from a complete checkout"
    )
