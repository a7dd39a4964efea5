import { jwtClaims, readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { SpokenElement } from "./spoken-element.js";

/**
 * The claims of a token, as JSON. A JWT that is pasted is decoded here.
 *
 * @fires claims-change - `detail.value` is the new text.
 */
@customElement("claims-input")
export class ClaimsInput extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      textarea.field {
        min-height: 13rem;
      }

      .under {
        min-height: 3em;
      }
    `,
  ];

  @property() value = "";
  @property() label = "";
  /** Said below the text. */
  @property() hint = "";

  override render() {
    const read = this.value.trim() === "" ? null : readClaimsText(this.value);
    const wrong = read !== null && !read.ok;
    return html`
      <label>
        <span class="label">${this.label}</span>
        <textarea
          class="field"
          spellcheck="false"
          autocapitalize="off"
          aria-invalid=${wrong ? "true" : "false"}
          aria-describedby="under"
          .value=${this.value}
          @input=${(event: Event) => this.#type(event.target as HTMLTextAreaElement)}
        ></textarea>
      </label>
      <div id="under" class="under quiet">
        ${wrong ? html`<p class="note error" role="alert">${read.problem.message}: ${this.#place(read.problem.start)}.</p>` : nothing}
        ${wrong ? nothing : this.hint}
      </div>
    `;
  }

  #place(offset: number): string {
    const lines = this.value.slice(0, offset).split("\n");
    return messages().preview.place(lines.length, (lines.at(-1) ?? "").length + 1);
  }

  #type(field: HTMLTextAreaElement): void {
    const value = jwtClaims(field.value) ?? field.value;
    this.value = value;
    if (field.value !== value) field.value = value;
    this.dispatchEvent(new CustomEvent("claims-change", { detail: { value } }));
  }
}
