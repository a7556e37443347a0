// The side panel: the statements behind the chosen box or line, in the reader's language.
const panel = document.getElementById("panel");
let cameFrom = null;

function statementsOf(id) {
  const edge = edgeById.get(id);
  if (edge) return edge.kind === "stance" ? edge.statements : statementsOf(edge.from);
  return stanceEdges
    .filter((e) => passes(e) && (e.from === id || e.to === id || representedBy(e, id)))
    .flatMap((e) => e.statements);
}

// A body stands for what its officials say in its name, too.
const representedBy = (edge, id) => nodeById.get(id).kind === "body" && edge.bodies.includes(id);

function fillPanel() {
  const id = state.selected;
  const node = nodeById.get(id);
  const edge = edgeById.get(id);
  const chosen = node ?? nodeById.get(edge.to);
  document.getElementById("panel-title").textContent = textOf(chosen.text);
  const what = element("p", "what", uiText(node ? node.kind : edge.kind === "stance" ? "edge" : "represents"));
  if (chosen.issue !== null && textOf(chosen.issue)) {
    what.append(` · ${uiText("issue")}: `, element("bdi", "", textOf(chosen.issue)));
  }
  const list = statementsOf(id).map((index) => statementArticle(VIEW.statements[index], chosen));
  const body = document.getElementById("panel-body");
  body.replaceChildren(what, ...(list.length ? list : [element("p", "", uiText("nothing"))]));
}

function statementArticle(statement, chosen) {
  const article = element("article", "statement", stanceLine(statement, chosen));
  if (statement.quote) article.append(element("blockquote", "", statement.quote));
  article.append(facts(statement));
  return article;
}

function stanceLine(statement, chosen) {
  const other = nodeById.get(chosen.kind === "proposition" ? statement.holder : statement.proposition);
  const words = element("span", "", element("bdi", "", textOf(statement.stance)), ": ", element("bdi", "", textOf(other.text)));
  return element("p", "stance", signDrawing(statement), words);
}

function facts(statement) {
  const list = element("dl", "");
  const fact = (key, value) => {
    if (value) list.append(element("dt", "", uiText(key)), element("dd", "", element("bdi", "", value)));
  };
  fact("holder", textOf(nodeById.get(statement.holder).text));
  fact("body", statement.body === null ? "" : textOf(statement.body));
  fact("basis", textOf(statement.basis));
  fact(statement.reported ? "reported_by" : "speaker", statement.speaker || uiText("minutes"));
  fact("condition", statement.condition === null ? "" : textOf(statement.condition));
  fact("meeting", textOf(statement.meeting));
  fact("item", statement.item);
  fact("place", placeText(statement.place));
  fact("position", statement.position);
  return list;
}

function placeText([paragraph, start, end]) {
  if (start === null || end === null) return "";
  return uiText("place_text", { p: paragraph ?? "–", s: start, e: end });
}

const SVG = "http://www.w3.org/2000/svg";

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const discs = (reported) =>
  reported
    ? [drawn("circle", { class: "ring", r: 9 }), drawn("circle", { r: 5.5 })]
    : [drawn("circle", { r: 8 })];

function signDrawing(statement) {
  const names = ["sign", { support: "support", oppose: "oppose" }[statement.pole] ?? "undecided"];
  if (statement.qualified) names.push("hollow");
  if (statement.reported) names.push("reported");
  const glyph = {
    support: () => drawn("path", { d: "M-4 0H4M0 -4V4" }),
    oppose: () => drawn("path", { d: "M-4 0H4" }),
  }[statement.pole] ?? (() => drawn("text", { y: 4, "text-anchor": "middle" }, "?"));
  return drawn("svg", { class: names.join(" "), viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" }, ...discs(statement.reported), glyph());
}

function showPanel(open) {
  panel.hidden = !open;
  document.documentElement.classList.toggle("panel-open", open);
}

function openPanel(id, network, holder) {
  if (panel.hidden) cameFrom = document.activeElement;
  state.selected = id;
  showPanel(true);
  fillPanel();
  redraw();
  document.getElementById("panel-body").scrollTop = 0;
  document.getElementById("panel-title").focus({ preventScroll: true });
  const node = nodeById.get(id) ?? nodeById.get(edgeById.get(id).to);
  reveal(network, holder, node);
}

function closePanel() {
  state.selected = null;
  if (!panel.hidden) {
    showPanel(false);
    cameFrom?.focus({ preventScroll: true });
  }
  redraw();
}
