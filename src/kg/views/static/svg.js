// The drawing as SVG: what is in view, with its title, legend and source, from the same places.
const PAD = 24;
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "�");
const number = (value) => String(Math.round(value * 100) / 100);

function tag(name, attributes, inside = "") {
  const told = Object.entries(attributes).filter(([, value]) => value !== "" && value !== undefined && value !== null)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? number(value) : String(value))}"`);
  return `<${name}${told.join("")}>${inside}</${name}>`;
}

const words = (text, x, y, more = {}) => tag("text", { x, y, "font-family": FONT, "font-size": 13, fill: shade("ink"), "dominant-baseline": "central", "text-anchor": "middle", ...more }, escaped(text));

function svgBand(band) {
  const caption = fitted(textOf(band.text), band.w - 10, 1, `bold ${CAPTION}px ${FONT}`);
  return tag("rect", { x: band.x - band.w / 2, y: band.y - band.h / 2, width: band.w, height: band.h - 4, rx: 8, fill: shade("zone"), stroke: shade("zone-edge") })
    + words(caption, band.x, band.y - band.h / 2 + 17, { "font-weight": "bold", "font-size": CAPTION, fill: shade("soft") });
}

function svgBox(node) {
  const style = styleOf(node);
  const lines = boxLabel(node).split("\n");
  const first = node.y - ((lines.length - 1) * style.size * 1.15) / 2;
  return tag("rect", { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: Math.min(style.radius, node.h / 2), fill: node.colour || shade(style.fill), stroke: shade(style.edge), "stroke-width": 1.4, "stroke-dasharray": style.dashes?.join(" ") })
    + lines.map((line, place) => words(line, node.x, first + place * style.size * 1.15, { "font-size": style.size, fill: shade(style.ink), "font-weight": style.bold ? "bold" : "" })).join("");
}

function svgDot(node) {
  const look = { fill: dotFill(node), stroke: shade("person-edge"), "stroke-width": 1.4 };
  const half = node.w / 2;
  const shape = node.shape === "sign" ? "" : node.shape === "square"
    ? tag("rect", { x: node.x - half, y: node.y - half, width: node.w, height: node.w, ...look })
    : tag("circle", { cx: node.x, cy: node.y, r: half, ...look });
  return shape + words(cutLabel(textOf(node.text), LABEL.wide), node.x, node.y + node.h / 2 + 9, { "font-size": LABEL.size, "paint-order": "stroke", stroke: shade("paper"), "stroke-width": 3 });
}

function svgSign({ pole, qualified, reported }, x, y) {
  const ink = stanceColour(pole);
  const fill = qualified ? shade("box") : ink;
  return tag("circle", { cx: x, cy: y, r: SIGN, fill: reported ? shade("box") : fill, stroke: ink, "stroke-width": 1.6, "stroke-dasharray": reported ? "3.1 2.5" : "" })
    + (reported ? tag("circle", { cx: x, cy: y, r: SIGN - 2.5, fill }) : "")
    + words(GLYPH[pole] ?? "?", x, y, { "font-size": 14, "font-weight": "bold", fill: qualified ? ink : shade("box") });
}

const svgCluster = (cluster) => tag("circle", { cx: cluster.x, cy: cluster.y, r: cluster.r, fill: shade("tint"), stroke: shade("accent"), "stroke-width": 2 })
  + words(textOf(cluster.text), cluster.x, cluster.y, { "font-size": Math.max(12, cluster.r / 8) });

// A line follows the course that the drawing gives it, in forty steps.
const STEPS = 40;

function svgLine(tie) {
  const line = holderOf.network.body.edges[tie.id];
  if (!line?.connected) return "";
  const points = Array.from({ length: STEPS + 1 }, (_, step) => line.edgeType.getPoint(step / STEPS)).map((at) => [at.x, at.y]);
  const clear = tie.ends ? points : trimmed(tie, points);
  if (clear.length < 2) return "";
  const ink = tie.ends ? shade("line") : toneColour(tie.tone);
  const dashes = tie.ends ? false : dashesOf(tie);
  const path = clear.map(([x, y], place) => `${place ? "L" : "M"}${number(x)} ${number(y)}`).join("");
  return tag("path", { d: path, fill: "none", stroke: ink, "stroke-width": line.options.width, "stroke-dasharray": dashes ? dashes.join(" ") : "", "stroke-opacity": 0.85 }) + (tie.ends ? "" : svgTip(tie, clear, ink));
}

const inside = (node, [x, y]) => (node.shape === "box" ? Math.abs(x - node.x) < node.w / 2 && Math.abs(y - node.y) < node.h / 2 : Math.hypot(x - node.x, y - node.y) < node.w / 2);
const trimmed = (edge, points) => (edge.line ? points : points.filter((point) => !inside(edge.a, point) && !inside(edge.b, point)));

function svgTip(edge, points, ink) {
  if (edge.open || edge.follows) return "";
  const [[x1, y1], [x2, y2]] = points.slice(-2);
  const turn = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const shape = edge.style !== "stance" || edge.tone === "support" ? tag("path", { d: "M0 0L-10 -4V4Z", fill: ink })
    : edge.tone === "oppose" ? tag("path", { d: "M0 -6V6", stroke: ink, "stroke-width": 2.4 }) : tag("circle", { cx: -4, r: 4, fill: ink });
  return tag("g", { transform: `translate(${number(x2)} ${number(y2)}) rotate(${number(turn)})` }, shape);
}

// The legend of the page, line by line under the drawing.
function svgLegend(x, y, width) {
  const items = [...document.querySelectorAll(".legend li")].map((item) => [item.querySelector("svg"), shortTitle(cellText(item))]);
  let [left, top] = [0, 0];
  const parts = items.map(([mark, text]) => {
    pen.font = `13px ${FONT}`;
    const room = 70 + pen.measureText(text).width;
    if (left + room > width && left) [left, top] = [0, top + 24];
    const part = svgMark(mark, x + left, y + top) + words(text, x + left + 56, y + top, { "text-anchor": "start" });
    left += room;
    return part;
  });
  return [parts.join(""), top + 24];
}

function svgMark(mark, x, y) {
  if (!mark) return "";
  const parts = [...mark.querySelectorAll("*")].filter((part) => part instanceof SVGGeometryElement || part instanceof SVGTextContentElement).map((part) => {
    const style = getComputedStyle(part);
    const own = Object.fromEntries([...part.attributes].filter(({ name }) => name !== "class").map(({ name, value }) => [name, value]));
    const look = { fill: style.fill, stroke: style.stroke, "stroke-width": style.strokeWidth, "stroke-dasharray": style.strokeDasharray === "none" ? "" : style.strokeDasharray };
    return tag(part.tagName, { ...own, ...look }, escaped(part.textContent));
  });
  const [left, top, wide, high] = mark.getAttribute("viewBox").split(" ").map(Number);
  return tag("g", { transform: `translate(${number(x - left + 48 - wide)} ${number(y - top - high / 2)})` }, parts.join(""));
}

// The whole drawing as the text of an SVG file; it names no font file, no script and no address to fetch.
function drawingAsSvg() {
  const area = wholeArea();
  const width = Math.max(area.right - area.left, 640) + 2 * PAD;
  const [legend, tall] = svgLegend(area.left, area.bottom + 40, width - 2 * PAD);
  const sources = [textOf(VIEW.title), ...VIEW.sources.map(textOf), `${uiText("licence")}: ${textOf(VIEW.licence)}`];
  const notes = sources.slice(1).map((text, place) => words(fitted(text, width - 2 * PAD, 1, `12px ${FONT}`), area.left, area.bottom + 52 + tall + place * 18, { "text-anchor": "start", "font-size": 12, fill: shade("soft") })).join("");
  const top = area.top - 56;
  const height = area.bottom + 60 + tall + sources.length * 18 - top;
  const things = drawnThings();
  const body = tag("rect", { x: area.left - PAD, y: top, width, height, fill: shade("paper") })
    + words(fitted(sources[0], width - 2 * PAD, 1, `bold 20px ${FONT}`), area.left, area.top - 28, { "text-anchor": "start", "font-size": 20, "font-weight": "bold" })
    + bandsInView().map(svgBand).join("") + passed.ties.map(svgLine).join("")
    + things.map((thing) => (thing.r !== undefined ? svgCluster(thing) : thing.shape === "box" ? svgBox(thing) : svgDot(thing))).join("")
    + things.filter((thing) => thing.r === undefined).flatMap((node) => [...placedSigns(node)].map(([sign, x, y]) => svgSign(sign, x, y))).join("")
    + legend + notes;
  return tag("svg", { xmlns: SVG, viewBox: [area.left - PAD, top, width, height].map(number).join(" "), width, height, role: "img", "aria-label": sources[0] }, tag("title", {}, escaped(sources[0])) + body);
}
