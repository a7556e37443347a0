// The camera: the whole drawing at the width of the page, as tall as that needs; the wheel scrolls
// the page, and zooms only with Ctrl. On a narrow page it starts at readable size in the middle.
const NARROW = 760;
const READABLE = 0.85;
const EDGE = 16;

function bounds() {
  const used = new Set([...inView.nodes].map((id) => nodeById.get(id).zone));
  const zones = VIEW.zones.filter((zone) => used.has(zone.name));
  const low = (axis, size) => Math.min(...zones.map((z) => z[axis] - z[size] / 2));
  const high = (axis, size) => Math.max(...zones.map((z) => z[axis] + z[size] / 2));
  return { left: low("x", "w"), right: high("x", "w"), top: low("y", "h"), bottom: high("y", "h") };
}

function fitCamera(network, holder) {
  const area = bounds();
  const width = holder.clientWidth;
  const narrow = width < NARROW;
  const wanted = (width - 2 * EDGE) / (area.right - area.left);
  const scale = narrow ? READABLE : Math.min(1.1, wanted);
  const whole = (area.bottom - area.top) * scale + 2 * EDGE;
  const height = Math.round(narrow ? Math.min(whole, innerHeight * 0.7) : whole);
  network.setSize("100%", `${height}px`);
  network.redraw();
  const x = narrow ? 0 : (area.left + area.right) / 2;
  network.moveTo({ position: { x, y: area.top - EDGE / scale + height / scale / 2 }, scale });
}

function zoomBy(network, factor) {
  const scale = Math.min(3, Math.max(0.1, network.getScale() * factor));
  network.moveTo({ scale });
}

// Bring a node into the part of the drawing that the window shows and the panel leaves free.
function reveal(network, holder, node) {
  const at = network.canvasToDOM({ x: node.x, y: node.y });
  const free = holder.clientWidth - (innerWidth > NARROW ? 420 : 0);
  const inside = at.x > 0 && at.x < free && at.y > 0 && at.y < holder.clientHeight;
  if (inside) return;
  const shift = { x: (at.x - free / 2) / network.getScale(), y: 0 };
  const view = network.getViewPosition();
  const y = at.y > 0 && at.y < holder.clientHeight ? view.y : node.y;
  network.moveTo({ position: { x: view.x + shift.x, y } });
}

function startCamera(network, holder) {
  holder.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(network, event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const act = { in: () => zoomBy(network, 1.25), out: () => zoomBy(network, 0.8), fit: () => fitCamera(network, holder) };
    button.addEventListener("click", act[button.dataset.zoom]);
  }
  let width = holder.clientWidth;
  new ResizeObserver(() => {
    if (holder.clientWidth === width) return;
    width = holder.clientWidth;
    fitCamera(network, holder);
  }).observe(holder);
}
