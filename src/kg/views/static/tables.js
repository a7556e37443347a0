// The tables: they follow the filters, sort by any column, and can be copied.
const tables = [...document.querySelectorAll("table.sortable")];

// What a cell or a line of the legend says in words: the signs beside them say it a second time.
function cellText(cell) {
  const copy = cell.cloneNode(true);
  for (const sign of copy.querySelectorAll("svg")) sign.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function filterTables() {
  for (const row of document.querySelectorAll("tr[data-statement]")) row.hidden = !passed.statements[Number(row.dataset.statement)];
  for (const row of document.querySelectorAll("tr[data-edge]")) row.hidden = !passed.edgeSet.has(VIEW.edges[Number(row.dataset.edge)]);
  for (const row of document.querySelectorAll("tr[data-thing]")) row.hidden = !passed.nodes.has(nodeById.get(row.dataset.thing));
}

// Numbers as numbers, everything else in the order of the language.
function compared(one, other) {
  const numbers = [one, other].map((text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN));
  return numbers.some(Number.isNaN) ? one.localeCompare(other, language) : numbers[0] - numbers[1];
}

function sortBy(table, column, heads) {
  const up = heads[column].getAttribute("aria-sort") !== "ascending";
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => [sortKey(row.cells[column]), row]);
  keyed.sort(([a], [b]) => (up ? compared(a, b) : compared(b, a)));
  body.append(...keyed.map(([, row]) => row));
}

const sortKey = (cell) => cell.dataset.sort ?? cellText(cell);

function startSorting(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.classList.contains("js-only")) return;
    const button = element("button", "sort", ...head.childNodes);
    button.type = "button";
    button.addEventListener("click", () => sortBy(table, column, heads));
    head.append(button);
  });
}

// Each row leads to what is behind it.
function addDetails(table) {
  const head = element("th", "js-only", element("span", "visually-hidden", uiText("details")));
  table.tHead.rows[0].append(head);
  for (const row of table.tBodies[0].rows) {
    const button = element("button", "link", "→");
    button.type = "button";
    button.addEventListener("click", () => choose(behind(row)));
    row.append(element("td", "js-only", button));
  }
  nameDetails(table);
}

function nameDetails(table) {
  table.tHead.querySelector("th.js-only span").textContent = uiText("details");
  for (const button of table.querySelectorAll("td.js-only button")) {
    button.setAttribute("aria-label", `${uiText("details")}: ${cellText(button.closest("tr").cells[0])}`);
  }
}

const cellsOf = (row) => [...row.cells].filter((cell) => !cell.classList.contains("js-only")).map(cellText);

async function copyTable(table) {
  const rows = [table.tHead.rows[0], ...[...table.tBodies[0].rows].filter((row) => !row.hidden)];
  const copied = await copyText(rows.map((row) => cellsOf(row).map(harmless).join("\t")).join("\n"));
  if (copied) say(uiText("copied_rows", { n: rows.length - 1 }));
}

// The clipboard where the browser gives it; else the old way, over a field of text. A page inside another
// may not ask for the first. Tells whether it was copied.
async function copyText(text) {
  if (location.protocol === "about:") return copyBySelection(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const back = document.activeElement;
  const field = element("textarea", "visually-hidden", text);
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  back?.focus({ preventScroll: true });
  return copied;
}

function startTables() {
  for (const table of tables) {
    startSorting(table);
    addDetails(table);
  }
  languageListeners.push(() => tables.forEach(nameDetails));
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copyTable(document.getElementById(button.dataset.copy)));
  }
  for (const button of document.querySelectorAll("button[data-choose]")) {
    button.addEventListener("click", () => choose(button.dataset.choose));
  }
  // On paper everything stands open.
  let closed = NONE;
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not(.menu):not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
}

// Rows name edges by their place, and statements by the first line or box that rests on them.
function behind(row) {
  if (row.dataset.thing !== undefined) return row.dataset.thing;
  if (row.dataset.edge !== undefined) return VIEW.edges[Number(row.dataset.edge)].id;
  const place = Number(row.dataset.statement);
  const rests = (edge) => edge.cases?.some((sides) => sides.some((side) => side.includes(place)));
  const edge = VIEW.edges.find((one) => inLayer(one) && rests(one)) ?? VIEW.edges.find(rests);
  return edge?.id ?? NODES.find((node) => node.statements?.includes(place)).id;
}
