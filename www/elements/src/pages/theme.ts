export type Theme = "light" | "dark";

const STORED = "theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** The theme that the page shows now. */
export function currentTheme(): Theme {
  return document.documentElement.classList.contains("wa-dark") ? "dark" : "light";
}

/** Shows a theme and keeps it for the next visit. Choosing what the system asks for goes back to following the system. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === systemTheme()) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, theme);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
  show(theme);
}

/** Follows the system's theme for as long as none was chosen. */
export function followTheme(): void {
  show(keptTheme() ?? systemTheme());
  system.addEventListener("change", () => {
    if (keptTheme() === null) show(systemTheme());
  });
  // Paper is light.
  window.addEventListener("beforeprint", () => show("light"));
  window.addEventListener("afterprint", () => show(keptTheme() ?? systemTheme()));
}

function systemTheme(): Theme {
  return system.matches ? "dark" : "light";
}

function keptTheme(): Theme | null {
  try {
    const kept = localStorage.getItem(STORED);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    return null;
  }
}

function show(theme: Theme): void {
  document.documentElement.classList.toggle("wa-dark", theme === "dark");
  document.documentElement.classList.toggle("wa-light", theme === "light");
  document.dispatchEvent(new CustomEvent("theme-change"));
}
