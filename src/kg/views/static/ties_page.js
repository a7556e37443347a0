// The page of a network: slider, search, languages and what is clicked.
const status = document.getElementById("status");

function countShown() {
  const n = VIEW.ties.filter(tieShown).length;
  status.textContent = VIEW.steps.length ? uiText("ties_shown", { n, m: VIEW.ties.length, w: VIEW.steps[state.least][1] }) : "";
}

function showFiltered() {
  redraw();
  countShown();
  for (const row of document.querySelectorAll("tr[data-tie]")) {
    row.hidden = !tieShown(tieById.get(row.dataset.tie));
  }
  if (!panel.hidden) fillPanel();
}

function startSlider() {
  const slider = document.getElementById("least");
  if (!slider) return;
  const moved = () => {
    state.least = Number(slider.value);
    slider.setAttribute("aria-valuetext", VIEW.steps[state.least][1]);
    showFiltered();
  };
  slider.addEventListener("input", moved);
  moved();
}

function startSearch() {
  const box = document.getElementById("search");
  box.addEventListener("input", () => {
    state.query = box.value;
    redraw();
    status.textContent = box.value.trim() ? uiText("found", { n: matches().size }) : "";
    if (!box.value.trim()) countShown();
  });
  box.addEventListener("keydown", (event) => {
    const [first] = matches();
    if (event.key === "Enter" && first) openPanel(first);
  });
}

function startZoom(network, holder) {
  const act = { in: () => zoomBy(network, 1.25), out: () => zoomBy(network, 0.8), fit: () => fitCamera(network, holder) };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", act[button.dataset.zoom]);
  }
  holder.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(network, event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
  let width = holder.clientWidth;
  new ResizeObserver(() => {
    if (holder.clientWidth === width) return;
    width = holder.clientWidth;
    fitCamera(network, holder);
  }).observe(holder);
}

function start() {
  startLanguages();
  startTheme();
  const holder = document.getElementById("drawing");
  const network = startDrawing(holder);
  holder.network = network;
  fitCamera(network, holder);
  startZoom(network, holder);
  startSearch();
  startSlider();
  countShown();
  network.on("click", ({ nodes, edges }) => {
    const [id] = [...nodes, ...edges];
    if (id === undefined) closePanel();
    else openPanel(id);
  });
  for (const button of document.querySelectorAll("button[data-node]")) {
    button.addEventListener("click", () => openPanel(button.dataset.node));
  }
  document.getElementById("panel-close").addEventListener("click", closePanel);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePanel();
  });
  languageListeners.push(showFiltered);
  themeListeners.push(redraw);
}

start();
