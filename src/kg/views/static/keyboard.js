// Everything by keyboard: arrows move from box to box, Enter opens, plus, minus and 0 zoom.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest thing in the direction of the key; what lies straight ahead counts as nearer.
function nextThing(from, [dx, dy]) {
  let best = null;
  for (const thing of drawnThings()) {
    const ahead = (thing.x - from.x) * dx + (thing.y - from.y) * dy;
    const aside = Math.abs((thing.x - from.x) * dy) + Math.abs((thing.y - from.y) * dx);
    if (thing.id === from.id || ahead <= 1) continue;
    if (best === null || ahead + 2 * aside < best.cost) best = { thing, cost: ahead + 2 * aside };
  }
  return best?.thing ?? from;
}

const chosenThing = () => nodeById.get(state.selected) ?? clusterById.get(state.selected) ?? null;

// Where the reader went last by keyboard: what is closed is not forgotten.
let visited = null;
const standpoint = () => chosenThing() ?? (visited && passed.drawn.has(visited.id) ? visited : null);

function startKeyboard() {
  const { holder } = holderOf;
  const keys = { "+": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: showWhole };
  holder.addEventListener("keydown", (event) => {
    const current = chosenThing();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = standpoint();
    if (event.key in DIRECTIONS) step(from ? nextThing(from, DIRECTIONS[event.key]) : drawnThings()[0]);
    else if (event.key === "Enter" && current) choose(current.id);
    else if (event.key in keys) keys[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closePanel();
  });
}

function step(thing) {
  if (!thing) return;
  const { network, holder } = holderOf;
  state.selected = thing.id;
  visited = thing;
  const kind = clusterById.has(thing.id) ? uiText("community", { n: thing.size }) : kindOf(thing);
  say(`${kind}: ${nameOf(thing)}`);
  redraw();
  reveal(thing);
  const at = network.canvasToDOM({ x: thing.x, y: thing.y }).y + holder.getBoundingClientRect().top;
  if (at < 40 || at > innerHeight - 40) scrollBy({ top: at - innerHeight / 2 });
  if (!panel.hidden) fillPanel();
  saveLink();
}
