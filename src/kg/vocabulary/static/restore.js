// Before anything is drawn: scripts run, and the reader's light or dark from the page before.
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be closed to pages opened from a file: the system's choice stands.
}
