// Light or dark: the system's choice until the reader makes one.
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const themeListeners = [];

const isDark = () =>
  (document.documentElement.dataset.theme ?? (darkSystem.matches ? "dark" : "light")) === "dark";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function startTheme() {
  document.getElementById("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    for (const listener of themeListeners) listener();
  });
  darkSystem.addEventListener("change", () => themeListeners.forEach((listener) => listener()));
}
