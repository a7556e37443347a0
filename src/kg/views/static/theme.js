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

function startTheme() {
  document.getElementById("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
  darkSystem.addEventListener("change", () => themeListeners.forEach((listener) => listener()));
}
