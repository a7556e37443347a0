// The drawing of a network: nodes where they were put, ties by weight and by what they say.
const VIEW = PAGE.view;
const nodeById = new Map(VIEW.nodes.map((node) => [node.id, node]));
const tieById = new Map(VIEW.ties.map((tie) => [tie.id, tie]));
const TONES = { support: "support", oppose: "oppose", both: "accent", neutral: "undecided" };
const DASHES = { support: false, oppose: [8, 6], both: [2, 4], neutral: false };
const LABEL = { size: 14, width: 138, lines: 2 };
const FAINT = 0.1;

const state = { least: 0, query: "", selected: null };
const leastWeight = () => (VIEW.steps.length ? VIEW.steps[state.least][0] : 0);
const tieShown = (tie) => tie.strength >= leastWeight();
const tiesOf = (id) => VIEW.ties.filter((tie) => tie.from === id || tie.to === id);
const folded = (text) => text.toLocaleLowerCase(language);

function matches() {
  const query = folded(state.query.trim());
  return new Set(query ? VIEW.nodes.filter((n) => folded(textOf(n.text)).includes(query)).map((n) => n.id) : []);
}

// The selected node or tie with what hangs on it, or null: then nothing is set back.
function focus() {
  if (state.selected === null) return null;
  const tie = tieById.get(state.selected);
  const near = tie ? [tie] : tiesOf(state.selected).filter(tieShown);
  const ends = near.flatMap((one) => [one.from, one.to]);
  return { nodes: new Set(tie ? ends : [state.selected, ...ends]), ties: new Set(near.map((one) => one.id)) };
}

function nodeLook(node, near, found) {
  const marked = found.has(node.id) || node.id === state.selected;
  const faint = near !== null && !near.nodes.has(node.id);
  const fill = node.colour ?? colour(node.row ? "body" : "person");
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    shape: node.row ? "dot" : "square",
    size: node.size,
    fixed: true,
    chosen: false,
    opacity: faint ? 0.35 : 1,
    borderWidth: marked ? 4 : 1.5,
    color: { background: found.has(node.id) ? colour("mark") : fill, border: colour(marked ? "accent" : "person-edge") },
    label: fitted(textOf(node.text), LABEL.width, LABEL.lines, `${LABEL.size}px ${FONT}`),
    font: { face: FONT, size: LABEL.size, color: colour(faint ? "soft" : "ink"), strokeWidth: 4, strokeColor: colour("paper"), vadjust: -2 },
  };
}

function tieLook(tie, near) {
  const faint = near !== null && !near.ties.has(tie.id);
  const shade = colour(TONES[tie.tone]);
  return {
    id: tie.id,
    from: tie.from,
    to: tie.to,
    hidden: !tieShown(tie),
    width: tie.width + (tie.id === state.selected ? 2 : 0),
    dashes: DASHES[tie.tone],
    chosen: false,
    smooth: false,
    color: { color: shade, highlight: shade, hover: shade, opacity: faint ? FAINT : 0.75 },
  };
}

const nodeData = new vis.DataSet();
const tieData = new vis.DataSet();

function redraw() {
  const near = focus();
  const found = matches();
  nodeData.update(VIEW.nodes.map((node) => nodeLook(node, near, found)));
  tieData.update(VIEW.ties.map((tie) => tieLook(tie, near)));
}

function startDrawing(holder) {
  redraw();
  return new vis.Network(holder, { nodes: nodeData, edges: tieData }, {
    autoResize: false,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { zoomView: false, dragNodes: false, selectConnectedEdges: false, keyboard: false },
  });
}

// The whole drawing at the width of the page, and no higher than the window bears.
const EDGE = 90;

function fitCamera(network, holder) {
  const span = (axis) => {
    const all = VIEW.nodes.map((node) => node[axis]);
    return all.length ? Math.max(...all) - Math.min(...all) : 0;
  };
  const width = holder.clientWidth;
  const [wide, high] = [span("x") + 2 * EDGE, span("y") + 2 * EDGE];
  const most = Math.max(320, innerHeight * 0.8);
  const scale = Math.min(1.3, width / wide, most / high);
  network.setSize("100%", `${Math.round(Math.max(320, Math.min(most, high * scale)))}px`);
  network.redraw();
  network.moveTo({ position: { x: 0, y: 10 }, scale });
}

function zoomBy(network, factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)) });
}
