// Downloads: the drawing as PNG and SVG, the statements, ties and things in view as CSV; and the link.
const MOST_PIXELS = 60_000_000;
const MOST_ALONG = 32_000;

function download(name, blob) {
  const link = element("a", "");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const fileName = (what) => `apro-${VIEW.name}${what}`;

function saveSvg() {
  download(fileName(".svg"), new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${drawingAsSvg()}\n`], { type: "image/svg+xml" }));
}

// The picture is the SVG, drawn at twice its size, or as large as a canvas can be.
async function savePng() {
  const svg = drawingAsSvg();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (image.width * image.height)), MOST_ALONG / Math.max(image.width, image.height));
  const canvas = element("canvas", "");
  [canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => download(fileName(".png"), blob), "image/png");
}

// A spreadsheet would take a text that begins so for a formula.
// In some countries it parts cells at semicolons, too.
const FORMULA = /(^|;)(?=\s*[=+\-@＝＋－＠])/g;
const harmless = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? text : text.replace(FORMULA, "$1'").replace(/^(?=[\t\r\n])/, "'"));
const csvCell = (value) => {
  const text = harmless(String(value ?? ""));
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvText = (rows) => `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;

const STATEMENT_COLUMNS = {
  holder: (s) => textOf(s.holder),
  body: (s) => optional(s.body),
  stance: (s) => textOf(s.stance),
  condition: (s) => optional(s.condition),
  basis: (s) => textOf(s.basis),
  speaker: (s) => s.speaker ?? uiText("minutes"),
  proposition: (s) => textOf(s.proposition),
  issue: (s) => optional(s.issue),
  meeting: (s) => textOf(s.meeting),
  date: (s) => s.date,
  item: (s) => s.item,
  quote: (s) => s.quote,
  place: (s) => placeText(s.place),
  status: (s) => textOf(s.status),
  position: (s) => s.position,
};
const optional = (index) => (index === undefined ? "" : textOf(index));

function statementsAsCsv() {
  const columns = Object.entries(STATEMENT_COLUMNS);
  const used = new Set([...NODES.flatMap((node) => node.statements ?? NONE), ...VIEW.edges.flatMap((edge) => (edge.cases ?? NONE).flat(2))]);
  const rows = VIEW.statements.filter((_, place) => used.has(place) && passed.statements[place]);
  return csvText([columns.map(([key]) => uiText(key)), ...rows.map((s) => columns.map(([, value]) => value(s)))]);
}

const factsText = (facts) => (facts ?? NONE).map(([name, value]) => `${textOf(name)}: ${textOf(value)}`).join("; ");

// What a line says: its stance in words where it is one, and whether somebody reports it.
const saidBy = (edge) => (edge.style === "stance" ? unique(edge.cases.flat(2).map((place) => textOf(VIEW.statements[place].stance))) : "");
const unique = (texts) => [...new Set(texts)].join("; ");
const reportedBy = (edge) => (edge.dashed ? uiText("by_report") : "");

function tiesAsCsv() {
  const heads = ["from", "tie", "to", "stance", "by_report", "tie_weight", "facts"].map((key) => uiText(key));
  const rows = passed.edges.map((edge) => [nameOf(edge.a), tieOf(edge), nameOf(edge.b), saidBy(edge), reportedBy(edge), weightText(edge), factsText(edge.facts)]);
  return csvText([heads, ...rows]);
}

function nodesAsCsv() {
  const heads = ["kind", "name", "facts"].map((key) => uiText(key));
  return csvText([heads, ...[...passed.nodes].map((node) => [kindOf(node), nameOf(node), factsText(node.facts)])]);
}

const SAVES = {
  png: savePng,
  svg: saveSvg,
  "csv-statements": () => download(fileName("-statements.csv"), new Blob([statementsAsCsv()], { type: "text/csv" })),
  "csv-ties": () => download(fileName("-ties.csv"), new Blob([tiesAsCsv()], { type: "text/csv" })),
  "csv-nodes": () => download(fileName("-nodes.csv"), new Blob([nodesAsCsv()], { type: "text/csv" })),
};

function startDownloads() {
  for (const button of document.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => {
      SAVES[button.dataset.save]();
      const menu = button.closest("details");
      menu.querySelector("summary").focus();
      menu.open = false;
    });
  }
  // A page inside another has no address of its own to copy.
  document.getElementById("copy-link").hidden = location.protocol === "about:";
  document.getElementById("copy-link").addEventListener("click", async () => {
    keepCamera();
    if (await copyText(location.href)) say(uiText("copied_link"));
  });
}
