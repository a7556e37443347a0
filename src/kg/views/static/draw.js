// The drawing: vis-network shows nodes and lines; zones, signs and free labels are painted around them.
const plainBox = { fill: "box", edge: "box-edge", ink: "ink", size: 13, lines: 3, radius: 5 };
const STYLE = {
  body: { fill: "body", edge: "body", ink: "body-ink", size: 16, bold: true, lines: 2, radius: 3 },
  workingBody: { fill: "body", edge: "body", ink: "body-ink", size: 13, bold: true, lines: 3, radius: 3 },
  meeting: { fill: "body", edge: "accent", ink: "body-ink", size: 13, bold: true, lines: 3, radius: 10 },
  person: { fill: "person", edge: "person-edge", ink: "ink", size: 13, lines: 2, radius: 20 },
  group: { ...plainBox, edge: "person-edge", lines: 2, radius: 8, dashes: [5, 4] },
  unnamed: { ...plainBox, edge: "person-edge", lines: 2, radius: 8, dashes: [5, 4] },
  issue: { ...plainBox, fill: "tint", edge: "accent", bold: true, radius: 3 },
  argument: { ...plainBox, fill: "wash", radius: 14 },
  item: { ...plainBox, fill: "wash", bold: true, radius: 0 },
  record: { ...plainBox, fill: "wash", dashes: [5, 4] },
  decision: { ...plainBox, fill: "mark", edge: "ink", radius: 0 },
  action: { ...plainBox, fill: "mark", edge: "ink", radius: 12 },
  project: { ...plainBox, fill: "tint", edge: "accent", bold: true, radius: 8 },
  programme: { ...plainBox, fill: "tint", edge: "accent", bold: true, radius: 0 },
  statute: { ...plainBox, edge: "accent", radius: 0 },
  event: { ...plainBox, fill: "wash", radius: 16 },
  document: { ...plainBox, fill: "wash", radius: 0 },
};
// Dots have no text in them: their colours tell the families apart; the panel and the tables say the kind.
const FAMILY = { talk: ["item", "speech", "record", "claim", "report", "decision", "action"], claim: ["issue", "proposition", "argument"], reform: ["project", "programme", "measure", "statute", "study", "recommendation", "event", "document"] };
const familyOf = (style) => Object.keys(FAMILY).find((family) => FAMILY[family].includes(style));
const dotFill = (node) => node.colour || shade(familyOf(node.style) ?? styleOf(node).fill);
const ARROW = { support: "arrow", oppose: "bar", undecided: "circle" };
const MARGIN = 5;
const SIGN_ROOM = 22;
const FAINT = 0.3;
const TIE = { least: 1.2, growth: 6 };

// A drawing that is seen from afar has thicker lines, so that they can be seen at all.
let grain = 1;

const styleOf = (node) => STYLE[node.style] ?? plainBox;
const fontOf = (style) => `${style.bold ? "bold " : ""}${style.size}px ${FONT}`;
const mostWeight = VIEW.edges.reduce((most, edge) => Math.max(most, Math.abs(edge.base)), 1);
const evenWeights = VIEW.edges.every((edge) => Math.abs(edge.base) === Math.abs(VIEW.edges[0].base));

function boxLabel(node) {
  const style = styleOf(node);
  const signs = node.style === "proposition" && node.edges.some((edge) => edge.style === "stance");
  const room = node.w - 2 * MARGIN - (signs ? 2 * SIGN_ROOM : 6);
  const lines = Math.max(1, Math.min(Math.max(style.lines, 4), Math.floor((node.h - 6) / (style.size * 1.15))));
  return fitted(textOf(node.text), room, lines, fontOf(style));
}

function placeOf(node) {
  [node.x, node.y] = state.moved.get(node.id) ?? node.home;
}

function boxLook(node, { faint, marked, found }) {
  const style = styleOf(node);
  return {
    shape: "box",
    label: boxLabel(node),
    margin: MARGIN,
    widthConstraint: { minimum: node.w - 2 * MARGIN },
    heightConstraint: { minimum: node.h - 2 * MARGIN, valign: "middle" },
    shapeProperties: { borderRadius: style.radius, borderDashes: style.dashes ?? false },
    color: { background: found ? shade("mark") : node.colour || shade(style.fill), border: shade(marked ? "accent" : style.edge) },
    font: { face: FONT, size: style.size, color: shade(found ? "ink" : faint ? (style.fill === "body" ? "ink" : "soft") : style.ink), ...(style.bold && { mod: "bold" }) },
  };
}

// Dots and squares have their labels painted where there is room; a sign is painted whole.
function dotLook(node, { marked, found }) {
  const style = styleOf(node);
  return {
    shape: node.shape === "square" ? "square" : "dot",
    size: node.w / 2,
    color: { background: found ? shade("mark") : dotFill(node), border: shade(marked ? "accent" : style.edge === "body" ? "body" : "person-edge") },
    shapeProperties: { borderDashes: style.dashes ?? false },
  };
}

function nodeLook(node, near, found) {
  placeOf(node);
  const how = {
    faint: near !== null && !near.nodes.has(node.id),
    marked: found.has(node.id) || node.id === state.selected,
    found: found.has(node.id),
  };
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    chosen: false,
    opacity: node.shape === "sign" ? 0 : how.faint ? 0.6 : 1,
    borderWidth: how.marked ? 4 : 1.4,
    ...(node.shape === "box" ? boxLook(node, how) : dotLook(node, how)),
  };
}

function clusterLook(cluster, near, found) {
  const faint = near !== null && !near.nodes.has(cluster.id);
  return {
    id: cluster.id,
    x: cluster.x,
    y: cluster.y,
    chosen: false,
    fixed: true,
    shape: "dot",
    size: cluster.r,
    opacity: faint ? 0.4 : 1,
    borderWidth: cluster.id === state.selected ? 5 : 2,
    color: { background: shade(found.has(cluster.id) ? "mark" : "tint"), border: shade("accent") },
  };
}

// What a line says is in its dashes, too: reports are dashed, disagreement is dotted, both is mixed.
function dashesOf(edge) {
  if (edge.style === "stance") return edge.dashed ? [7, 5] : false;
  if (edge.tone === "oppose") return edge.dashed ? [2, 7] : [3, 4];
  if (edge.tone === "both") return [9, 4, 2, 4];
  return edge.dashed ? [9, 6] : false;
}

function widthOf(edge) {
  if (VIEW.weighted) return evenWeights ? 2.4 : TIE.least + (TIE.growth * Math.abs(passed.weight.get(edge) ?? edge.base)) / mostWeight;
  if (edge.style === "stance") return edge.thin ? 1.5 : 2.2;
  if (edge.style === "waitsFor") return 2.6;
  return edge.thin || edge.follows ? 1 : 1.5;
}

function arrowsOf(edge) {
  if (edge.open || edge.follows) return "";
  return { to: { enabled: true, type: edge.style === "stance" ? ARROW[edge.tone] ?? "circle" : "arrow", scaleFactor: 0.55 } };
}

function edgeLook(edge, near) {
  const ink = toneColour(edge.tone);
  const faint = near !== null && !near.edges.has(edge.id);
  return {
    id: edge.id,
    from: edge.line ? `${edge.id}a` : edge.a.id,
    to: edge.line ? `${edge.id}b` : edge.b.id,
    chosen: false,
    width: (widthOf(edge) + (edge.id === state.selected ? 2 : 0)) * grain,
    dashes: dashesOf(edge),
    arrows: arrowsOf(edge),
    smooth: courseOf(edge),
    color: { color: ink, highlight: ink, hover: ink, opacity: faint ? FAINT : 0.85 },
  };
}

function bundleLook(bundle, near) {
  const ink = shade("line");
  const faint = near !== null && !near.edges.has(bundle.id);
  const width = Math.min(6, 0.5 + 0.7 * Math.log2(bundle.count + 1)) * grain;
  return { id: bundle.id, from: bundle.ends[0], to: bundle.ends[1], chosen: false, smooth: false, width, color: { color: ink, highlight: ink, hover: ink, opacity: faint ? FAINT : 0.85 } };
}

// Lines of the same two ends swing apart. From the bodies below to the lanes above, lines go round the
// boxes of the middle; between boxes they leave and arrive squarely; between dots they are straight.
function courseOf(edge) {
  if (edge.line) {
    const [x1, y1, x2, y2] = edge.line;
    if (x1 === x2) return { enabled: true, type: (edge.side === "left") === y1 < y2 ? "curvedCCW" : "curvedCW", roundness: Math.min(0.2, 40 / Math.abs(y1 - y2)) };
    const below = (node) => node.zone === "others";
    if (below(edge.a) !== below(edge.b)) return { enabled: true, type: edge.side === "left" ? "curvedCW" : "curvedCCW", roundness: 0.08 };
    return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
  }
  const [nth, of] = parallel(edge);
  if (of > 1) {
    const bend = (nth - (of - 1) / 2) * 0.24 * (edge.a.place < edge.b.place ? 1 : -1);
    return bend === 0 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
  }
  if (edge.a.shape !== "box" || edge.b.shape !== "box") return false;
  const across = Math.abs(edge.a.x - edge.b.x) > (edge.a.w + edge.b.w) / 2;
  return { enabled: true, type: "cubicBezier", forceDirection: across ? "horizontal" : "vertical", roundness: 0.45 };
}

function parallel(edge) {
  if (edge.nth === undefined) {
    const twins = edge.a.edges.filter((one) => !one.line && otherEnd(one, edge.a) === edge.b);
    twins.forEach((one, nth) => Object.assign(one, { nth, twins: twins.length }));
  }
  return [edge.nth ?? 0, edge.twins ?? 1];
}

// A line may start and end at points of its own at the sides of its boxes; they move with the boxes.
function portsOf(edge) {
  const [x1, y1, x2, y2] = edge.line;
  const port = { shape: "dot", size: 0.5, fixed: true, opacity: 0, chosen: false };
  const at = (node, x, y) => ({ x: x + node.x - node.home[0], y: y + node.y - node.home[1] });
  return [{ ...port, id: `${edge.id}a`, ...at(edge.a, x1, y1) }, { ...port, id: `${edge.id}b`, ...at(edge.b, x2, y2) }];
}

const nodeData = new vis.DataSet();
const edgeData = new vis.DataSet();

// A click may hit the end of a line, which vis-network takes for a node.
function hit({ nodes, edges }) {
  const [id] = [...nodes, ...edges];
  if (id === undefined || known(id)) return id ?? null;
  // A tie between communities stands for many: it opens the first of its ends that is closed.
  if (bundleById.has(id)) return bundleById.get(id).ends.find((end) => clusterById.has(end));
  return edgeById.has(id.slice(0, -1)) ? id.slice(0, -1) : null;
}

function startDrawing(holder) {
  redraw();
  const network = new vis.Network(holder, { nodes: nodeData, edges: edgeData }, {
    autoResize: false,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { zoomView: false, dragNodes: true, selectConnectedEdges: false, keyboard: false },
  });
  network.on("beforeDrawing", paintBefore);
  network.on("afterDrawing", paintAfter);
  network.on("dragging", ({ nodes }) => moveAlong(network, nodes[0]));
  network.on("dragEnd", ({ nodes }) => keepMoved(network, nodes[0]));
  return network;
}

function moveAlong(network, id) {
  const node = nodeById.get(id);
  if (!node) return;
  const at = network.getPosition(id);
  [node.x, node.y] = [at.x, at.y];
  for (const edge of node.edges) {
    if (!edge.line || !passed.edgeSet.has(edge)) continue;
    for (const port of portsOf(edge)) network.moveNode(port.id, port.x, port.y);
  }
}

function keepMoved(network, id) {
  const node = nodeById.get(id);
  if (!node) return;
  moveAlong(network, id);
  state.moved.set(id, [node.x, node.y]);
  redraw();
  saveLink();
}

function redraw() {
  const near = focus();
  const found = new Set(matches().map((node) => standIn(node).id));
  const things = [...passed.drawn].map((id) => (nodeById.has(id) ? nodeLook(nodeById.get(id), near, found) : clusterLook(clusterById.get(id), near, found)));
  const ports = passed.ties.filter((tie) => tie.line).flatMap(portsOf);
  const lines = passed.ties.map((tie) => (tie.ends ? bundleLook(tie, near) : edgeLook(tie, near)));
  put(edgeData, lines);
  put(nodeData, [...things, ...ports]);
}

function put(data, rows) {
  const ids = new Set(rows.map((row) => row.id));
  const gone = data.getIds().filter((id) => !ids.has(id));
  if (gone.length) data.remove(gone);
  if (rows.length) data.update(rows);
}
