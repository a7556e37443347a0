// The side panel: what the chosen box or line is, what it hangs together with, and the statements behind it.
const panel = document.getElementById("panel");
const AT_ONCE = 40;
let cameFrom = null;

const shownStatements = (places) => places.filter((place) => passed.statements[place]);

// A body stands for what its officials say in its name, too.
function statementsOf(node, seen = new Set()) {
  const found = new Set(node.statements ?? NONE);
  seen.add(node);
  for (const edge of node.edges) {
    for (const place of (edge.cases ?? NONE).flat(2)) if (edge.style === "stance" || speaksFor(node, place)) found.add(place);
    if (edge.follows && edge.b === node && !seen.has(edge.a)) for (const place of statementsOf(edge.a, seen)) found.add(place);
  }
  return shownStatements([...found]).sort((a, b) => a - b);
}

const speaksFor = (node, place) => VIEW.statements[place].ends.includes(node.place);

function fillPanel() {
  const id = state.selected;
  const [title, parts] = clusterById.has(id) ? aboutCluster(clusterById.get(id))
    : edgeById.has(id) ? aboutEdge(edgeById.get(id)) : aboutNode(nodeById.get(id));
  document.getElementById("panel-title").textContent = title;
  document.getElementById("panel-body").replaceChildren(...parts.flat().filter(Boolean));
}

function aboutNode(node) {
  const what = element("p", "what", element("bdi", "", kindOf(node)));
  if (node.issue !== undefined && textOf(node.issue)) what.append(` · ${uiText("issue")}: `, element("bdi", "", textOf(node.issue)));
  const statements = statementsOf(node);
  const ties = node.edges.filter((edge) => passed.edgeSet.has(edge) && edge.style !== "stance");
  const silent = !statements.length && !ties.length && !node.facts;
  return [nameOf(node), [
    what,
    insideOf(node),
    factList(node.facts ?? NONE),
    tieList(ties, node),
    statements.length ? heading(uiText("statements", { n: statements.length })) : null,
    inPortions(statements, (place) => statementArticle(place)),
    silent ? element("p", "", uiText("nothing")) : null,
  ]];
}

// The communities around a node, so that they can be closed again.
function insideOf(node) {
  const path = node.path.flatMap((cluster, place) => [place ? " › " : "", chooser(cluster.id, nameOf(cluster))]);
  return path.length ? element("p", "what", ...path) : null;
}

function aboutEdge(edge) {
  const what = element("p", "what", element("bdi", "", tieOf(edge)));
  if (VIEW.weighted) what.append(` · ${uiText("tie_weight")}: ${weightText(edge)}`);
  const title = edge.style === "stance" ? nameOf(edge.b) : `${nameOf(edge.a)} – ${nameOf(edge.b)}`;
  return [title, [what, endButtons(edge), factList(edge.facts ?? NONE), caseParts(edge)]];
}

const weightText = (edge) => {
  const weight = passed.weight.get(edge) ?? edge.base;
  return Number.isInteger(weight) ? String(weight) : Number(weight.toPrecision(3)).toString();
};

const endButtons = (edge) => element("ul", "ties", ...[edge.a, edge.b].map((node) => element("li", "", chooser(node.id, nameOf(node)))));

// What two say of one proposition stands together, under the proposition.
function caseParts(edge) {
  const cases = edge.cases ? casesOf(edge) : NONE;
  if (cases.every((sides) => sides.length === 1)) {
    return inPortions(shownStatements(cases.flat(2)), (place) => statementArticle(place));
  }
  return inPortions(cases, (sides) => {
    const places = shownStatements(sides.flat());
    const about = textOf(VIEW.statements[places[0]].proposition);
    return element("section", "case", heading(about), ...places.map((place) => statementArticle(place)));
  });
}

const heading = (text) => element("h3", "", element("bdi", "", text));

function chooser(id, text) {
  const button = element("button", "link", element("bdi", "", text));
  button.type = "button";
  button.addEventListener("click", () => choose(id));
  return button;
}

// Ties by what they say, the heaviest first.
function tieList(ties, node) {
  const sorted = [...ties].sort((a, b) => Math.abs(passed.weight.get(b)) - Math.abs(passed.weight.get(a)));
  if (!sorted.length) return null;
  const list = element("ul", "ties", ...inPortions(sorted, (edge) => tieItem(edge, node), "li"));
  return [heading(uiText("ties", { n: sorted.length })), list];
}

function tieItem(edge, node) {
  const other = otherEnd(edge, node);
  const words = edge.a === node ? ["→ ", tieOf(edge), ": "] : ["← ", tieOf(edge), ": "];
  if (edge.open) words[0] = "– ";
  const item = element("li", "", element("span", "what", ...words), chooser(other.id, nameOf(other)));
  if (VIEW.weighted || edge.cases) item.append(" ", chooser(edge.id, VIEW.weighted ? uiText("weight_of", { w: weightText(edge) }) : uiText("why")));
  return item;
}

// Long lists come in portions, so that a panel opens at once whatever hangs on a node.
function inPortions(rows, make, wrap = "div") {
  const made = rows.slice(0, AT_ONCE).map(make);
  if (rows.length > AT_ONCE) {
    const button = element("button", "link", uiText("more", { n: rows.length - AT_ONCE }));
    button.type = "button";
    const place = element(wrap, "", button);
    button.addEventListener("click", () => place.replaceWith(...inPortions(rows.slice(AT_ONCE), make, wrap)));
    made.push(place);
  }
  return made;
}

function aboutCluster(cluster) {
  const inside = cluster.children.length ? cluster.children : cluster.members.filter((node) => passed.nodes.has(node)).sort((a, b) => b.edges.length - a.edges.length);
  const open = isOpen(cluster);
  const button = element("button", "", uiText(open ? "close_community" : "open_community"));
  button.type = "button";
  button.addEventListener("click", () => (open ? closeCluster(cluster) : openCluster(cluster)));
  const list = element("ul", "ties", ...inPortions(inside, (one) => element("li", "", chooser(one.id, nameOf(one))), "li"));
  return [textOf(cluster.text), [element("p", "what", uiText("community", { n: cluster.size })), element("p", "", button), list]];
}

function openCluster(cluster) {
  for (const one of cluster.path) state.open.add(one.id);
  computeDrawn();
  openPanel(cluster.id);
  fitTo(cluster);
  tellShown();
}

function closeCluster(cluster) {
  const inside = (one) => one.path.includes(cluster);
  for (const one of CLUSTERS) if (inside(one)) state.open.delete(one.id);
  computeDrawn();
  openPanel(cluster.id);
  tellShown();
}

function statementArticle(place) {
  const statement = VIEW.statements[place];
  const article = element("article", "statement", stanceLine(statement));
  if (statement.quote) article.append(quoted(statement));
  article.append(factsOf(statement));
  return article;
}

// A phrase of the document is in the document's language, whatever that of the page.
function quoted(statement) {
  const quote = element("blockquote", "", statement.quote);
  if (statement.language) quote.lang = statement.language;
  return quote;
}

function stanceLine(statement) {
  const words = element("span", "", element("bdi", "", textOf(statement.holder)), " — ", element("bdi", "", textOf(statement.stance)), ": ", element("bdi", "", textOf(statement.proposition)));
  return element("p", "stance", signDrawing(statement), words);
}

function fact(list, name, value) {
  if (value) list.append(element("dt", "", element("bdi", "", name)), element("dd", "", element("bdi", "", value)));
}

function factList(facts) {
  const list = element("dl", "facts");
  for (const [name, value] of facts) fact(list, textOf(name), textOf(value));
  return list.children.length ? list : null;
}

function factsOf(statement) {
  const list = element("dl", "");
  const tell = (key, value) => fact(list, uiText(key), value);
  const text = (index) => (index === undefined ? "" : textOf(index));
  tell("body", text(statement.body));
  tell("basis", text(statement.basis));
  tell(statement.reported ? "reported_by" : "speaker", statement.speaker ?? uiText("minutes"));
  tell("condition", text(statement.condition));
  tell("issue", text(statement.issue));
  tell("meeting", text(statement.meeting));
  tell("date", statement.date);
  tell("item", statement.item);
  tell("place", placeText(statement.place));
  if (statement.proposed) tell("status", text(statement.status));
  if (statement.superseded) tell("superseded", uiText("superseded_later"));
  tell("position", statement.position);
  return list;
}

const placeText = (place) => (place ? uiText("place_text", { p: place[0] ?? "–", s: place[1], e: place[2] }) : "");

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
  const pole = statement.pole in GLYPH ? statement.pole : "undecided";
  const names = ["sign", pole];
  if (statement.qualified) names.push("hollow");
  if (statement.reported) names.push("reported");
  const glyph = {
    support: () => drawn("path", { d: "M-4 0H4M0 -4V4" }),
    oppose: () => drawn("path", { d: "M-4 0H4" }),
    undecided: () => drawn("text", { y: 4, "text-anchor": "middle" }, "?"),
  }[pole];
  return drawn("svg", { class: names.join(" "), viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" }, ...discs(statement.reported), glyph());
}

// The tools make room for the panel, and may need more lines: the drawing stays where the reader looks.
function showPanel(open) {
  const top = () => holderOf.holder.getBoundingClientRect().top;
  const before = top();
  panel.hidden = !open;
  document.documentElement.classList.toggle("panel-open", open);
  scrollBy(0, top() - before);
}

function openPanel(id) {
  if (panel.hidden) cameFrom = document.activeElement;
  state.selected = id;
  showPanel(true);
  fillPanel();
  redraw();
  panel.scrollTop = 0;
  document.getElementById("panel-title").focus({ preventScroll: true });
  saveLink();
}

function closePanel() {
  state.selected = null;
  if (!panel.hidden) {
    showPanel(false);
    const back = cameFrom?.checkVisibility() && cameFrom !== document.body ? cameFrom : holderOf.holder;
    back.focus({ preventScroll: true });
  }
  redraw();
  saveLink();
}

// Choose a thing from anywhere: bring it into view, open its communities, and say what it is.
function choose(id) {
  const cluster = clusterById.get(id);
  if (cluster) {
    if (!isOpen(cluster)) openCluster(cluster);
    else openPanel(id);
    return;
  }
  const edge = edgeById.get(id);
  const node = nodeById.get(id) ?? edge.b;
  bringIntoView(edge ? [edge.a, edge.b, edge] : [node]);
  openPanel(id);
  reveal(node);
}

function bringIntoView(things) {
  const inside = things.flatMap((thing) => thing.path ?? NONE);
  const closed = inside.some((cluster) => !state.open.has(cluster.id));
  for (const cluster of inside) state.open.add(cluster.id);
  const away = things.find((thing) => !inLayer(thing));
  if (away) setLayer(away.layers[0]);
  else if (closed) {
    computeDrawn();
    redraw();
    tellShown();
    fitTo(inside.at(-1));
  }
}
