// The camera. A drawing with zones is read like a page: it has the page's width and the height that it
// needs. One without is shown whole. The wheel scrolls the page, and zooms only with Ctrl.
const NARROW = 760;
const READABLE = 0.85;
const LEGIBLE = 0.62;
const MARGINS = 16;
const holderOf = { network: null, holder: null };

function extent(thing) {
  if (thing.r !== undefined) return [thing.x, thing.y, thing.r, thing.r];
  const room = thing.shape === "box" ? 0 : 30;
  return [thing.x, thing.y, thing.w / 2 + room, thing.h / 2 + room];
}

function bounds(things) {
  const area = { left: 0, right: 0, top: 0, bottom: 0, some: false };
  for (const thing of things) {
    const [x, y, w, h] = extent(thing);
    area.left = area.some ? Math.min(area.left, x - w) : x - w;
    area.right = area.some ? Math.max(area.right, x + w) : x + w;
    area.top = area.some ? Math.min(area.top, y - h) : y - h;
    area.bottom = area.some ? Math.max(area.bottom, y + h) : y + h;
    area.some = true;
  }
  return area.some ? area : { left: -200, right: 200, top: -100, bottom: 100 };
}

const drawnThings = () => [...passed.drawn].map((id) => nodeById.get(id) ?? clusterById.get(id));
const wholeArea = () => bounds([...drawnThings(), ...bandsInView().map((band) => ({ ...band, shape: "box" }))]);
const isPaged = () => VIEW.bands.length > 0;

function fitCamera() {
  const { network, holder } = holderOf;
  const area = wholeArea();
  const [wide, high] = [area.right - area.left, area.bottom - area.top];
  const width = holder.clientWidth;
  const byWidth = (width - 2 * MARGINS) / wide;
  const whole = Math.min(1.3, Math.max(LEAST_SCALE, byWidth), (Math.max(320, innerHeight * 0.8) - 2 * MARGINS) / high);
  const scale = !isPaged() ? whole : width < NARROW ? READABLE : Math.max(LEGIBLE, Math.min(1.1, byWidth));
  const tall = Math.max(240, high * scale + 2 * MARGINS);
  const height = Math.round(width < NARROW || !isPaged() ? Math.min(tall, Math.max(320, innerHeight * 0.8)) : tall);
  network.setSize("100%", `${height}px`);
  network.redraw();
  // What is wider than the page starts at its left; two bodies face to face start in the middle.
  const cut = wide * scale > width - 2 * MARGINS && VIEW.name !== "disagreement";
  const x = cut ? area.left + (width / 2 - MARGINS) / scale : (area.left + area.right) / 2;
  const y = isPaged() ? area.top + (height / 2 - MARGINS) / scale : (area.top + area.bottom) / 2;
  network.moveTo({ position: { x, y }, scale });
  setGrain(scale);
}

// How thick lines are follows the scale at which a drawing is shown whole, or a community opens.
function setGrain(scale) {
  const wanted = isPaged() ? 1 : Math.max(1, 0.8 / scale);
  if (wanted === grain) return;
  grain = wanted;
  redraw();
}

const LEAST_SCALE = 0.02;
const MOST_SCALE = 4;

function zoomBy(factor) {
  const { network } = holderOf;
  network.moveTo({ scale: Math.min(MOST_SCALE, Math.max(LEAST_SCALE, network.getScale() * factor)) });
  keepCamera();
}

function keepCamera() {
  const { x, y } = holderOf.network.getViewPosition();
  camera = [Math.round(x), Math.round(y), holderOf.network.getScale().toFixed(3)].join(",");
  saveLink();
}

function restoreCamera() {
  const [x, y, scale] = camera.split(",").map(Number);
  if (camera && [x, y, scale].every(Number.isFinite) && scale > 0) {
    holderOf.network.moveTo({ position: { x, y }, scale: Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale)) });
  }
}

function showWhole() {
  fitCamera();
  camera = "";
  saveLink();
}

function fitTo(cluster) {
  const { network, holder } = holderOf;
  const scale = Math.min(1.5, (0.9 * Math.min(holder.clientWidth, holder.clientHeight)) / (2 * cluster.r));
  network.moveTo({ position: { x: cluster.x, y: cluster.y }, scale });
  setGrain(scale);
  keepCamera();
}

// Bring a thing into the part of the drawing that the window shows and the panel leaves free.
function reveal(thing) {
  const { network, holder } = holderOf;
  const at = network.canvasToDOM({ x: thing.x, y: thing.y });
  const free = holder.clientWidth - (innerWidth > NARROW && !panel.hidden ? 420 : 0);
  if (at.x > 0 && at.x < free && at.y > 0 && at.y < holder.clientHeight) return;
  const view = network.getViewPosition();
  const x = view.x + (at.x - free / 2) / network.getScale();
  const y = at.y > 0 && at.y < holder.clientHeight ? view.y : thing.y;
  network.moveTo({ position: { x, y } });
}

function startCamera() {
  const { network, holder } = holderOf;
  holder.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
  const act = { in: () => zoomBy(1.25), out: () => zoomBy(0.8), fit: showWhole };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", act[button.dataset.zoom]);
  }
  network.on("dragEnd", ({ nodes }) => nodes.length || keepCamera());
  let width = holder.clientWidth;
  new ResizeObserver(() => {
    if (!holder.clientWidth || holder.clientWidth === width) return;
    width = holder.clientWidth;
    fitCamera();
    restoreCamera();
  }).observe(holder);
}
