// What the reader has chosen, and how it stands in the page's address: a link shows the same again.
const FACETS = ["kind", "body", "issue", "stance", "basis", "status"];
const dateBounds = { since: "", until: "" };
const usualOff = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
const offered = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
for (const box of document.querySelectorAll("[data-filter] input")) {
  const facet = box.closest("[data-filter]").dataset.filter;
  offered[facet].add(box.value);
  if (!box.hasAttribute("checked")) usualOff[facet].add(box.value);
}

const state = {};
const linkListeners = [];
let camera = "";

function resetState() {
  Object.assign(state, {
    layer: 0,
    off: Object.fromEntries(FACETS.map((facet) => [facet, new Set(usualOff[facet])])),
    ...dateBounds,
    query: "",
    selected: null,
    least: null,
    open: new Set(),
    moved: new Map(),
  });
  camera = "";
}
resetState();

const same = (one, other) => one.size === other.size && [...one].every((value) => other.has(value));
const restricted = (facet) => !same(state.off[facet], usualOff[facet]);

function movedText() {
  return [...state.moved].map(([id, [x, y]]) => `${id}:${Math.round(x)}:${Math.round(y)}`).join(",");
}

function linkText() {
  const link = new URLSearchParams();
  const put = (key, value) => value && link.set(key, value);
  put("lang", language === PAGE.language ? "" : language);
  put("theme", document.documentElement.dataset.theme);
  put("layer", state.layer || "");
  for (const facet of FACETS) if (restricted(facet)) link.set(`off-${facet}`, [...state.off[facet]].join(","));
  put("since", state.since);
  put("until", state.until);
  put("q", state.query.trim());
  put("sel", state.selected);
  if (state.least !== usualLeast()) link.set("least", String(state.least ?? 0));
  put("open", [...state.open].join(","));
  put("moved", movedText());
  put("at", camera);
  return link.toString();
}

let lastLink = location.hash.slice(1);

// A jump within the page takes its address; what the reader chooses then takes it back.
function saveLink() {
  const text = linkText();
  if ((text === lastLink && location.hash === `#${text}`) || (!text && !lastLink.includes("="))) return;
  lastLink = text;
  try {
    history.replaceState(null, "", `#${text}`);
  } catch {
    // A page inside another may not change its address; everything else works.
  }
}

function readMoved(text) {
  for (const [, id, x, y] of text.matchAll(/(\w+):(-?\d{1,6}):(-?\d{1,6})(?=,|$)/g)) {
    if (nodeById.has(id)) state.moved.set(id, [Number(x), Number(y)]);
  }
}

function readOff(facet, text) {
  state.off[facet] = new Set(text.split(",").filter((value) => offered[facet].has(value)));
}

// A day that the page offers; any other would hide everything, and no control would say so.
function readDate(name, text) {
  const select = document.querySelector(`[data-date="${name}"]`);
  if (select && [...select.options].some((option) => option.value === text)) state[name] = text;
}

function readLeast(text) {
  const least = Number(text);
  if (text !== "" && Number.isFinite(least) && least >= 0 && document.getElementById("least")) state.least = Math.min(least, mostWeight);
}

const known = (id) => nodeById.has(id) || edgeById.has(id) || clusterById.has(id);

// What a link says that this page does not know is left aside.
function readLink() {
  const text = location.hash.slice(1);
  if (!text.includes("=")) return false;
  const link = new URLSearchParams(text);
  const get = (key) => link.get(key) ?? "";
  resetState();
  state.layer = VIEW.layers[Number(get("layer"))] === undefined ? 0 : Number(get("layer"));
  for (const facet of FACETS) {
    if (link.has(`off-${facet}`)) readOff(facet, get(`off-${facet}`));
  }
  readDate("since", get("since"));
  readDate("until", get("until"));
  state.query = get("q");
  state.selected = known(get("sel")) ? get("sel") : null;
  readLeast(get("least"));
  state.open = new Set(get("open").split(",").filter((id) => clusterById.has(id)));
  readMoved(get("moved"));
  camera = /^-?\d{1,6},-?\d{1,6},\d+(\.\d+)?$/.test(get("at")) ? get("at") : "";
  if (LANGUAGES.includes(get("lang"))) setLanguage(get("lang"));
  if (["light", "dark"].includes(get("theme"))) setTheme(get("theme"));
  lastLink = text;
  return true;
}
