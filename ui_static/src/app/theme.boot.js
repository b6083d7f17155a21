// Runs before the first paint; see lib/theme.ts for the rest.
try {
  const theme = localStorage.getItem("analytiq.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the page follows the system's colours.
}
