// What the reader sees: filters, scope, search and selection. Drawing and tables follow from it.
const VIEW = PAGE.view;
const nodeById = new Map(VIEW.nodes.map((node) => [node.id, node]));
const edgeById = new Map(VIEW.edges.map((edge) => [edge.id, edge]));
const stanceEdges = VIEW.edges.filter((edge) => edge.kind === "stance");

const state = {
  scope: "pair",
  off: { bodies: new Set(), stances: new Set(), bases: new Set() },
  query: "",
  selected: null,
};

const passes = (edge) =>
  !state.off.stances.has(edge.stance) &&
  !state.off.bases.has(edge.basis) &&
  edge.bodies.some((body) => !state.off.bodies.has(body));

const inScope = (node) => state.scope === "all" || node.zone !== "others";

const edgeShown = (edge) =>
  inScope(nodeById.get(edge.from)) && inScope(nodeById.get(edge.to)) && passes(edge);

// The nodes and edges in view; a body stays while one of its officials does.
function shown() {
  const edges = new Set(stanceEdges.filter(edgeShown).map((edge) => edge.id));
  const nodes = new Set(VIEW.pair);
  for (const id of edges) {
    nodes.add(edgeById.get(id).from);
    nodes.add(edgeById.get(id).to);
  }
  for (const edge of VIEW.edges) {
    if (edge.kind === "represents" && nodes.has(edge.from) && inScope(nodeById.get(edge.to))) {
      nodes.add(edge.to);
      edges.add(edge.id);
    }
  }
  return { nodes, edges };
}

// The selected node or edge with what hangs on it, or null: then nothing is set back.
function focus() {
  if (!state.selected) return null;
  const edge = edgeById.get(state.selected);
  if (edge) return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  const touching = VIEW.edges.filter((e) => e.from === state.selected || e.to === state.selected);
  return {
    nodes: new Set([state.selected, ...touching.flatMap((e) => [e.from, e.to])]),
    edges: new Set(touching.map((e) => e.id)),
  };
}

const folded = (text) => text.toLocaleLowerCase(language);

function matches() {
  const query = folded(state.query.trim());
  if (!query) return [];
  return VIEW.nodes.filter((node) => folded(textOf(node.text)).includes(query));
}
