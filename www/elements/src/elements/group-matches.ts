import type { Grant, Match, Span } from "idp-group-sync";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { icon } from "../element-icons.js";
import { followLanguage, words } from "../messages/language.js";
import { matchedBy } from "../messages/wording.js";
import { shared } from "../styles/shared.js";
import { customElement } from "./custom-element.js";

/** A token may hold thousands of groups; drawing them all at each keystroke would be slow. */
const AT_FIRST = 100;

/**
 * One row for each IdP group of a token: how it matched, and what that gives.
 *
 * @fires entry-select - A row was chosen; `detail.spans` are the places of the mapping entries behind it.
 */
@customElement("group-matches")
export class GroupMatches extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }

      li {
        position: relative;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--gs-space-2xs) var(--gs-space-s);
        align-items: baseline;
        padding: var(--gs-space-xs) var(--gs-space-s);
        border-block-start: 1px solid var(--gs-line);
      }

      li.mapped:hover {
        background: var(--gs-active-line);
      }

      @container (max-width: 30rem) {
        li {
          grid-template-columns: auto minmax(0, 1fr);
        }

        .grants {
          grid-column: 2;
        }

        .nothing {
          display: none;
        }
      }

      .link {
        margin: var(--gs-space-xs) var(--gs-space-s);
      }

      .name {
        font-family: var(--gs-code-font);
        font-size: var(--gs-small-size);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }

      button.name {
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        text-align: start;
        cursor: pointer;
      }

      /* The whole row is the button. */
      button.name::after {
        content: "";
        position: absolute;
        inset: 0;
      }

      button.name:focus-visible {
        outline: none;
      }

      button.name:focus-visible::after {
        border-radius: var(--gs-radius-s);
        outline: var(--gs-focus);
        outline-offset: -3px;
      }

      li > .icon {
        color: var(--gs-success);
        translate: 0 0.15em;
      }

      li > .none {
        color: var(--gs-quiet);
      }

      .grants {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gs-space-2xs) var(--gs-space-s);
        align-items: baseline;
      }

      .arrow {
        color: var(--gs-quiet);
        vertical-align: -0.1em;
      }

      .target {
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .unknown .target {
        color: var(--gs-warning);
        text-decoration: line-through;
      }
    `,
  ];

  /** What the engine found for each IdP group. */
  @property({ attribute: false }) rows: readonly Match[] = [];

  @state() private all = false;

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    // In a long list, what counts stands first, then what nearly does.
    const rows = this.rows.length > AT_FIRST ? this.rows.toSorted((a, b) => rank(a) - rank(b)) : this.rows;
    const shown = this.all ? rows : rows.slice(0, AT_FIRST);
    return html`
      <ul>
        ${shown.map((match) => this.#row(match))}
      </ul>
      ${
        shown.length < this.rows.length
          ? html`<button class="link" type="button" @click=${() => this.#showAll()}>${words().preview.showAll(this.rows.length)}</button>`
          : nothing
      }
    `;
  }

  #row(match: Match): TemplateResult {
    const spans = match.grants.flatMap(({ entry }) => (entry ? [entry] : []));
    return html`
      <li class=${spans.length > 0 ? "mapped" : ""}>
        ${icon(match.via === "none" ? "dash" : "check", { kind: match.via })}
        <div>
          ${
            spans.length > 0
              ? html`<button class="name" type="button" @click=${() => this.#select(spans)}>${match.idpGroup}<span
                    class="for-screen-readers"
                    >${words().preview.showEntry}</span
                  ></button>`
              : html`<span class="name">${match.idpGroup}</span>`
          }
          <p class="quiet">
            ${matchedBy(match)}${match.nearMisses.map((name, index) => html`${index > 0 ? "," : ":"} <code>${name}</code>`)}
          </p>
        </div>
        ${
          match.grants.length > 0
            ? html`<div class="grants">${match.grants.map((grant) => this.#grant(grant))}</div>`
            : html`<span class="nothing quiet">${words().preview.nothing}</span>`
        }
      </li>
    `;
  }

  #grant({ target, kind }: Grant): TemplateResult {
    return html`
      <span class=${kind}>
        ${icon("right-arrow", { kind: "arrow", label: words().preview.grants })}
        <span class="target">${target}</span>
        <span class="quiet">${kind === "unknown" ? words().preview.unknown : words()[kind]}</span>
      </span>
    `;
  }

  /** The button goes away with this, so the focus moves on to where it was. */
  async #showAll(): Promise<void> {
    this.all = true;
    await this.updateComplete;
    const next = this.renderRoot.querySelectorAll("li")[AT_FIRST];
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  }

  #select(spans: Span[]): void {
    this.dispatchEvent(new CustomEvent("entry-select", { detail: { spans } }));
  }
}

function rank({ via, nearMisses }: Match): number {
  if (via !== "none") return 0;
  return nearMisses.length > 0 ? 1 : 2;
}
