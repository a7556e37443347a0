// On a narrow page the tables come first: they read better there than any drawing.
function arrange() {
  const main = document.querySelector("main");
  if (innerWidth < NARROW) main.insertBefore(document.getElementById("network"), main.querySelector(".sources"));
}

function start() {
  startLanguages();
  startTheme();
  arrange();
  const holder = document.getElementById("drawing");
  const network = startDrawing(holder);
  holder.network = network;
  const open = (id) => {
    widenTo(id);
    openPanel(id, network, holder);
  };
  showFiltered();
  fitCamera(network, holder);
  startCamera(network, holder);
  startSearch(open);
  startFilters();
  startKeyboard(network, holder, open);
  network.on("click", (click) => {
    const id = hit(click);
    if (id === null) closePanel();
    else open(id);
  });
  document.addEventListener("kg-scope", () => {
    showFiltered();
    fitCamera(network, holder);
  });
  for (const button of document.querySelectorAll("button[data-node], button[data-edge]")) {
    button.addEventListener("click", () => open(button.dataset.node ?? button.dataset.edge));
  }
  document.getElementById("panel-close").addEventListener("click", closePanel);
  languageListeners.push(showFiltered);
  themeListeners.push(redraw);
}

start();
