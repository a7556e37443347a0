// Search, filters, scope and keyboard.
const RESULTS = 12;
const results = document.getElementById("results");
const status = document.getElementById("status");

function showResults(open) {
  const found = matches();
  results.replaceChildren(...found.slice(0, RESULTS).map((node) => {
    const button = element("button", "", element("bdi", "", shortTitle(textOf(node.text))), " ", element("small", "", uiText(node.kind)));
    button.type = "button";
    button.addEventListener("click", () => {
      results.hidden = true;
      open(node.id);
    });
    return element("li", "", button);
  }));
  results.hidden = found.length === 0;
  status.textContent = state.query.trim() ? uiText("found", { n: found.length }) : "";
  redraw();
}

const shortTitle = (text) => (text.length > 140 ? `${text.slice(0, 140)}…` : text);

function startSearch(open) {
  const box = document.getElementById("search");
  box.addEventListener("input", () => {
    state.query = box.value;
    showResults(open);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") results.querySelector("button")?.click();
    if (event.key === "Escape") results.hidden = true;
  });
}

// A node found by search may lie outside the scope or the filters' choice: then the scope widens.
function widenTo(id) {
  const node = nodeById.get(id) ?? nodeById.get(edgeById.get(id).to);
  if (!inScope(node)) setScope("all");
}

function setScope(scope) {
  state.scope = scope;
  for (const button of document.querySelectorAll("[data-scope]")) {
    button.setAttribute("aria-pressed", String(button.dataset.scope === scope));
  }
  document.dispatchEvent(new Event("kg-scope"));
}

function startFilters() {
  for (const set of document.querySelectorAll("[data-filter]")) {
    set.addEventListener("change", (event) => {
      const off = state.off[set.dataset.filter];
      if (event.target.checked) off.delete(event.target.value);
      else off.add(event.target.value);
      showFiltered();
    });
  }
  for (const button of document.querySelectorAll("[data-scope]")) {
    button.addEventListener("click", () => setScope(button.dataset.scope));
  }
}

function showFiltered() {
  redraw();
  for (const row of document.querySelectorAll("tr[data-edge]")) {
    row.hidden = !passes(edgeById.get(row.dataset.edge));
  }
  countHidden();
  if (!panel.hidden) fillPanel();
}

function countHidden() {
  const n = VIEW.nodes.length - inView.nodes.size;
  const m = stanceEdges.filter((edge) => !inView.edges.has(edge.id)).length;
  document.getElementById("hidden-count").textContent = n + m ? uiText("hidden", { n, m }) : "";
}

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest box in the direction of the key; what lies straight ahead counts as nearer.
function nextNode(from, [dx, dy]) {
  let best = null;
  for (const id of inView.nodes) {
    const node = nodeById.get(id);
    const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy;
    const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
    if (id === from.id || ahead <= 1) continue;
    if (best === null || ahead + 2 * aside < best.cost) best = { id, cost: ahead + 2 * aside };
  }
  return best?.id ?? from.id;
}

function startKeyboard(network, holder, open) {
  holder.addEventListener("keydown", (event) => {
    const current = nodeById.get(state.selected) ?? nodeById.get(VIEW.pair[0]);
    const keys = { "+": () => zoomBy(network, 1.25), "-": () => zoomBy(network, 0.8), 0: () => fitCamera(network, holder) };
    if (event.key in DIRECTIONS) {
      step(network, holder, state.selected === null ? current.id : nextNode(current, DIRECTIONS[event.key]));
    } else if (event.key === "Enter") open(current.id);
    else if (event.key in keys) keys[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePanel();
  });
}

function step(network, holder, id) {
  state.selected = id;
  const node = nodeById.get(id);
  status.textContent = `${uiText(node.kind)}: ${textOf(node.text)}`;
  redraw();
  reveal(network, holder, node);
  const at = network.canvasToDOM({ x: node.x, y: node.y }).y + holder.getBoundingClientRect().top;
  if (at < 40 || at > innerHeight - 40) scrollBy({ top: at - innerHeight / 2 });
  if (!panel.hidden) fillPanel();
}
