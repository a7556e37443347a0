// The side panel: the ties of a node, strongest first, or one tie with its ends.
const panel = document.getElementById("panel");
let cameFrom = null;

const name = (id) => textOf(nodeById.get(id).text);
const otherEnd = (tie, id) => (tie.from === id ? tie.to : tie.from);

function fact(list, key, value) {
  list.append(element("dt", "", uiText(key)), element("dd", "", element("bdi", "", value)));
}

function tieArticle(tie, heading) {
  const list = element("dl", "");
  fact(list, "tie_weight", `${tie.weight} (${textOf(tie.meaning)})`);
  return element("article", "statement", element("p", "stance", element("bdi", "", heading)), list);
}

function fillPanel() {
  const id = state.selected;
  const tie = tieById.get(id);
  const title = tie ? `${name(tie.from)} – ${name(tie.to)}` : name(id);
  document.getElementById("panel-title").textContent = title;
  document.getElementById("panel-body").replaceChildren(...(tie ? [tieArticle(tie, uiText("tie"))] : nodeArticles(id)));
}

function nodeArticles(id) {
  const what = element("p", "what", element("bdi", "", textOf(nodeById.get(id).kind)));
  const ties = tiesOf(id).sort((a, b) => b.strength - a.strength);
  if (!ties.length) return [what, element("p", "", uiText("no_ties"))];
  return [what, ...ties.map((tie) => tieArticle(tie, name(otherEnd(tie, id))))];
}

function openPanel(id) {
  if (panel.hidden) cameFrom = document.activeElement;
  state.selected = id;
  panel.hidden = false;
  document.documentElement.classList.add("panel-open");
  fillPanel();
  redraw();
  document.getElementById("panel-title").focus({ preventScroll: true });
}

function closePanel() {
  state.selected = null;
  if (!panel.hidden) {
    panel.hidden = true;
    document.documentElement.classList.remove("panel-open");
    cameFrom?.focus({ preventScroll: true });
  }
  redraw();
}
