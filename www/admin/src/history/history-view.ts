import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { VersionInList } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { Pages } from "../shared/elements/pages.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { ago, exactly } from "../shared/words/when.js";
import "../shared/elements/change-list.js";
import "./version-comparison.js";

/** Every version of the settings, newest first: who saved it when, and what it changed. */
@customElement("history-view")
export class HistoryView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .versions > li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wa-space-xs);
        padding: 0;
      }

      .choose {
        padding: var(--wa-space-s) var(--wa-space-2xs);
      }

      .versions a {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-3xs) var(--wa-space-m);
        padding: var(--wa-space-xs) var(--wa-space-2xs);
        border-radius: var(--wa-border-radius-s);
        color: inherit;
        line-height: 1.5;
        text-decoration: none;
      }

      .versions a:hover {
        background: var(--gs-active-line);
      }

      /* The whole row leads there: this says so. */
      .number {
        color: var(--wa-color-text-link);
        font-weight: var(--wa-font-weight-semibold);
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }

      .by {
        display: block;
        overflow-wrap: anywhere;
      }

      .comparing {
        min-height: 2.5rem;
        padding-block-end: var(--wa-space-2xs);
      }

      @media (min-width: 44rem) {
        .versions a {
          grid-template-columns: 14rem minmax(0, 1fr);
        }
      }
    `,
  ];

  readonly #versions = new Pages<VersionInList>(this, async (before, signal) => {
    const { versions, next } = await this.app.backend.versions(before, signal);
    return { items: versions, next };
  });
  /** Those that are to be compared, at most two, the last chosen one at the end. */
  @state() private chosen: number[] = [];
  #stored = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stored = 0;
  }

  override render() {
    const { item } = this.app.route;
    if (item !== null) return html`<version-comparison .app=${this.app} .item=${item}></version-comparison>`;
    return html`
      <div class="stack">
        <div>
          <h1 tabindex="-1">${messages().views.history}</h1>
          <p class="quiet lead">${messages().history.hint}</p>
        </div>
        <section class="card" aria-label=${messages().history.list}>
          ${this.#versions.shown((versions) => this.#list(versions), messages().history.more)}
        </section>
      </div>
    `;
  }

  protected override willUpdate(): void {
    // Also after a save, and where somebody else has saved.
    const { version } = this.app.stored;
    if (this.#stored === version) return;
    this.#stored = version;
    void this.#versions.ask();
  }

  #list(versions: readonly VersionInList[]): TemplateResult {
    const m = messages().history;
    const [newest] = versions;
    const current = Math.max(newest?.version ?? 0, this.app.stored.version);
    return html`
      ${versions.length > 1 ? this.#comparing() : nothing}
      <ul class="rows versions">
        ${versions.map((version) => this.#version(version, current, versions.length > 1))}
      </ul>
      ${
        versions.length === 1
          ? html`<p class="note">${m.onlyFirst} <a href=${address("settings")}>${m.toSettings}</a></p>`
          : nothing
      }
    `;
  }

  #comparing(): TemplateResult {
    const m = messages().history;
    const [before, after] = this.chosen.toSorted((a, b) => a - b);
    return html`
      <div class="row comparing">
        ${
          before !== undefined && after !== undefined
            ? html`<wa-button size="s" appearance="outlined" href=${address("history", `${before}..${after}`)}>${m.compare(before, after)}</wa-button>`
            : html`<span class="quiet">${m.compareHint}</span>`
        }
      </div>
    `;
  }

  #version(listed: VersionInList, current: number, comparable: boolean): TemplateResult {
    const m = messages().history;
    const { version, changedAt, changedBy, changes, entriesLeftOut } = listed;
    return html`
      <li>
        ${
          comparable
            ? html`<label class="choose">
                <span class="for-screen-readers">${m.choose(version)}</span>
                <input type="checkbox" .checked=${this.chosen.includes(version)} @change=${() => this.#choose(version)} />
              </label>`
            : html`<span></span>`
        }
        <a href=${address("history", String(version))}>
          <span>
            <span class="number">${m.version(version)}</span>
            ${version === current ? html`<span class="badge good">${m.current}</span>` : nothing}
            <span class="by quiet"
              >${changedBy ? personName(changedBy) : m.system},
              <time datetime=${changedAt} title=${exactly(changedAt)}>${ago(changedAt)}</time></span
            >
          </span>
          ${
            changes
              ? html`<change-list .app=${this.app} .diff=${changes} .left=${entriesLeftOut} short></change-list>`
              : html`<span class="quiet">${m.first}</span>`
          }
        </a>
      </li>
    `;
  }

  #choose(version: number): void {
    const others = this.chosen.filter((chosen) => chosen !== version);
    this.chosen = others.length < this.chosen.length ? others : [...others, version].slice(-2);
  }
}
