// What a scenario gives instead of what it expects, in the page's language.

import { codes, type Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { html } from "lit";
import { messages } from "../../messages/language.js";
import { coded } from "./coded.js";

const compared = /^(role|groups|outcome): expected (none|`.*`), got (none|`.*`)$/s;

/** The engine says each difference as a sentence, of which this says the three that compare in other words. */
export function differenceText(difference: string): Text {
  const { differences, outcomes } = messages().scenarios;
  if (difference.startsWith("expect: ")) return differences.empty;
  const [, field, ...sides] = compared.exec(difference) ?? [];
  if (field !== "role" && field !== "groups" && field !== "outcome") {
    return html`<span lang="en">${coded(difference)}</span>`;
  }
  const said = sides.map((side): Text => {
    if (side === "none") return differences.nothing;
    const names = side.slice(1, -1).split("`, `");
    const known: Record<string, string> = outcomes;
    return field === "outcome" ? names.map((name) => known[name] ?? name).join(", ") : codes(names);
  });
  return differences[field](said[0] ?? "", said[1] ?? "");
}
