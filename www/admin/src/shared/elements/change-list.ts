import type { InstanceSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { commandsBetween } from "../state/changes.js";
import { entryChanges } from "../state/merge.js";
import { admin } from "../styles/admin.js";
import { commandText } from "../words/commands.js";
import { AdminElement } from "./admin-element.js";

/** What one document of settings has otherwise than another one, a sentence each, and of mappings each entry. */
@customElement("change-list")
export class ChangeList extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      ul ul {
        margin-block: var(--wa-space-3xs);
        padding-inline-start: 1.25rem;
      }

      ul.sentences {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }

      code {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) earlier!: InstanceSettings;
  @property({ attribute: false }) later!: InstanceSettings;

  override render() {
    const m = messages().merge;
    const entries = entryChanges(this.earlier, this.later);
    const commands = commandsBetween(this.earlier, this.later);
    if (commands.length === 0) return html`<p class="quiet">${m.nothing}</p>`;
    return html`
      <ul class="sentences">
        ${commands.map((command) => {
          const workspace = "workspace" in command ? (command.workspace ?? null) : null;
          const changed =
            command.type === "set-mapping" ? entries.find((one) => one.workspace === workspace) : undefined;
          return html`<li>
            ${commandText(this.app, command)}
            ${
              changed
                ? html`<ul>
                    ${changed.added.map((entry) => html`<li>${m.added} <code>${entry}</code></li>`)}
                    ${changed.removed.map((entry) => html`<li>${m.removed} <code>${entry}</code></li>`)}
                  </ul>`
                : nothing
            }
          </li>`;
        })}
      </ul>
    `;
  }
}
