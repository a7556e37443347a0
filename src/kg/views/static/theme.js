// Light or dark: the system's choice until the reader makes one.
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const themeListeners = [];

const isDark = () =>
  (document.documentElement.dataset.theme ?? (darkSystem.matches ? "dark" : "light")) === "dark";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function setTheme(chosen) {
  document.documentElement.dataset.theme = chosen;
  for (const listener of themeListeners) listener();
}

// Links to other pages take the language and the light along in the address.
function startTravel() {
  const pass = () => {
    const link = new URLSearchParams();
    link.set("lang", language);
    if (document.documentElement.dataset.theme) link.set("theme", document.documentElement.dataset.theme);
    for (const one of document.querySelectorAll("a[data-page]")) one.href = `${one.dataset.page}#${link}`;
  };
  languageListeners.push(pass);
  themeListeners.push(pass);
  pass();
}

function startTheme() {
  document.getElementById("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
  darkSystem.addEventListener("change", () => themeListeners.forEach((listener) => listener()));
}
