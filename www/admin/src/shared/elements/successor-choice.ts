import { html, type TemplateResult } from "lit";
import { messages } from "../../messages/language.js";
import type { App } from "../state/app.js";

/** Which workspace becomes the default one in the place of another. */
export function successorChoice(
  app: App,
  successors: readonly string[],
  chosen: string | undefined,
  choose: (workspace: string | undefined) => void,
): TemplateResult {
  const m = messages().removeWorkspace;
  return html`
    <label>
      <span class="label">${m.newDefault}</span>
      <select
        class="field"
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || undefined)}
      >
        <option value="" ?selected=${chosen === undefined}>${m.choose}</option>
        ${successors.map((id) => html`<option value=${id} ?selected=${id === chosen}>${app.nameOf(id)}</option>`)}
      </select>
    </label>
  `;
}
