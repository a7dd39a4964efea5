import "@awesome.me/webawesome/dist/components/input/input.js";
import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import type WaSelect from "@awesome.me/webawesome/dist/components/select/select.js";
import type { ClaimOptions, ClaimSource } from "idp-group-sync";
import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type ClaimFieldsChange, claimFields, withClaimFields } from "../claim-fields.js";
import { followLanguage, words } from "../messages/language.js";
import { shared } from "../styles/shared.js";

/**
 * How the groups are read from a token, but for the claim's name: the page keeps that in sight, and these folded away.
 *
 * @fires claim-change - `detail.claim` is the new setting.
 */
@customElement("claim-form")
export class ClaimForm extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
        gap: var(--gs-space-s);
      }
    `,
  ];

  /** The setting to edit. */
  @property({ attribute: false }) claim: ClaimOptions = "groups";

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const texts = words().claim;
    const fields = claimFields(this.claim);
    // What has no fields is edited as the text that it is.
    if (!fields) return nothing;
    const { delimiter, item } = fields;
    const kind = typeof item === "object" ? "field" : (item ?? "text");
    return html`
      <wa-input
        size="s"
        label=${texts.delimiter}
        hint=${texts.delimiterHelp}
        .value=${delimiter ?? ""}
        @input=${(event: Event) => this.#change({ delimiter: (event.target as WaInput).value || undefined })}
      ></wa-input>
      <wa-select
        size="s"
        label=${texts.item}
        hint=${texts.itemHelp}
        .value=${kind}
        @change=${(event: Event) => this.#chooseItem((event.target as WaSelect).value as string)}
      >
        ${Object.entries(texts.items).map(([value, meaning]) => html`<wa-option value=${value}>${meaning}</wa-option>`)}
      </wa-select>
      ${
        typeof item === "object"
          ? html`<wa-input
              size="s"
              label=${texts.field}
              hint=${texts.fieldHelp}
              .value=${item.field}
              @input=${(event: Event) => this.#change({ item: { field: (event.target as WaInput).value ?? "" } })}
            ></wa-input>`
          : nothing
      }
    `;
  }

  #chooseItem(kind: string): void {
    if (kind === "field") this.#change({ item: { field: "name" } });
    else this.#change({ item: kind === "text" ? undefined : (kind as Exclude<ClaimSource["item"], object>) });
  }

  #change(fields: ClaimFieldsChange): void {
    const claim = withClaimFields(this.claim, fields);
    this.dispatchEvent(new CustomEvent("claim-change", { detail: { claim } }));
  }
}
