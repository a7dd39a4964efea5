import { html, type TemplateResult } from "lit";
import { messages } from "../messages/language.js";
import { isMac } from "./shortcuts.js";

/** Keys as they are printed on a keyboard: pressed together, or one after the other. */
export function keyCaps(keys: readonly string[]): TemplateResult {
  const m = messages().keyboard;
  return html`${keys.map(
    (together, index) =>
      html`${index > 0 ? html` <span class="quiet">${m.next}</span> ` : ""}${together
        .split("+")
        .map((key, place) => html`${place > 0 ? " " : ""}<kbd>${cap(key)}</kbd>`)}`,
  )}`;
}

function cap(key: string): string {
  const { keys } = messages().keyboard;
  if (key === "Mod" && isMac) return "⌘";
  return keys[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
