"""A backup is the build in one file; what is not exactly that is refused, and nothing is lost."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg import backup as backups
from kg.backup import MANIFEST, backup, restore
from kg.build import Build, build, read_build
from kg.cli import app
from kg.errors import InputError, OutputError, StoreError
from kg.folders import read_files
from killed import codings, state

EVERY = 1000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("made")
    data = codings(folder / "mine")
    build(data, folder / "build", sources=data / "sources")
    for page in (folder / "build").glob("*.html"):  # which are long
        page.write_text(page.stem)
    return read_build(folder / "build")


@pytest.fixture(scope="module")
def packed(made: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packed") / "build.tar.gz"
    backup(made, file)
    return file


@pytest.fixture
def target(made: Build, tmp_path: Path) -> Path:
    """A build that a refused restore must leave as it is."""
    shutil.copytree(made.folder, tmp_path / "out")
    (tmp_path / "out" / "own.txt").write_text("mine")
    return tmp_path / "out"


def refused(content: bytes, target: Path, message: str) -> None:
    """Hold that a file is refused with one sentence, and that the earlier build stays."""
    file = target.with_name("given.tar.gz")
    file.write_bytes(content)
    with pytest.raises(InputError, match=message) as told:
        restore(file, target)
    assert (target / "own.txt").read_text() == "mine"
    assert sorted(path.name for path in target.parent.iterdir()) == [file.name, target.name]
    assert str(told.value).startswith(f"{file} ")
    assert "\n" not in str(told.value)


def test_a_restored_build_is_the_build(made: Build, packed: Path, target: Path) -> None:
    for place in (target, target.with_name("new")):
        again = restore(packed, place)
        assert again == read_build(place)
        assert read_files(place) == read_files(made.folder)
        assert state(place) == made.graph_sha256


def test_the_same_build_gives_the_same_bytes(made: Build, packed: Path, tmp_path: Path) -> None:
    shutil.copytree(made.folder, tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*.html"):
        path.chmod(0o600)
    backup(read_build(tmp_path / "copy"), tmp_path / "again.tar.gz")
    assert (tmp_path / "again.tar.gz").read_bytes() == packed.read_bytes()


def test_it_is_a_plain_tar_without_times_and_owners(packed: Path, made: Build) -> None:
    with tarfile.open(packed) as tar:
        members = tar.getmembers()
    assert [one.name for one in members] == [
        MANIFEST,
        *sorted(f"build/{name}" for name in read_files(made.folder)),
    ]
    assert {(one.mtime, one.uid, one.uname, one.mode) for one in members} == {(0, 0, "", 0o644)}


def test_a_flipped_bit_is_found_wherever_it_is(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, file = packed.read_bytes(), tmp_path / "flipped.tar.gz"
    assert len(content) > 100 * EVERY
    monkeypatch.setattr(backups, "_created", lambda path: io.BytesIO())  # nothing on the disk
    backups._unpack(packed, tmp_path)
    for place in [*range(0, len(content), EVERY), *range(12), *range(-8, 0)]:
        flipped = bytearray(content)
        flipped[place] ^= 1 << (place % 8)
        file.write_bytes(flipped)
        with pytest.raises(InputError, match=r"is (damaged|cut off|no backup)"):
            backups._unpack(file, tmp_path)


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.9999])
def test_a_file_that_is_cut_off_is_refused(packed: Path, target: Path, share: float) -> None:
    content = packed.read_bytes()
    refused(content[: int(share * len(content))], target, "is cut off: take another copy$")


def test_one_byte_less_is_refused(packed: Path, target: Path) -> None:
    refused(packed.read_bytes()[:-1], target, "is cut off: take another copy$")


def tar_of(members: list[tuple[str | tarfile.TarInfo, bytes]]) -> bytes:
    """A file that looks like a backup, of any members."""
    raw = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0, compresslevel=6) as packing,
        tarfile.open(fileobj=packing, mode="w") as tar,
    ):
        for member, content in members:
            if isinstance(member, str):
                member = tarfile.TarInfo(member)
                member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return raw.getvalue()


def members_of(packed: Path) -> list[tuple[str | tarfile.TarInfo, bytes]]:
    found: list[tuple[str | tarfile.TarInfo, bytes]] = []
    with tarfile.open(packed) as tar:
        for one in tar:
            stream = tar.extractfile(one)
            assert stream
            found.append((one.name, stream.read()))
    return found


def changed(packed: Path, **values: Any) -> bytes:
    """A backup with other words in its first member."""
    (_, manifest), *rest = members_of(packed)
    text = json.dumps({**json.loads(manifest), **values}).encode()
    return tar_of([(MANIFEST, text), *rest])


def test_the_helper_packs_what_is_taken(packed: Path, target: Path) -> None:
    target.with_name("given.tar.gz").write_bytes(changed(packed))
    restore(target.with_name("given.tar.gz"), target)
    assert not (target / "own.txt").exists()


FOREIGN: Mapping[str, Callable[[], bytes]] = {
    "text": lambda: b"Dear all, the backup is in the other mail",
    "gzip": lambda: gzip.compress(b"text"),
    "zip": lambda: b"PK\x03\x04" + bytes(100),
    "tar": lambda: tar_of([("letter.txt", b"dear")]),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_refused(target: Path, kind: str) -> None:
    refused(FOREIGN[kind](), target, "is no backup of kg: name a file that “kg backup” has made$")


def test_a_newer_backup_and_one_of_another_build_are_refused(packed: Path, target: Path) -> None:
    newer = changed(packed, format=2, made_by="apro-kg 9.0")
    refused(newer, target, r"made by a newer kg \(apro-kg 9\.0\): restore it with that$")
    refused(changed(packed, build_format=99), target, "of form 99, this kg reads 4: restore it")


def link(name: str, kind: bytes, to: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, to
    return member


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "a/../../evil", "a//evil", "C:/evil", "a\\..\\evil", "./evil", "evil\0"],
)
def test_nothing_is_written_outside(packed: Path, target: Path, name: str) -> None:
    (_, manifest), *_ = members_of(packed)
    sealed = {"size": 4, "sha256": "0" * 64}
    text = json.dumps({**json.loads(manifest), "files": {name: sealed}}).encode()
    content = tar_of([(MANIFEST, text), (f"build/{name}", b"evil")])
    refused(content, target, "it names a file outside the build")
    assert not list(target.parent.parent.rglob("evil*"))


@pytest.mark.parametrize(
    "member",
    [
        link("build/a", tarfile.SYMTYPE, "/etc/passwd"),
        link("build/a", tarfile.LNKTYPE, "../outside"),
        link("build/a", tarfile.LNKTYPE, MANIFEST),
        link("build/a", tarfile.FIFOTYPE, ""),
        link("build/a", tarfile.CHRTYPE, ""),
        link("build/a", tarfile.DIRTYPE, ""),
    ],
    ids=["link", "hard link outside", "hard link", "pipe", "device", "folder"],
)
def test_only_plain_files_are_taken(packed: Path, target: Path, member: tarfile.TarInfo) -> None:
    (_, manifest), *_ = members_of(packed)
    text = json.dumps({**json.loads(manifest), "files": {"a": {"size": 0, "sha256": "0"}}})
    refused(tar_of([(MANIFEST, text.encode()), (member, b"")]), target, "is damaged")


def test_each_file_must_be_the_one_that_is_named(packed: Path, target: Path) -> None:
    members = members_of(packed)
    files = json.loads(members[0][1])["files"]
    name, content = members[5]
    refused(tar_of([*members[:5], *members[6:]]), target, "it lacks")
    refused(tar_of([*members, ("build/more", b"")]), target, "it holds more than it names")
    other = b"?" + content[1:]
    refused(tar_of([*members[:5], (name, other), *members[6:]]), target, "has another hash")
    refused(tar_of([*members[:5], (name, b"?"), *members[6:]]), target, "is another than it says")
    refused(changed(packed, files={**files, "graph.trig": 1}), target, "is damaged")
    refused(changed(packed, files=None), target, "is damaged")
    refused(tar_of([(MANIFEST, b"{"), *members[1:]]), target, "is damaged")
    refused(tar_of([(MANIFEST, b"[" * 100_000), *members[1:]]), target, "is damaged")


def repacked(made: Build, folder: Path, harm: Callable[[Path], object]) -> bytes:
    """A backup whose hashes are right, of a folder that is no whole build."""
    shutil.copytree(made.folder, folder)
    harm(folder)
    contents = backups._contents(Build(folder, "", 0, {}, ""))
    backups._pack(folder, contents, folder.with_name("packed"))
    content = folder.with_name("packed").read_bytes()
    folder.with_name("packed").unlink()
    shutil.rmtree(folder)
    return content


def miscount(folder: Path) -> None:
    manifest = json.loads((folder / "build.json").read_text())
    (folder / "build.json").write_text(json.dumps({**manifest, "quads": 7}))


HARMS: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "count": (miscount, r"is damaged \(its store has \d+ quads, not 7\)"),
    "graph": (lambda folder: (folder / "graph.trig").write_text(""), "graph.trig is another"),
    "store": (lambda folder: shutil.rmtree(folder / "store"), "holds no build that opens"),
    "manifest": (lambda folder: (folder / "build.json").unlink(), "holds no build that opens"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_no_whole_build_is_refused(made: Build, target: Path, harm: str) -> None:
    change, message = HARMS[harm]
    refused(repacked(made, target.with_name("copy"), change), target, message)


@pytest.mark.parametrize("harm", ["count", "graph", "store"])
def test_a_damaged_build_is_not_backed_up(target: Path, harm: str) -> None:
    HARMS[harm][0](target)
    file = target.with_name("build.tar.gz")
    with pytest.raises(StoreError):
        backup(read_build(target), file)
    assert not file.exists()


def test_a_file_that_reads_back_otherwise_is_no_backup(
    made: Build, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, file = backups._pack, target.with_name("build.tar.gz")
    file.write_text("earlier")

    def worn(folder: Path, contents: backups.Backup, place: Path) -> None:
        pack(folder, contents, place)
        content = bytearray(place.read_bytes())
        content[len(content) // 2] ^= 4
        place.write_bytes(content)

    monkeypatch.setattr(backups, "_pack", worn)
    with pytest.raises(OutputError, match="does not read back as it was written"):
        backup(made, file)
    assert file.read_text() == "earlier"
    assert len(list(target.parent.iterdir())) == 2


def test_places_that_cannot_be(made: Build, packed: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="lies in the build itself"):
        backup(made, made.folder / "store" / "backup.tar.gz")
    with pytest.raises(OutputError, match="cannot be written"):
        backup(made, tmp_path)
    with pytest.raises(InputError, match=r"cannot be read \(No such file"):
        restore(tmp_path / "nothing.tar.gz", tmp_path / "out")
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\)"):
        restore(made.folder, tmp_path / "out")
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(OutputError, match="holds something else than a build"):
        restore(packed, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_the_commands(made: Build, tmp_path: Path) -> None:
    file, out = str(tmp_path / "b.tar.gz"), str(tmp_path / "out")
    code, said, _ = run("backup", str(made.folder), "-o", file)
    size = (tmp_path / "b.tar.gz").stat().st_size
    count = len(read_files(made.folder))
    wanted = (
        f"{file} holds {made.folder}: {count} files, {made.quads} quads, {size} bytes, verified"
    )
    assert (code, said) == (0, f"{wanted}\n")
    code, said, _ = run("restore", file, "--out", out)
    assert (code, said) == (0, f"{out} holds the build of {file}: {made.quads} quads\n")
    code, said, _ = run("backup", "--store", out, "-o", file, "--format", "json")
    assert json.loads(said) == {"files": count, "quads": made.quads, "bytes": size}
    code, said, _ = run("restore", file, "--out", out, "--format", "json")
    assert json.loads(said) == {"quads": made.quads, "graph_sha256": made.graph_sha256}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--store", "http://127.0.0.1:1/q", "-o", "b"], 2, "use “kg export --format nquads"),
        (["http://127.0.0.1:1/q", "-o", "b"], 2, "A store on a server is no folder to back up"),
        (["one", "--store", "two", "-o", "b"], 2, "Name it once"),
        (["."], 2, "Where to? Give -o"),
        (["nothing", "-o", "b"], 3, "There is no build in nothing"),
    ],
)
def test_what_the_command_cannot_back_up_is_told(
    words: list[str], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended, said, told = run("backup", *words)
    assert (ended, said) == (code, "")
    assert message in told
    assert len(told.splitlines()) == 1
    assert not list(tmp_path.iterdir())
