// Texts: each stands once in the page's table, and a change of language is a change of column.
const PAGE = JSON.parse(document.getElementById("page-data").textContent);
const LANGUAGES = ["en", "fi", "sv"];
const ATTRIBUTES = ["aria-label", "placeholder"];
const languageListeners = [];
let language = PAGE.language;

// A text that is the same in each language stands alone.
const textOf = (index) => {
  const text = PAGE.texts[index];
  return typeof text === "string" ? text : text[LANGUAGES.indexOf(language)];
};

function uiText(key, values = {}) {
  const fill = (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole);
  return textOf(PAGE.ui[`panel.${key}`]).replace(/\{(\w+)\}/g, fill);
}

function setLanguage(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const node of document.querySelectorAll("[data-i]")) {
    node.textContent = textOf(Number(node.dataset.i));
  }
  for (const name of ATTRIBUTES) translateAttribute(name);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
  for (const listener of languageListeners) listener();
}

function translateAttribute(name) {
  for (const node of document.querySelectorAll(`[data-i-${name}]`)) {
    node.setAttribute(name, textOf(Number(node.getAttribute(`data-i-${name}`))));
  }
}

// The only way in which scripts make elements: text is text, whatever it holds.
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function startLanguages() {
  document.documentElement.classList.add("js");
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => setLanguage(button.dataset.language));
  }
}
