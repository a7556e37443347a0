// Colours and signs on the canvas. A colour never says anything alone: a glyph, a dash or a shape does, too.
const colours = new Map();
themeListeners.push(() => colours.clear());

function shade(name) {
  if (!colours.has(name)) colours.set(name, colour(name));
  return colours.get(name);
}

const TONE = { __proto__: null, support: "support", oppose: "oppose", undecided: "undecided", both: "accent", plain: "line" };
const toneColour = (tone) => shade(TONE[tone] ?? "line");
const GLYPH = { __proto__: null, support: "+", oppose: "−" };
const stanceColour = (pole) => shade(pole in GLYPH ? pole : "undecided");
const SIGN = 8;

function paintSign(context, { pole, qualified, reported }, x, y, size = SIGN) {
  const ink = stanceColour(pole);
  const paper = shade("box");
  const disc = (radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  };
  disc(size);
  context.fillStyle = paper;
  context.fill();
  disc(reported ? size - 2.5 : size);
  context.fillStyle = qualified ? paper : ink;
  context.fill();
  disc(size);
  context.lineWidth = 1.6;
  context.strokeStyle = ink;
  context.setLineDash(reported ? [3.1, 2.5] : []);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = qualified ? ink : paper;
  context.font = `bold ${size * 1.75}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(GLYPH[pole] ?? "?", x, y + 1);
}

// The signs at the sides of a proposition: one for each stance that reaches it there.
function signsOf(node) {
  const sides = new Map();
  for (const edge of node.edges) {
    if (edge.b !== node || edge.style !== "stance" || !passed.edgeSet.has(edge)) continue;
    const side = edge.side ?? (edge.a.x <= node.x ? "left" : "right");
    const signs = sides.get(side) ?? [];
    const pole = edge.tone === "support" || edge.tone === "oppose" ? edge.tone : "";
    const qualified = Boolean(edge.thin);
    const twin = signs.find((sign) => sign.pole === pole && sign.qualified === qualified);
    if (twin) twin.reported &&= Boolean(edge.dashed);
    else signs.push({ pole, qualified, reported: Boolean(edge.dashed) });
    sides.set(side, signs);
  }
  return sides;
}

function signPlace(node, side, index, count) {
  const step = Math.min(2 * SIGN + 2, (node.h - 4) / count);
  const inward = node.w / 2 - SIGN - 5;
  return [node.x + (side === "left" ? -inward : inward), node.y + (index - (count - 1) / 2) * step];
}

// Each sign of a node with its place; a node that is a sign has itself.
function* placedSigns(node) {
  if (node.mark) {
    const [pole, qualified, reported] = node.mark;
    yield [{ pole, qualified, reported }, node.x, node.y];
  } else if (node.shape === "box") {
    for (const [side, signs] of signsOf(node)) {
      for (const [index, sign] of signs.entries()) yield [sign, ...signPlace(node, side, index, signs.length)];
    }
  }
}
