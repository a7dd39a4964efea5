// Runs before the first paint, so that a page kept dark never flashes light. `src/theme.ts` takes over from here.
{
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // Storage is switched off: the system's theme it is.
  }
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.add(dark ? "wa-dark" : "wa-light");
}
