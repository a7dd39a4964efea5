import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Held } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { Printing } from "../shared/elements/printing.js";
import { type Run, tally } from "../shared/state/scenario-runs.js";
import { admin } from "../shared/styles/admin.js";
import "./scenario-results.js";

/**
 * Whether everything that is expected of the settings holds. Where it does not, its number has to be typed before they can be saved.
 *
 * @fires failing-change - `detail.failing` is what the save is told; `null` until it is confirmed.
 */
@customElement("expectations-review")
export class ExpectationsReview extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      .verdict {
        margin: 0 0 var(--wa-space-xs);
        font-weight: var(--wa-font-weight-semibold);
      }

      .field {
        width: min(14rem, 100%);
      }

      .note,
      details {
        margin-block-start: var(--wa-space-s);
      }
    `,
  ];

  @property({ attribute: false }) runs: Run[] = [];
  /** What the server found when it refused the save. */
  @property({ attribute: false }) held: Held | null = null;

  @state() private typed = "";
  readonly #printing = new Printing(this);
  #told: number | null = null;
  #wanted = -1;

  override render() {
    const m = messages().expectations;
    const { runs, holding, failing } = this.#counted;
    const verdict = html`<p class="verdict" role="status">${m.hold(holding, holding + failing)}</p>`;
    if (this.#printing.active) {
      return html`${verdict} <scenario-results .app=${this.app} .runs=${runs}></scenario-results>`;
    }
    return html`
      ${verdict}
      ${
        failing > 0
          ? html`
              <scenario-results .app=${this.app} .runs=${runs} failing></scenario-results>
              <label class="note error">
                <span>${m.confirm(failing)} ${m.typeToSave(String(failing))}</span>
                <input
                  class="field"
                  autocomplete="off"
                  autocapitalize="off"
                  spellcheck="false"
                  inputmode="numeric"
                  .value=${this.typed}
                  @input=${(event: Event) => {
                    this.typed = (event.target as HTMLInputElement).value;
                  }}
                />
              </label>
            `
          : nothing
      }
      ${
        holding > 0
          ? html`<details>
              <summary>${m.all(holding + failing)}</summary>
              <scenario-results .app=${this.app} .runs=${runs}></scenario-results>
            </details>`
          : nothing
      }
    `;
  }

  protected override willUpdate(): void {
    const { failing } = this.#counted;
    // What was typed for another number confirms nothing.
    if (this.#wanted !== failing) this.typed = "";
    this.#wanted = failing;
    const told = failing === 0 || this.typed.trim() === String(failing) ? failing : null;
    if (told === this.#told && this.hasUpdated) return;
    this.#told = told;
    void Promise.resolve().then(() =>
      this.dispatchEvent(new CustomEvent("failing-change", { detail: { failing: told } })),
    );
  }

  get #counted(): { runs: Run[]; holding: number; failing: number } {
    if (this.held) return { ...this.held, runs: this.held.runs.map(asRun) };
    const { green, red } = tally(this.runs);
    return { runs: this.runs, holding: green, failing: red };
  }
}

function asRun({ workspace, results, guarantees, error }: Held["runs"][number]): Run {
  if (error) return { scope: workspace, results: [], proofs: [], problem: error, unknown: 1 };
  return { scope: workspace, results: results as never, proofs: guarantees, problem: null };
}
