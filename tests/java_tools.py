"""Java in the tests: engines that are not ours check what ours say.

The jars are those of ``tests/java/pom.xml``; ``make java-tools`` fetches them. Where Java or a jar
is missing a test skips and says what to do, except where ``APRO_REQUIRE_JAVA=1``, as in CI: there
it fails.
"""

from __future__ import annotations

import faulthandler
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import jpype
import pytest

from conftest import ROOT

POM = ROOT / "tests" / "java" / "pom.xml"
FOLDER = ROOT / ".tools" / "java"
OLDEST = 17
LOGGER = "log4j-slf4j2-impl"
MEMORY = "-Xmx1g"
QUIET = "-Dslf4j.internal.verbosity=ERROR"
INSTALL = "install Java 17 or newer (on Debian and Ubuntu: apt install default-jre-headless)"


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where Java is required; `what` is missing, and the remedy."""
    if os.environ.get("APRO_REQUIRE_JAVA") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def require_java() -> None:
    """Skip or fail where there is no command `java`."""
    if shutil.which("java") is None:
        missing(f"needs the command java: {INSTALL}")


def jars(folder: Path = FOLDER, pom: Path = POM, logging: bool = False) -> list[str]:
    """The jars in `folder`; skips or fails where they are not those that `pom` asks for.

    Those that write logs only with `logging`: they would write into what a command prints.
    """
    fetched = folder / "pom.xml"
    if not fetched.is_file() or fetched.read_bytes() != pom.read_bytes():
        missing("needs the jars of tests/java/pom.xml: run “make java-tools”")
    found = sorted(folder.glob("*.jar"))
    return [str(path) for path in found if logging or not path.name.startswith(LOGGER)]


def java(name: str) -> Any:
    """The Java class `name`, from a virtual machine that is started once and stays."""
    _start()
    return jpype.JClass(name)


@cache
def _start() -> None:
    require_java()
    # The virtual machine uses SIGSEGV for its own ends, and ^C is to reach pytest.
    faulthandler.disable()
    try:
        jpype.startJVM(MEMORY, QUIET, classpath=jars(), convertStrings=True, interrupt=False)
    except jpype.JVMNotFoundException:
        missing(f"needs Java as a library: {INSTALL}")
    version = int(str(jpype.JClass("java.lang.Runtime").version().feature()))
    if version < OLDEST:
        missing(f"needs Java {OLDEST}, and this is {version}: {INSTALL}")
