// The language and the light that the reader chose go along to the other pages, and come back.
function readChoice() {
  const link = new URLSearchParams(location.hash.slice(1));
  if (LANGUAGES.includes(link.get("lang"))) setLanguage(link.get("lang"));
  if (["light", "dark"].includes(link.get("theme"))) setTheme(link.get("theme"));
}

startLanguages();
startTheme();
readChoice();
startTravel();
