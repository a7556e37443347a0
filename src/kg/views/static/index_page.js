startLanguages();
startTheme();
