// On a narrow page the tables come first, and the legend is folded: they read better there than any drawing.
function arrange() {
  const main = document.querySelector("main");
  if (innerWidth >= NARROW) return;
  main.insertBefore(document.getElementById("network"), main.querySelector(".sources"));
  document.querySelector("details.key").open = false;
}

function showLinked() {
  const linked = readLink();
  state.least ??= usualLeast();
  showControls();
  showFiltered();
  if (holderOf.network) {
    fitCamera();
    restoreCamera();
    if (state.selected) openPanel(state.selected);
    else if (linked) closePanel();
  }
}

// A menu that would reach over the edge of the page opens further left.
function placeMenu(menu) {
  const box = menu.querySelector(".choices");
  box.style.left = "0";
  const over = box.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
  if (over > 0) box.style.left = `${-Math.min(over, menu.getBoundingClientRect().left - 8)}px`;
}

// Menus close when the reader turns elsewhere.
function startMenus() {
  const menus = [...document.querySelectorAll("details.menu")];
  for (const menu of menus) menu.addEventListener("toggle", () => placeMenu(menu));
  const closeOthers = (target) => menus.filter((menu) => !menu.contains(target)).forEach((menu) => { menu.open = false; });
  document.addEventListener("click", (event) => {
    closeOthers(event.target);
    if (!results.contains(event.target) && event.target !== searchBox) results.hidden = true;
  });
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("focusin", ({ target }) => {
    if (!results.contains(target) && target !== searchBox) results.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    const open = menus.find((menu) => menu.open && menu.contains(document.activeElement));
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
    event.preventDefault();
  });
}

// Links within the page open what they lead to, and leave the address, which holds the state, alone.
function startJumps() {
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = document.getElementById(link.getAttribute("href").slice(1));
      const fold = target.querySelector(":scope > details");
      if (fold) fold.open = true;
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView();
    });
  }
}

function startMouse() {
  const { network } = holderOf;
  network.on("click", (click) => {
    const id = hit(click);
    if (id === null) closePanel();
    else choose(id);
  });
}

function start() {
  startLanguages();
  startTheme();
  arrange();
  holderOf.holder = document.getElementById("drawing");
  startSlider();
  showLinked();
  holderOf.network = startDrawing(holderOf.holder);
  holderOf.holder.network = holderOf.network;
  fitCamera();
  restoreCamera();
  startCamera();
  startSearch();
  startFilters();
  startMenus();
  startTravel();
  startJumps();
  startKeyboard();
  startTables();
  startDownloads();
  startMouse();
  document.getElementById("panel-close").addEventListener("click", closePanel);
  languageListeners.push(showFiltered);
  themeListeners.push(redraw, saveLink);
  addEventListener("hashchange", () => {
    const text = location.hash.slice(1);
    if (text === lastLink) return;
    if (text.includes("=")) showLinked();
    else if (!text) startOver();
  });
  if (state.selected) openPanel(state.selected);
  holderOf.network.once("afterDrawing", told);
  holderOf.network.redraw();
}

// The moment at which the reader sees the drawing, for those who measure it: after the next paint.
function told() {
  requestAnimationFrame(() => setTimeout(() => {
    performance.mark("kg-drawn");
    document.documentElement.dataset.drawn = "yes";
  }));
}

start();
