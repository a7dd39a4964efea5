import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import type { Side } from "../state/merge.js";
import { admin } from "../styles/admin.js";
import { SpokenElement } from "./spoken-element.js";

/**
 * Whether something that two people changed is to be as the one has it or as the other.
 *
 * @fires side-choose - `detail.side` is whose it is to be.
 */
@customElement("side-choice")
export class SideChoice extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      fieldset {
        display: grid;
        gap: var(--wa-space-2xs);
      }

      legend {
        margin-block-end: var(--wa-space-2xs);
      }

      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wa-space-xs);
        align-items: baseline;
      }

      label input {
        translate: 0 0.15em;
      }

      .value {
        grid-column: 2;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) question: Text = "";
  @property({ attribute: false }) mine: Text = "";
  @property({ attribute: false }) theirs: Text = "";
  @property({ attribute: false }) chosen: Side | undefined;

  override render() {
    const m = messages().merge;
    return html`
      <fieldset>
        <legend>${this.question}</legend>
        ${(["mine", "theirs"] as const).map(
          (side) => html`
            <label>
              <input type="radio" name="side" value=${side} .checked=${side === this.chosen} @change=${() => this.#choose(side)} />
              <span>${m.sides[side]}</span>
              <span class="value">${this[side]}</span>
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  #choose(side: Side): void {
    this.dispatchEvent(new CustomEvent("side-choose", { detail: { side } }));
  }
}
