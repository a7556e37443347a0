// The view as the page holds it: nodes, edges and communities by id, with what hangs together.
const VIEW = PAGE.view;
const NODES = VIEW.nodes;
const NONE = [];

NODES.forEach((node, place) => Object.assign(node, {
  place,
  style: VIEW.kinds[node.kind][1],
  kindToken: VIEW.kinds[node.kind][2],
  shape: node.shape ?? "box",
  colour: /^#[0-9A-Fa-f]{6}$/.test(node.colour) ? node.colour : "",
  home: [node.x, node.y],
  edges: [],
}));
const nodeById = new Map(NODES.map((node) => [node.id, node]));

// An edge is told by its ends and its kind, so that a link to it still holds when the page is made again.
const edgeCount = new Map();
for (const edge of VIEW.edges) {
  edge.a = NODES[edge.from];
  edge.b = NODES[edge.to];
  edge.style = VIEW.ties[edge.kind][1];
  edge.tone ??= "plain";
  edge.base = edge.cases ? edge.cases.length : edge.weight ?? 1;
  const ends = `${edge.a.id}-${edge.b.id}-${VIEW.ties[edge.kind][2]}`;
  const nth = edgeCount.get(ends) ?? 0;
  edgeCount.set(ends, nth + 1);
  edge.id = `${ends}-${nth}`;
  edge.a.edges.push(edge);
  if (edge.a !== edge.b) edge.b.edges.push(edge);
}
const edgeById = new Map(VIEW.edges.map((edge) => [edge.id, edge]));

const CLUSTERS = VIEW.clusters;
CLUSTERS.forEach((cluster, place) => Object.assign(cluster, {
  id: `c${place}`, place, members: [], children: [], home: [cluster.x, cluster.y],
}));
const clusterById = new Map(CLUSTERS.map((cluster) => [cluster.id, cluster]));
for (const cluster of CLUSTERS) if (cluster.parent !== null) CLUSTERS[cluster.parent].children.push(cluster);
for (const node of NODES) if (node.cluster !== undefined) CLUSTERS[node.cluster].members.push(node);

// The communities around a node or a community, from the outermost inwards.
function around(thing) {
  const path = [];
  let place = thing.parent === undefined ? thing.cluster : thing.place;
  for (; place !== undefined && place !== null; place = CLUSTERS[place].parent) path.unshift(CLUSTERS[place]);
  return path;
}
for (const node of NODES) node.path = CLUSTERS.length ? around(node) : NONE;
for (const cluster of CLUSTERS) cluster.path = around(cluster);

const nameOf = (thing) => textOf(thing.name ?? thing.text);
const kindOf = (node) => textOf(VIEW.kinds[node.kind][0]);
const tieOf = (edge) => textOf(VIEW.ties[edge.kind][0]);
const otherEnd = (edge, node) => (edge.a === node ? edge.b : edge.a);
