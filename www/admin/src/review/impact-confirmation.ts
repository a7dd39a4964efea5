import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Confirmation, ImpactToConfirm } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { rolesOf } from "../shared/engine/roles.js";
import { admin, boxless } from "../shared/styles/admin.js";
import type { ImpactState } from "./known-impact.js";

/**
 * What has to be typed before a save that refuses people, takes the highest role from somebody, or of which nobody knows what it does.
 *
 * @fires confirmation-change - `detail.confirmed` is what the save is told; `null` until it is confirmed.
 */
@customElement("impact-confirmation")
export class ImpactConfirmation extends AdminElement {
  static override styles = [
    shared,
    admin,
    boxless,
    css`
      .field {
        width: min(14rem, 100%);
      }
    `,
  ];

  @property({ attribute: false }) impact!: ImpactState;
  /** Whom the server has counted when it refused the save. */
  @property({ attribute: false }) counted: ImpactToConfirm | null = null;
  /** Whether the server could not count. */
  @property({ type: Boolean }) uncounted = false;

  @state() private typed = "";
  #told: Confirmation | null = null;
  #wanted: string | undefined;

  override render() {
    const { text, word } = this.#question();
    if (word === undefined) return nothing;
    return html`
      <label class="note error">
        <span>${text} ${messages().review.typeToSave(word)}</span>
        <input
          class="field"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          .value=${this.typed}
          @input=${(event: Event) => {
            this.typed = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
    `;
  }

  protected override willUpdate(): void {
    const { word, confirmed } = this.#question();
    const wanted = JSON.stringify([word, confirmed]);
    // What was typed for another question confirms nothing.
    if (this.#wanted !== wanted) this.typed = "";
    this.#wanted = wanted;
    const told = word === undefined || this.typed.trim() === word ? confirmed : null;
    if (JSON.stringify(told) === JSON.stringify(this.#told) && this.hasUpdated) return;
    this.#told = told;
    void Promise.resolve().then(() =>
      this.dispatchEvent(new CustomEvent("confirmation-change", { detail: { confirmed: told } })),
    );
  }

  /** What is asked, what has to be typed, and what it confirms. */
  #question() {
    const m = messages().review;
    const { summary, failure } = this.impact;
    if (this.uncounted || (failure && !this.counted)) {
      return { text: m.unknown, word: m.unknownWord, confirmed: { unknown: true } as const };
    }
    const counts = this.counted ?? summary?.totals;
    if (!counts) return { text: "", word: undefined, confirmed: null };
    const { toConfirm, denied, refused, topRoleLost } = counts;
    const confirmed = { count: toConfirm };
    if (toConfirm === 0) return { text: "", word: undefined, confirmed };
    const role = denied + refused === 0 ? this.#lostRole() : undefined;
    if (role !== undefined) return { text: m.losesTopRole(toConfirm, role), word: role, confirmed };
    return { text: m.harm(toConfirm, topRoleLost > 0), word: String(toConfirm), confirmed };
  }

  /** The role that everybody who loses the highest one loses, if that is one. */
  #lostRole(): string | undefined {
    const roles = this.impact.changes.flatMap(({ workspace, topRoleLost }) =>
      topRoleLost ? (rolesOf(this.app.catalogOf(workspace)).at(-1) ?? []) : [],
    );
    const [role, ...others] = new Set(roles);
    return others.length === 0 ? role : undefined;
  }
}
