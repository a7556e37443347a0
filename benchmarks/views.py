"""How fast pages open and answer, beside plain pyvis on the same graph.

    python benchmarks/views.py                 # needs the developers' environment (make setup-dev)
    python benchmarks/views.py --without-pyvis --runs 3
    python benchmarks/views.py --shipped build # pages of a build that exists already

Each number is the median of several runs, each in a fresh window of headless Chromium that draws
without a graphics card. *First draw* is the time from the start of navigation until the drawing has
been painted; for pyvis with physics, until it has settled. *Panning* and *node* are frames a second
while the mouse drags the ground and a node for two seconds; *opening* is the time from the click on
a community until its content has been painted. What takes longer than the limit is told as such.

The graph is made up, with a fixed seed: eight camps, degrees with the skew of real debates, ties
within a camp nine times of ten, labels like names.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from playwright.sync_api import TimeoutError as TooSlow

from kg.views import picture

CAMPS, SEED = 8, 20211025
SIZES = {1_000: 3_000, 20_000: 60_000}
"""Nodes and ties of the graphs."""
DRAG_SECONDS = 2.0
VIEWPORT: ViewportSize = {"width": 1400, "height": 900}
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
FIRST, LAST = "Aino Eero Helmi Ilmari Kerttu Lauri Meri Niilo Oona Pekka", "niemi virta lahti mäki"
MIDDLE = "Järvi Koski Saari Metsä Ranta Pelto Salo Harju"

# The drawing of each maker, as JavaScript.
OURS, PYVIS = 'document.getElementById("drawing").network', "network"
# pyvis tells nobody when it has drawn; with physics it hides the drawing until it has settled.
TELL = """<script>
  const told = () => requestAnimationFrame(() => setTimeout(() => {
    performance.mark("kg-drawn"); document.documentElement.dataset.drawn = "yes";
  }));
  if (network.physics.options.enabled) network.once("stabilizationIterationsDone", told);
  else { network.once("afterDrawing", told); network.redraw(); }
</script></body>"""
DRAWN = "() => document.documentElement.dataset.drawn === 'yes'"
MARK = "() => performance.getEntriesByName('kg-drawn')[0].startTime"
FRAMES = """() => {
  window.frames_ = [];
  const next = (time) => {
    window.frames_.push(time);
    window.counting = requestAnimationFrame(next);
  };
  window.counting = requestAnimationFrame(next);
}"""
COUNTED = "() => { cancelAnimationFrame(window.counting); return window.frames_; }"
GROUND = """() => {
  const drawing = %s, frame = drawing.canvas.frame.getBoundingClientRect();
  for (let y = 20; y < frame.height; y += 12) for (let x = 20; x < frame.width; x += 12) {
    const seen = frame.top + y < innerHeight - 20;
    if (seen && drawing.getNodeAt({ x, y }) === undefined) return [frame.left + x, frame.top + y];
  }
  return null;
}"""
NODE = """() => {
  const drawing = %s, frame = drawing.canvas.frame.getBoundingClientRect();
  const free = Object.values(drawing.body.nodes).filter((node) => !node.options.fixed.x);
  for (const node of free) {
    const at = drawing.canvasToDOM({ x: node.x, y: node.y });
    const seen = at.x > 0 && at.y > 0 && at.x < frame.width && frame.top + at.y < innerHeight - 20;
    if (seen && drawing.getNodeAt(at) === node.id) return [frame.left + at.x, frame.top + at.y];
  }
  return null;
}"""
COMMUNITY = """() => {
  const drawing = %s, frame = drawing.canvas.frame.getBoundingClientRect();
  const closed = Object.values(drawing.body.nodes).filter((node) => /^c[0-9]+$/.test(node.id));
  for (const one of closed.sort((a, b) => a.options.size - b.options.size)) {
    const at = drawing.canvasToDOM({ x: one.x, y: one.y });
    const seen = at.x > 0 && at.x < frame.width && at.y > 0 && frame.top + at.y < innerHeight - 9;
    if (seen && drawing.getNodeAt(at) === one.id) return [frame.left + at.x, frame.top + at.y];
  }
  return null;
}"""
# From the click until there is something else to see, and that has been painted.
AWAIT = """() => {
  const drawing = %s, shown = () => Object.keys(drawing.body.nodes).join();
  window.opening = new Promise((done) => addEventListener("pointerup", () => {
    const before = shown(), start = performance.now();
    const told = () => done(performance.now() - start);
    const look = () => (shown() === before ? requestAnimationFrame(look)
      : requestAnimationFrame(() => setTimeout(told)));
    look();
  }, { capture: true, once: true }));
}"""
OPENING = "() => window.opening"
DEEPEST = 6
"""Communities lie in communities; so many are opened at most to come to the nodes."""


@dataclass(frozen=True)
class Opened:
    """What one opening of a page gave: milliseconds and frames a second, None where not asked."""

    first_draw: float
    panning: float | None
    node: float | None
    opening: float | None


def made_up(size: int, ties: int) -> nx.Graph[int]:
    """A graph with planted camps; the same each time."""
    random = np.random.default_rng(SEED)
    shares = random.zipf(1.6, size).clip(max=60).astype(float)
    graph: nx.Graph[int] = nx.Graph()
    for node in range(size):
        graph.add_node(node, label=name_of(node), kind="person")
    made = 0
    ends = random.choice(size, (12 * ties, 2), p=shares / shares.sum())
    for (one, other), chance in zip(ends.tolist(), random.random(len(ends)), strict=True):
        if graph.has_edge(one, other) or one == other:
            continue
        if one % CAMPS == other % CAMPS or chance < 0.02:
            graph.add_edge(one, other, weight=float(random.integers(1, 6)))
            made += 1
        if made == ties:
            break
    return graph


def name_of(node: int) -> str:
    """A made-up name."""
    first, middle, last = (words.split() for words in (FIRST, MIDDLE, LAST))
    family = middle[node // 10 % len(middle)] + last[node // 80 % len(last)]
    return f"{first[node % 10]} {family} {node // 320 + 1}"


def by_kg(size: int) -> str:
    """The page of `kg.views`."""
    return picture(made_up(size, SIZES[size]), title="A made-up debate").html


def by_pyvis(size: int, physics: bool, directed: bool) -> str:
    """The page of pyvis as its users make it."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=directed)
    network.from_nx(made_up(size, SIZES[size]))
    if not physics:
        network.toggle_physics(False)
    html: str = network.generate_html()
    head, _, rest = html.rpartition("</body>")
    return f"{head}{TELL}{rest}"


def build(arguments: Sequence[str], file: Path, limit: float) -> float | None:
    """Seconds that a process of its own needs to make a page; None if it needs more."""
    start = time.perf_counter()
    command = [sys.executable, __file__, "--make", *arguments, str(file)]
    try:
        subprocess.run(command, check=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    return time.perf_counter() - start


def make(arguments: Sequence[str]) -> None:
    """What `build` runs: make one page and write it."""
    maker, size, *how, file = arguments
    html = (
        by_kg(int(size))
        if maker == "kg"
        else by_pyvis(int(size), "physics" in how, "directed" in how)
    )
    Path(file).write_text(html, encoding="utf-8")


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """A fresh window that is cut off from the network."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.route("http*://**", lambda route: route.abort())
    yield page
    # A page that is busy without end is not waited for.
    with suppress(TooSlow):
        context.close()


def opened(browser: Browser, file: Path, drawing: str, limit: float) -> Opened | None:
    """Open a page, open a community if there is one, and drag; None if it is not drawn in time."""
    with window(browser) as page:
        page.set_default_timeout(limit * 1000)
        try:
            page.goto(file.resolve().as_uri(), wait_until="commit")
            page.wait_for_function(DRAWN)
            first = float(page.evaluate(MARK))
            panning = dragged(page, GROUND % drawing)
            opening = into_communities(page, drawing) if drawing == OURS else None
            return Opened(first, panning, dragged(page, NODE % drawing), opening)
        except TooSlow:
            return None


def into_communities(page: Page, drawing: str) -> float | None:
    """Milliseconds that the slowest opening takes on the way down to single nodes."""
    took: list[float] = []
    while len(took) < DEEPEST and page.evaluate(NODE % drawing) is None:
        at = page.evaluate(COMMUNITY % drawing)
        if at is None:
            break
        page.evaluate(AWAIT % drawing)
        page.mouse.click(*at)
        took.append(float(page.evaluate(OPENING)))
        page.wait_for_timeout(500)
    return max(took, default=None)


def dragged(page: Page, where: str) -> float | None:
    """Frames a second while something is dragged to and fro; None if it is not to be found."""
    at = page.evaluate(where)
    if at is None:
        return None
    page.mouse.move(*at)
    page.mouse.down()
    page.evaluate(FRAMES)
    start, step = time.perf_counter(), 0
    while time.perf_counter() - start < DRAG_SECONDS:
        step += 1
        way = 120 - abs(step * 4 % 480 - 240)
        page.mouse.move(at[0] + 120 - way, at[1] + (120 - way) / 3)
    times = page.evaluate(COUNTED)
    page.mouse.up()
    return (len(times) - 1) / (times[-1] - times[0]) * 1000 if len(times) > 1 else 0.0


def row(
    name: str, file: Path, seconds: float | None, runs: Sequence[Opened | None], limit: float
) -> str:
    """A line of the table."""
    built = "" if seconds is None else f"{seconds:.1f}"
    size = f"{file.stat().st_size / 1e6:.2f}"
    if not runs or None in runs:
        return f"| {name} | {built} | {size} | not drawn within {limit:.0f} s | | | |"
    cells = [
        median([getattr(run, field) for run in runs if run], digits, scale)
        for field, digits, scale in (
            ("first_draw", 2, 1000), ("panning", 0, 1), ("node", 0, 1), ("opening", 2, 1000),
        )
    ]  # fmt: skip
    return f"| {name} | {built} | {size} | {' | '.join(cells)} |"


def median(found: Sequence[float | None], digits: int, scale: float) -> str:
    """The median as it stands in the table; nothing where nothing was measured."""
    there = [one / scale for one in found if one is not None]
    return f"{statistics.median(there):.{digits}f}" if there else "–"


def report(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def measure(
    launch: Callable[[], Browser],
    name: str,
    file: Path,
    seconds: float | None,
    drawing: str,
    options: argparse.Namespace,
) -> None:
    """Open a page several times and print its line; the first that is not drawn in time ends it."""
    runs: list[Opened | None] = []
    for _ in range(options.runs):
        browser = launch()
        runs.append(opened(browser, file, drawing, options.limit))
        browser.close()
        if runs[-1] is None:
            break
    report(row(name, file, seconds, runs, options.limit))


def asked() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="openings of each page")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds that anything may take")
    parser.add_argument("--shipped", type=Path, help="a build; without it one is made")
    parser.add_argument("--without-pyvis", action="store_true")
    return parser.parse_args()


def shipped(folder: Path | None, scratch: Path) -> tuple[Path, float | None]:
    """The folder of a build and, if it was made for this, the seconds it took."""
    if folder:
        return folder, None
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kg", "build", "--out", str(scratch)], check=True)
    return scratch, time.perf_counter() - start


def main() -> None:
    """Make the pages, open them, print a Markdown table."""
    if sys.argv[1:2] == ["--make"]:
        make(sys.argv[2:])
        return
    options = asked()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        scratch = Path(made)

        def launch() -> Browser:
            return playwright.chromium.launch(executable_path=chromium, args=QUIET)

        folder, seconds = shipped(options.shipped, scratch / "build")
        if seconds:
            report(f"The shipped data, with all their pages, are built in {seconds:.1f} s.\n")
        report("| page | built, s | MB | first draw, s | panning, /s | node, /s | opening, s |")
        report("|---|---|---|---|---|---|---|")
        for file in sorted(folder.glob("*.html")):
            if file.name != "index.html":
                measure(launch, f"shipped: {file.stem}", file, None, OURS, options)
        for size in SIZES:
            graphs(launch, size, scratch, options)


def graphs(
    launch: Callable[[], Browser], size: int, scratch: Path, options: argparse.Namespace
) -> None:
    """The made-up graph of one size, by us and by pyvis."""
    makers: list[tuple[str, str, list[str], str]] = [("kg", "kg", [], OURS)]
    if not options.without_pyvis:
        makers += [
            ("pyvis", "pyvis", ["physics"], PYVIS),
            ("pyvis, physics off", "pyvis", [], PYVIS),
            # Undirected ties are compared with all before them; users get round that so.
            ("pyvis, directed, physics off", "pyvis", ["directed"], PYVIS),
        ]
    for name, maker, how, drawing in makers:
        what, file = (
            f"{size:,} nodes: {name}",
            scratch / f"{maker}-{size}{'-'.join(['', *how])}.html",
        )
        seconds = build([maker, str(size), *how], file, options.limit)
        if seconds is None:
            report(f"| {what} | not built within {options.limit:.0f} s | | | | | |")
        else:
            measure(launch, what, file, seconds, drawing, options)


if __name__ == "__main__":
    main()
