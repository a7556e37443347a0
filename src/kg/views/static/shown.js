// What is in view: filters first, then layers, then what hangs together, then closed communities.
const MOST_TIES = 1500;
const MOST_OPEN = 2000;

const passed = { statements: [], nodes: new Set(), edges: [], weight: new Map(), drawn: new Set(), ties: [], left: 0 };

function inDates(dates) {
  if (!state.since && !state.until) return true;
  return dates.some((date) => date !== "none" && (!state.since || date >= state.since) && (!state.until || date <= state.until));
}

// A filter that a thing does not know lets it pass; one for which it has no value, only while it is open.
function passesFacets(facets) {
  for (const facet in facets) {
    const values = facets[facet];
    if (facet === "date") {
      if (!inDates(values)) return false;
      continue;
    }
    const off = state.off[facet];
    if (values.length ? values.every((value) => off.has(value)) : restricted(facet)) return false;
  }
  return true;
}

const inLayer = (thing) => !thing.layers?.length || thing.layers.includes(state.layer);
const holds = (side) => side.some((place) => passed.statements[place]);
const casesOf = (edge) => edge.cases.filter((sides) => sides.every(holds));

function isCandidate(node) {
  return inLayer(node) && !state.off.kind.has(node.kindToken) && (!node.facets || passesFacets(node.facets))
    && (!node.statements || node.always || holds(node.statements));
}

function weightNow(edge) {
  if (!inLayer(edge) || (edge.facets && !passesFacets(edge.facets))) return 0;
  if (!edge.cases) return edge.base;
  return VIEW.weighted || edge.cases.length === 1 ? casesOf(edge).length : edge.cases.some((sides) => sides.every(holds)) ? edge.base : 0;
}

function computeEdges(candidates) {
  const edges = [];
  passed.weight.clear();
  for (const edge of VIEW.edges) {
    if (!candidates.has(edge.a) || !candidates.has(edge.b)) continue;
    const weight = weightNow(edge);
    if (weight === 0 || Math.abs(weight) < (state.least ?? 0)) continue;
    passed.weight.set(edge, weight);
    edges.push(edge);
  }
  return edges;
}

// A node stays by itself, by its statements, or by an edge; an edge that follows brings its target along.
function compute() {
  passed.statements = VIEW.statements.map((one) => passesFacets(one.facets));
  const candidates = new Set(NODES.filter(isCandidate));
  const edges = computeEdges(candidates);
  const alive = new Set([...candidates].filter((node) => node.always || node.statements || !node.edges.length));
  for (const edge of edges) if (!edge.follows) alive.add(edge.a).add(edge.b);
  for (const edge of edges) if (edge.follows && alive.has(edge.a)) alive.add(edge.b);
  passed.nodes = alive;
  passed.edges = edges.filter((edge) => alive.has(edge.a) && alive.has(edge.b));
  passed.edgeSet = new Set(passed.edges);
  computeDrawn();
}

// What stands for a node: itself, or the outermost closed community around it.
const standIn = (thing) => thing.path.find((cluster) => !state.open.has(cluster.id)) ?? thing;

// With more nodes open than a drawing bears, the communities that were opened first are closed again.
function computeDrawn() {
  while (state.open.size > 1 && openNodes() > MOST_OPEN) state.open.delete(state.open.values().next().value);
  passed.drawn = new Set([...passed.nodes].map((node) => standIn(node).id));
  const all = CLUSTERS.length ? bundled() : passed.edges;
  passed.ties = all.length > MOST_TIES && CLUSTERS.length ? strongest(all) : all;
  passed.left = all.length - passed.ties.length;
}

const openNodes = () => [...passed.nodes].filter((node) => node.path.length && standIn(node) === node).length;

const strongest = (ties) => ties.sort((a, b) => tieWeight(b) - tieWeight(a)).slice(0, MOST_TIES);
const tieWeight = (tie) => tie.count ?? Math.abs(passed.weight.get(tie));

const bundleById = new Map();

// Edges with an end inside a closed community become one tie, with their number.
function bundled() {
  bundleById.clear();
  const ties = [];
  const bundles = new Map();
  for (const edge of passed.edges) {
    const [from, to] = [standIn(edge.a), standIn(edge.b)];
    if (from === edge.a && to === edge.b) ties.push(edge);
    else if (from !== to) {
      const key = from.id < to.id ? `${from.id} ${to.id}` : `${to.id} ${from.id}`;
      const bundle = bundles.get(key) ?? { id: `b${key}`, ends: key.split(" "), count: 0, tone: "plain" };
      bundle.count += 1;
      bundles.set(key, bundle);
    }
  }
  const kept = backbone([...bundles.values()]);
  for (const bundle of kept) bundleById.set(bundle.id, bundle);
  return [...ties, ...kept];
}

// Between whole communities only the ties of the backbone, where the page knows it.
function backbone(bundles) {
  if (!VIEW.backbone) return bundles;
  const kept = new Set(VIEW.backbone.map(([a, b]) => (`c${a}` < `c${b}` ? `c${a} c${b}` : `c${b} c${a}`)));
  const top = (id) => clusterById.get(id)?.parent === null;
  return bundles.filter(({ ends }) => !ends.every(top) || kept.has(ends.join(" ")));
}

// The selected thing with what hangs on it, or null where it is not drawn: then nothing is set back.
function focus() {
  const id = state.selected;
  if (id === null) return null;
  const edge = edgeById.get(id);
  if (edge) return passed.edgeSet.has(edge) ? { nodes: new Set([standIn(edge.a).id, standIn(edge.b).id]), edges: new Set([id]) } : null;
  const shown = clusterById.has(id) ? id : standIn(nodeById.get(id)).id;
  return passed.drawn.has(shown) ? touching(shown) : null;
}

function touching(id) {
  const near = passed.ties.filter((tie) => endsOf(tie).includes(id));
  return { nodes: new Set([id, ...near.flatMap(endsOf)]), edges: new Set(near.map((tie) => tie.id)) };
}

const endsOf = (tie) => tie.ends ?? [tie.a.id, tie.b.id];
const folded = (text) => text.toLocaleLowerCase(language);

function matches() {
  const query = folded(state.query.trim());
  if (!query) return NONE;
  return NODES.filter((node) => inLayer(node) && (folded(nameOf(node)).includes(query) || folded(textOf(node.text)).includes(query)));
}
