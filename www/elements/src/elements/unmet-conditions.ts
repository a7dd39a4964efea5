import type { Unmet } from "idp-group-sync";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { followLanguage, words } from "../messages/language.js";
import { shared } from "../styles/shared.js";
import { type UnmetCondition, unmetConditions } from "../unmet.js";
import { customElement } from "./custom-element.js";

/** There may be a thousand; whoever asks about one has few. */
const SHOWN = 50;

/**
 * Why somebody did not get what a condition grants: what it also needs, and what it excludes.
 *
 * @fires entry-select - A line was chosen; `detail.spans` is the place of its entry.
 */
@customElement("unmet-conditions")
export class UnmetConditions extends LitElement {
  static override styles = [
    shared,
    css`
      h3,
      li {
        padding: var(--gs-space-xs) var(--gs-space-s);
      }

      li {
        border-block-start: 1px solid var(--gs-line);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) unmet: readonly Unmet[] = [];

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    return html`
      <h3>${words().preview.unmet}</h3>
      <ul>
        ${unmetConditions(this.unmet)
          .slice(0, SHOWN)
          .map((condition) => this.#condition(condition))}
      </ul>
    `;
  }

  #condition({ entry, needed, excluded }: UnmetCondition): TemplateResult {
    const { unmetNeeds, unmetExcludes } = words().preview;
    const part = (says: string, names: string[]) =>
      names.length > 0
        ? html`<p>
            <button class="link" type="button" @click=${() => this.#select(entry)}>${says}</button>${names.map(
              (name, index) => html`${index > 0 ? "," : ""} <code>${name}</code>`,
            )}
          </p>`
        : nothing;
    return html`<li>${part(unmetNeeds(entry.line), needed)}${part(unmetExcludes(entry.line), excluded)}</li>`;
  }

  #select(entry: Unmet["entry"]): void {
    this.dispatchEvent(new CustomEvent("entry-select", { detail: { spans: [entry] } }));
  }
}
