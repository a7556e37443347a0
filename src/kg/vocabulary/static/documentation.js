// Light or dark, kept for the next page.
themeListeners.push(() => {
  try {
    if (document.documentElement.dataset.theme) {
      localStorage.setItem("theme", document.documentElement.dataset.theme);
    }
  } catch {
    // Storage may be closed: the choice lasts for this page.
  }
});

// The filter: terms, and their entries in the lists above, by words of names and definitions.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function wordsOf(node) {
  return folded([...node.querySelectorAll("[data-words]")].map((part) => part.textContent).join(" "));
}

function startFilter(field) {
  const status = document.getElementById("filter-status");
  const terms = [...document.querySelectorAll("[data-term]")].map((node) => ({
    node,
    text: wordsOf(node),
    entry: document.querySelector(`[data-entry="${CSS.escape(node.id)}"]`),
  }));
  const show = () => {
    const asked = folded(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { node, text, entry } of terms) {
      const fits = asked.every((word) => text.includes(word));
      node.hidden = !fits;
      if (entry) entry.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-term]:not([hidden]), [data-entry]:not([hidden])");
    }
    status.textContent = asked.length
      ? field.dataset.found.replace("{n}", count).replace("{m}", terms.length)
      : "";
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.value = "";
    show();
  });
  // A link to a term that the filter hides brings all terms back.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    field.value = "";
    show();
    target.scrollIntoView();
  });
}

startTheme();
const filterField = document.getElementById("filter");
if (filterField) startFilter(filterField);
