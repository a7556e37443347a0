// What is painted under and over the drawing: zones, opened communities, signs, labels that find room.
const LABEL = { size: 12, wide: 24, gap: 3 };
const CAPTION = 14;
const LETTER = 6.5;
const MOST_TOLD = 14;

const bandsInView = () => {
  const zones = new Set([...passed.nodes].map((node) => node.zone));
  return VIEW.bands.filter((band) => inLayer(band) && (zones.has(band.name) || band.always));
};

function paintBefore(context) {
  for (const band of bandsInView()) paintBand(context, band);
  for (const cluster of CLUSTERS) if (isOpen(cluster)) paintOpen(context, cluster);
}

const isOpen = (cluster) => cluster.path.every((one) => state.open.has(one.id));

function paintBand(context, band) {
  context.fillStyle = shade("zone");
  context.strokeStyle = shade("zone-edge");
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(band.x - band.w / 2, band.y - band.h / 2, band.w, band.h - 4, 8);
  context.fill();
  context.stroke();
  context.font = `bold ${CAPTION}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = shade("soft");
  context.fillText(fitted(textOf(band.text), band.w - 10, 1, context.font), band.x, band.y - band.h / 2 + 17);
}

function paintOpen(context, cluster) {
  context.beginPath();
  context.arc(cluster.x, cluster.y, cluster.r, 0, 2 * Math.PI);
  context.fillStyle = shade("zone");
  context.fill();
  context.strokeStyle = shade("accent");
  context.setLineDash([6, 5]);
  context.stroke();
  context.setLineDash([]);
}

function paintAfter(context) {
  const near = focus();
  for (const node of passed.nodes) {
    if (!passed.drawn.has(node.id)) continue;
    context.globalAlpha = near === null || near.nodes.has(node.id) ? 1 : 0.6;
    for (const [sign, x, y] of placedSigns(node)) paintSign(context, sign, x, y);
  }
  context.globalAlpha = 1;
  paintLabels(context, near);
  paintTold(context, near);
}

// The labels of dots, signs and communities, the weightiest first; one that finds no room is left
// out, and comes when the reader looks nearer. They keep their size on the screen.
function paintLabels(context, near) {
  const scale = context.getTransform().a / devicePixelRatio;
  const taken = [];
  for (const label of labelsInOrder(near, scale)) {
    const box = labelBox(label, scale);
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    paintLabel(context, label, box, scale);
  }
}

function labelsInOrder(near, scale) {
  const first = (id) => (id === state.selected ? 2 : near?.nodes.has(id) ? 1 : 0);
  return [...passed.drawn].flatMap((id) => labelOf(id, scale)).sort((a, b) => first(b.id) - first(a.id) || b.weight - a.weight);
}

function labelOf(id, scale) {
  const cluster = clusterById.get(id);
  if (cluster) return [{ id, text: textOf(cluster.text), x: cluster.x, y: cluster.y, below: 0, weight: 1e6 + cluster.size, wide: Math.max(LABEL.wide, Math.floor((2 * cluster.r * scale) / LETTER)) }];
  const node = nodeById.get(id);
  if (node.shape === "box") return NONE;
  return [{ id, text: textOf(node.text), x: node.x, y: node.y, below: node.h / 2, weight: node.edges.length, wide: LABEL.wide }];
}

const cutLabel = (text, wide) => (text.length > wide ? `${[...text.slice(0, wide * 2)].slice(0, wide - 1).join("")}…` : text);

function labelBox({ text, x, y, below, wide }, scale) {
  pen.font = `${LABEL.size}px ${FONT}`;
  const shown = cutLabel(text, wide);
  const [w, h] = [pen.measureText(shown).width / scale, LABEL.size / scale];
  const top = below ? y + below + LABEL.gap / scale : y - h / 2;
  return { shown, x: x - w / 2, y: top, w, h };
}

const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

function paintLabel(context, { id }, box, scale) {
  context.font = `${id === state.selected ? "bold " : ""}${LABEL.size / scale}px ${FONT}`;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.lineWidth = 4 / scale;
  context.lineJoin = "round";
  context.strokeStyle = shade("paper");
  context.strokeText(box.shown, box.x, box.y);
  context.fillStyle = shade("ink");
  context.fillText(box.shown, box.x, box.y);
}

// What the lines of the chosen node say, where these are few.
function paintTold(context, near) {
  if (near === null || near.edges.size > MOST_TOLD) return;
  for (const id of near.edges) {
    const edge = edgeById.get(id);
    const line = holderOf.network?.body.edges[id];
    if (!edge || !line?.connected || edge.style === "stance") continue;
    const { x, y } = line.edgeType.getPoint(0.5);
    const text = tieOf(edge);
    context.font = `italic 11px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.strokeStyle = shade("paper");
    context.strokeText(text, x, y);
    context.fillStyle = shade("ink");
    context.fillText(text, x, y);
  }
}
