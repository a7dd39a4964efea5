import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/divider/divider.js";
import "@awesome.me/webawesome/dist/components/dropdown/dropdown.js";
import "@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type WaDropdownItem from "@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js";
import { followLanguage } from "idp-group-sync-elements/internal/messages/language.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { type Sample, scenarioSamples, tokenSamples } from "../samples.js";

/**
 * A menu of things to try.
 *
 * @fires sample-pick - `detail.sample` was chosen.
 */
@customElement("sample-menu")
export class SampleMenu extends LitElement {
  static override styles = [
    shared,
    css`
      wa-dropdown::part(menu) {
        max-width: calc(100vw - 2rem);
      }

      @media (max-width: 26rem) {
        wa-button wa-icon {
          display: none;
        }
      }

      .heading {
        padding: var(--gs-space-2xs) var(--gs-space-s);
        color: var(--gs-quiet);
        font-size: var(--gs-small-size);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const texts = messages().page;
    return html`
      <wa-dropdown size="s" placement="bottom-end" distance="4" @wa-select=${this.#pick}>
        <wa-button slot="trigger" size="s" appearance="filled-outlined" variant="brand" with-caret>
          <wa-icon slot="start" name="collection"></wa-icon>
          ${texts.samples}
        </wa-button>
        <div class="heading">${texts.scenarios}</div>
        ${scenarioSamples.map(item)}
        <wa-divider></wa-divider>
        <div class="heading">${texts.tokens}</div>
        ${tokenSamples.map(item)}
      </wa-dropdown>
    `;
  }

  #pick(event: CustomEvent<{ item: WaDropdownItem }>): void {
    const sample = [...scenarioSamples, ...tokenSamples].find(({ name }) => name === event.detail.item.value);
    if (sample) this.dispatchEvent(new CustomEvent("sample-pick", { detail: { sample } }));
  }
}

function item({ name, title }: Sample): TemplateResult {
  return html`<wa-dropdown-item lang="en" value=${name}>${title}</wa-dropdown-item>`;
}
