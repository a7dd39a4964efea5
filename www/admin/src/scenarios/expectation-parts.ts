// What scenarios and guarantees are shown with alike: whether it holds, its name, lists of names, and the way to remove it.

import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { html, nothing, type TemplateResult } from "lit";
import { messages } from "../messages/language.js";

/** How it came out, of which nothing is known while it cannot be asked. */
export type Held = "green" | "red" | "unknown";

const icons: Record<Held, string> = { green: "check", red: "cross", unknown: "dash" };

/** One that can be unfolded: then `form` is shown below its name. */
export function unfoldable(
  { held, label, name, open }: { held: Held; label: string; name: string; open: boolean },
  toggle: (open: boolean) => void,
  form: () => TemplateResult,
): TemplateResult {
  return html`
    <details
      class=${held}
      ?open=${open}
      @toggle=${(event: Event) => toggle((event.target as HTMLDetailsElement).open)}
    >
      <summary>
        <wa-icon name=${icons[held]} label=${label}></wa-icon>
        <span class="names">${name || messages().scenarios.unnamed}</span>
      </summary>
      ${open ? form() : nothing}
    </details>
  `;
}

export function nameField(name: string, change: (name: string) => void): TemplateResult {
  return html`
    <label class="wide">
      <span class="label">${messages().scenarios.name}</span>
      <input
        class="field"
        maxlength="200"
        aria-invalid=${name === "" ? "true" : "false"}
        .value=${name}
        @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
      />
    </label>
  `;
}

/** Names, one a line; white space round them does not count. */
export function namesField(label: string, names: readonly string[], change: (names: string[]) => void): TemplateResult {
  return html`
    <label>
      <span class="label">${label}</span>
      <textarea
        class="field"
        rows="4"
        spellcheck="false"
        .value=${names.join("\n")}
        @input=${(event: Event) => {
          const lines = (event.target as HTMLTextAreaElement).value.split("\n").map((line) => line.trim());
          change(lines.filter((line) => line !== ""));
        }}
      ></textarea>
    </label>
  `;
}

export function removeButton(name: string, remove: () => void): TemplateResult {
  return html`
    <wa-button size="s" appearance="outlined" variant="danger" @click=${remove}>
      <wa-icon slot="start" name="trash"></wa-icon>
      ${messages().scenarios.remove}<span class="for-screen-readers">: ${name}</span>
    </wa-button>
  `;
}
