import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Grant, Match } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { labelOf } from "../state/labels.js";
import { admin } from "../styles/admin.js";
import { viaText } from "../words/plans.js";
import { showAll } from "./show-all.js";
import { SpokenElement } from "./spoken-element.js";

/** A token may hold thousands of groups. */
const AT_FIRST = 50;

/**
 * What became of each IdP group of a token: what it grants, by which entry, and what it nearly matches.
 *
 * @fires entry-open - An entry was chosen; `detail.entry` is its place in the mapping.
 * @fires near-miss-add - A near miss is to be matched; `detail.idpGroup`, and `detail.name` that it is like.
 */
@customElement("match-list")
export class MatchList extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      :host {
        container-type: inline-size;
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--wa-space-3xs) var(--wa-space-s);
      }

      li > wa-icon {
        color: var(--gs-success);
        translate: 0 0.25em;
      }

      li.none > wa-icon {
        color: var(--gs-quiet);
      }

      .idp {
        font-family: var(--wa-font-family-code);
        font-size: var(--gs-small-size);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }

      .grants {
        grid-column: 2;
      }

      .grant {
        overflow-wrap: anywhere;
      }

      .target {
        font-weight: var(--wa-font-weight-semibold);
      }

      .unknown .target {
        color: var(--gs-warning);
        text-decoration: line-through;
      }

      @container (min-width: 34rem) {
        li {
          grid-template-columns: auto minmax(0, 1fr) minmax(0, 2fr);
        }

        .grants {
          grid-column: 3;
        }
      }
    `,
  ];

  @property({ attribute: false }) found: readonly Match[] = [];
  /** The text that the entries are places of. */
  @property() mapping = "";
  /** The workspace's own text, where it differs from that one by entry. */
  @property() added = "";
  /** Whether near misses can be added, and entries be opened: where it is about the mapping that is edited now. */
  @property({ type: Boolean }) editable = false;
  /** Whether the text is the saved one while another one is in the editor: no entry can be opened there. */
  @property({ type: Boolean }) saved = false;

  @state() private all = false;

  override render() {
    const isLong = this.found.length > AT_FIRST;
    // What counts stands first, then what nearly does: nobody finds it among hundreds that do nothing.
    const found = isLong ? this.found.toSorted((a, b) => rank(a) - rank(b)) : this.found;
    const shown = this.all ? found : found.slice(0, AT_FIRST);
    return html`
      <ul class="rows">
        ${shown.map((match) => this.#match(match))}
      </ul>
      ${showAll(shown.length, this.found.length, () => {
        this.all = true;
      })}
    `;
  }

  #match(match: Match): TemplateResult {
    const { idpGroup, via, grants, nearMisses } = match;
    const label = labelOf(idpGroup);
    return html`
      <li class=${via}>
        <wa-icon name=${via === "none" ? "dash" : "check"}></wa-icon>
        <div>
          ${label === undefined ? nothing : html`<strong>${label}</strong>`}
          <span class="idp">${idpGroup}</span>
          <span class="quiet">${viaText(match)}</span>
        </div>
        <div class="grants">
          ${grants.map((grant) => this.#grant(grant))}
          ${nearMisses.map((name) => this.#nearMiss(idpGroup, name))}
        </div>
      </li>
    `;
  }

  #grant({ target, kind, entry, text }: Grant): TemplateResult {
    const m = messages().match;
    const line = entry
      ? html`${this.saved ? m.savedLine(entry.line) : m.line(entry.line)}: <code>${(text === "workspace" ? this.added : this.mapping).slice(entry.start, entry.end)}</code>`
      : nothing;
    return html`
      <p class="grant ${kind}">
        <span aria-hidden="true">→</span> <span class="target">${target}</span> <span class="quiet">${m.kinds[kind]}</span>
        ${
          entry && text !== "workspace" && this.editable && !this.saved
            ? html`<button class="link quiet" type="button" @click=${() => this.#send("entry-open", { entry })}>${line}</button>`
            : html`<span class="quiet">${line}</span>`
        }
      </p>
    `;
  }

  #nearMiss(idpGroup: string, name: string): TemplateResult {
    const m = messages().match;
    return html`
      <p class="row">
        <span>${m.like(name)}</span>
        ${
          this.editable
            ? html`<wa-button size="s" appearance="outlined" @click=${() => this.#send("near-miss-add", { idpGroup, name })}>
                <wa-icon slot="start" name="plus"></wa-icon>
                ${m.add}<span class="for-screen-readers">: ${idpGroup}</span>
              </wa-button>`
            : nothing
        }
      </p>
    `;
  }

  #send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function rank({ via, nearMisses }: Match): number {
  if (via !== "none") return 0;
  return nearMisses.length > 0 ? 1 : 2;
}
