// Search, filters, layers and the slider; and the sentence that says what is not shown.
const RESULTS = 12;
const results = document.getElementById("results");
const status = document.getElementById("status");
const say = (text) => { status.textContent = text; };
languageListeners.push(() => say(""));
const searchBox = document.getElementById("search");

const shortTitle = (text) => (text.length > 140 ? `${[...text.slice(0, 140)].join("")}…` : text);

function showResults() {
  const found = matches();
  results.replaceChildren(...found.slice(0, RESULTS).map((node) => {
    const button = element("button", "", element("bdi", "", shortTitle(nameOf(node))), " ", element("small", "", kindOf(node)));
    button.type = "button";
    button.addEventListener("click", () => {
      searchBox.focus();
      results.hidden = true;
      choose(node.id);
    });
    return element("li", "", button);
  }));
  results.hidden = found.length === 0;
  say(state.query.trim() ? uiText("found", { n: found.length }) : "");
  redraw();
  saveLink();
}

function startSearch() {
  searchBox.addEventListener("input", () => {
    state.query = searchBox.value;
    showResults();
  });
  searchBox.addEventListener("keydown", (event) => {
    if (event.key === "Enter") results.querySelector("button")?.click();
    if (event.key === "ArrowDown") {
      event.preventDefault();
      results.querySelector("button")?.focus();
    }
  });
  for (const part of [searchBox, results]) part.addEventListener("keydown", closeResults);
  results.addEventListener("keydown", (event) => {
    const items = [...results.querySelectorAll("button")];
    const place = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    (items[place + step] ?? searchBox).focus();
  });
}

// Escape closes the list, and only the next one the panel.
function closeResults(event) {
  if (event.key !== "Escape" || results.hidden) return;
  results.hidden = true;
  searchBox.focus();
  event.preventDefault();
}

function setLayer(layer) {
  state.layer = layer;
  camera = "";
  showFiltered();
  showControls();
  fitCamera();
}

function startFilters() {
  for (const set of document.querySelectorAll("[data-filter]")) {
    set.addEventListener("change", (event) => {
      const off = state.off[set.dataset.filter];
      if (event.target.checked) off.delete(event.target.value);
      else off.add(event.target.value);
      showFiltered();
    });
    set.addEventListener("click", (event) => setAll(set, event.target.closest("[data-all]")?.dataset.all));
  }
  for (const select of document.querySelectorAll("[data-date]")) {
    select.addEventListener("change", () => {
      state[select.dataset.date] = select.value;
      showFiltered();
    });
  }
  for (const button of document.querySelectorAll("[data-layer]")) {
    button.addEventListener("click", () => setLayer(Number(button.dataset.layer)));
  }
  document.getElementById("reset").addEventListener("click", startOver);
}

function setAll(set, which) {
  if (which === undefined) return;
  const boxes = [...set.querySelectorAll("input")];
  state.off[set.dataset.filter] = new Set(which === "none" ? boxes.map((box) => box.value) : []);
  showControls();
  showFiltered();
}

function startOver() {
  resetState();
  state.least = usualLeast();
  closePanel();
  results.hidden = true;
  showControls();
  showFiltered();
  showWhole();
}

// The slider has a stop at each weight there is, or at sixty of them where there are many.
const STOPS = 60;
const stops = (() => {
  const all = [...new Set(VIEW.edges.map((edge) => Math.abs(edge.base)))].sort((a, b) => a - b);
  if (all.length <= STOPS) return all;
  return Array.from({ length: STOPS }, (_, place) => all[Math.floor((place * (all.length - 1)) / (STOPS - 1))]);
})();
const slider = document.getElementById("least");

// With more ties than a drawing bears it opens on the strongest; the slider brings the rest.
function usualLeast() {
  if (!slider || CLUSTERS.length || VIEW.edges.length <= MOST_TIES) return null;
  const limit = VIEW.edges.map((edge) => Math.abs(edge.base)).sort((a, b) => b - a)[MOST_TIES];
  return stops.find((stop) => stop > limit) ?? stops.at(-1);
}

function startSlider() {
  if (!slider) return;
  slider.max = String(stops.length - 1);
  slider.addEventListener("input", () => {
    state.least = Number(slider.value) ? stops[Number(slider.value)] : usualLeast() && 0;
    showFiltered();
    showControls();
  });
}

// The controls say what the state says, however it came about.
function showControls() {
  for (const set of document.querySelectorAll("[data-filter]")) {
    for (const box of set.querySelectorAll("input")) box.checked = !state.off[set.dataset.filter].has(box.value);
  }
  for (const select of document.querySelectorAll("[data-date]")) select.value = state[select.dataset.date];
  for (const button of document.querySelectorAll("[data-layer]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.layer) === state.layer));
  }
  searchBox.value = state.query;
  if (!slider) return;
  slider.value = String(Math.max(0, stops.findIndex((stop) => stop >= (state.least ?? 0))));
  slider.setAttribute("aria-valuetext", String(stops[Number(slider.value)] ?? ""));
}

function showFiltered() {
  compute();
  if (state.selected && !known(state.selected)) state.selected = null;
  redraw();
  filterTables();
  tellShown();
  if (!panel.hidden && state.selected) fillPanel();
  saveLink();
}

// Nothing is left out without a word: how many boxes, lines and positions the filters hide.
function tellShown() {
  const layered = NODES.filter(inLayer);
  const hidden = layered.filter((node) => !passed.nodes.has(node)).length;
  const lines = VIEW.edges.filter((edge) => [edge, edge.a, edge.b].every(inLayer) && !passed.edgeSet.has(edge)).length;
  const told = [];
  if (CLUSTERS.length) told.push(uiText("communities", { n: [...passed.drawn].filter((id) => nodeById.has(id)).length, m: NODES.length, c: [...passed.drawn].filter((id) => clusterById.has(id)).length }));
  if (hidden + lines) told.push(uiText("hidden", { n: hidden, m: lines }));
  if (passed.left) told.push(uiText("ties_left", { n: passed.ties.length, m: passed.ties.length + passed.left }));
  if (VIEW.weighted && state.least) told.push(uiText("from_weight", { w: state.least }));
  document.getElementById("hidden-count").textContent = told.join(" ");
  document.getElementById("restricted").hidden = !(FACETS.some(restricted) || state.since || state.until);
}
