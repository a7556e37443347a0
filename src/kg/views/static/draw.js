// The drawing: vis-network shows boxes and lines; zones and stance signs are painted around them.
const STYLE = {
  body: { fill: "body", edge: "body", ink: "body-ink", size: 16, bold: true, lines: 2, radius: 3 },
  person: { fill: "person", edge: "person-edge", ink: "ink", size: 13, lines: 2, radius: 20 },
  group: { fill: "box", edge: "person-edge", ink: "ink", size: 13, lines: 2, radius: 8, dashes: [5, 4] },
  unnamed: { fill: "box", edge: "person-edge", ink: "ink", size: 13, lines: 2, radius: 8, dashes: [5, 4] },
  proposition: { fill: "box", edge: "box-edge", ink: "ink", size: 13, lines: 3, radius: 5 },
};
const ARROW = { support: "arrow", oppose: "bar", "": "circle" };
const MARGIN = 5;
const SIGN = 8;
const SIGN_ROOM = 22;
const FAINT = 0.13;

const stanceColour = (pole) => colour(pole || "undecided");

function nodeLook(node, visible, near, found) {
  const style = STYLE[node.kind];
  const font = `${style.bold ? "bold " : ""}${style.size}px ${FONT}`;
  const room = node.w - 2 * MARGIN - (node.kind === "proposition" ? 2 * SIGN_ROOM : 6);
  const lines = Math.min(style.lines, Math.floor((node.h - 8) / (style.size * 1.15)));
  const faint = near !== null && !near.nodes.has(node.id);
  const marked = found.has(node.id) || node.id === state.selected;
  return {
    id: node.id,
    hidden: !visible.nodes.has(node.id),
    label: fitted(textOf(node.text), room, lines, font),
    opacity: faint ? 0.4 : 1,
    borderWidth: marked ? 4 : 1.4,
    color: { background: found.has(node.id) ? colour("mark") : colour(style.fill), border: colour(marked ? "accent" : style.edge) },
    font: { face: FONT, size: style.size, color: found.has(node.id) ? colour("ink") : colour(faint ? (style.bold ? "ink" : "soft") : style.ink), ...(style.bold && { mod: "bold" }) },
  };
}

function nodeFrame(node) {
  const style = STYLE[node.kind];
  return {
    x: node.x,
    y: node.y,
    shape: "box",
    fixed: true,
    chosen: false,
    margin: MARGIN,
    widthConstraint: { minimum: node.w - 2 * MARGIN },
    heightConstraint: { minimum: node.h - 2 * MARGIN, valign: "middle" },
    shapeProperties: { borderRadius: style.radius, borderDashes: style.dashes ?? false },
  };
}

function edgeLook(edge, visible, near) {
  const faint = near !== null && !near.edges.has(edge.id);
  const chosen = edge.id === state.selected;
  const plain = edge.kind === "represents";
  const shade = plain ? colour("box-edge") : stanceColour(edge.pole);
  return {
    id: edge.id,
    hidden: !visible.edges.has(edge.id),
    width: plain ? 1 : (edge.qualified ? 1.5 : 2.2) + (chosen ? 2 : 0),
    color: { color: shade, highlight: shade, hover: shade, opacity: faint ? FAINT : 0.85 },
  };
}

// A stance runs between two points of its own at the sides of its boxes; what it represents, it
// runs to between the boxes themselves.
function edgeFrame(edge) {
  if (edge.kind === "represents") return { from: edge.from, to: edge.to, chosen: false, smooth: false };
  return {
    from: `${edge.id}a`,
    to: `${edge.id}b`,
    chosen: false,
    dashes: edge.basis === "reported" ? [7, 5] : false,
    arrows: { to: { enabled: true, type: ARROW[edge.pole] ?? "circle", scaleFactor: 0.55 } },
    smooth: course(edge),
  };
}

// From the bodies below to the lanes above, lines swing round the boxes of the middle.
function course(edge) {
  const below = (id) => nodeById.get(id).zone === "others";
  if (below(edge.from) === below(edge.to)) {
    return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
  }
  return { enabled: true, type: edge.side === "left" ? "curvedCW" : "curvedCCW", roundness: 0.08 };
}

function ports(edge) {
  const [x1, y1, x2, y2] = edge.line;
  const port = { shape: "dot", size: 0.5, fixed: true, opacity: 0, chosen: false };
  return [{ ...port, id: `${edge.id}a`, x: x1, y: y1 }, { ...port, id: `${edge.id}b`, x: x2, y: y2 }];
}

// A click may hit the end of a line, which vis-network takes for a node.
function hit({ nodes, edges }) {
  const [id] = [...nodes, ...edges];
  if (id === undefined || nodeById.has(id) || edgeById.has(id)) return id ?? null;
  return id.slice(0, -1);
}

const nodeData = new vis.DataSet();
const edgeData = new vis.DataSet();
let inView = { nodes: new Set(), edges: new Set() };

function startDrawing(holder) {
  const network = new vis.Network(holder, { nodes: nodeData, edges: edgeData }, {
    autoResize: false,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, zoomView: false, dragNodes: false, selectConnectedEdges: false, keyboard: false },
  });
  nodeData.add(VIEW.nodes.map((node) => ({ id: node.id, ...nodeFrame(node) })));
  nodeData.add(stanceEdges.flatMap(ports));
  edgeData.add(VIEW.edges.map((edge) => ({ id: edge.id, ...edgeFrame(edge) })));
  network.on("beforeDrawing", paintZones);
  network.on("afterDrawing", paintSigns);
  return network;
}

function redraw() {
  inView = shown();
  const near = focus();
  const found = new Set(matches().map((node) => node.id));
  nodeData.update(VIEW.nodes.map((node) => nodeLook(node, inView, near, found)));
  edgeData.update(VIEW.edges.map((edge) => edgeLook(edge, inView, near)));
}

function paintZones(context) {
  const used = new Set([...inView.nodes].map((id) => nodeById.get(id).zone));
  for (const zone of VIEW.zones) {
    if (!used.has(zone.name)) continue;
    context.fillStyle = colour("zone");
    context.strokeStyle = colour("zone-edge");
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(zone.x - zone.w / 2, zone.y - zone.h / 2, zone.w, zone.h - 4, 8);
    context.fill();
    context.stroke();
    context.font = `bold 14px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colour("soft");
    const caption = fitted(textOf(zone.text), zone.w - 10, 1, context.font);
    context.fillText(caption, zone.x, zone.y - zone.h / 2 + 17);
  }
}

// Signs stand inside a proposition's box, at the side that looks towards the holder.
function paintSigns(context) {
  const near = focus();
  for (const node of VIEW.nodes) {
    if (node.kind !== "proposition" || !inView.nodes.has(node.id)) continue;
    context.globalAlpha = near === null || near.nodes.has(node.id) ? 1 : 0.35;
    for (const [side, signs] of signsOf(node)) signs.forEach((sign, index) => {
      paintSign(context, sign, ...signPlace(node, side, index, signs.length));
    });
  }
  context.globalAlpha = 1;
}

function signsOf(node) {
  const sides = new Map();
  for (const edge of stanceEdges) {
    if (edge.to !== node.id || !inView.edges.has(edge.id)) continue;
    const signs = sides.get(edge.side) ?? [];
    const same = signs.find((s) => s.pole === edge.pole && s.qualified === edge.qualified);
    if (same) same.reported &&= edge.basis === "reported";
    else signs.push({ pole: edge.pole, qualified: edge.qualified, reported: edge.basis === "reported" });
    sides.set(edge.side, signs);
  }
  return sides;
}

function signPlace(node, side, index, count) {
  const step = Math.min(2 * SIGN + 2, (node.h - 4) / count);
  const along = (index - (count - 1) / 2) * step;
  const inward = node.w / 2 - SIGN - 5;
  return [node.x + (side === "left" ? -inward : inward), node.y + along];
}

function paintSign(context, sign, x, y) {
  const shade = stanceColour(sign.pole);
  const paper = colour("box");
  const disc = (radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  };
  disc(SIGN);
  context.fillStyle = paper;
  context.fill();
  disc(sign.reported ? SIGN - 2.5 : SIGN);
  context.fillStyle = sign.qualified ? paper : shade;
  context.fill();
  disc(SIGN);
  context.lineWidth = 1.6;
  context.strokeStyle = shade;
  context.setLineDash(sign.reported ? [3.1, 2.5] : []);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = sign.qualified ? shade : paper;
  context.font = `bold 14px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText({ support: "+", oppose: "−" }[sign.pole] ?? "?", x, y + 1);
}
