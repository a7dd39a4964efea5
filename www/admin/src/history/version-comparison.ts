import "@awesome.me/webawesome/dist/components/button/button.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { StoredSettings } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { commandsBetween } from "../shared/state/changes.js";
import { restore } from "../shared/state/restore.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { ownMappingText } from "../shared/words/own-mapping.js";
import { exactly, when } from "../shared/words/when.js";
import "../shared/elements/change-list.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/modal-dialog.js";
import "../shared/elements/settings-difference.js";

/** One version of the settings beside the one before, or two of them: what differs, and the way back to it. */
@customElement("version-comparison")
export class VersionComparison extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      .texts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
        gap: var(--wa-space-m);
      }

      pre {
        max-height: 30rem;
        margin: 0;
        padding: var(--wa-space-s);
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-m);
        font-family: var(--wa-font-family-code);
        font-size: var(--gs-small-size);
        line-height: 1.5;
        white-space: pre-wrap;
        overflow: auto;
        overflow-wrap: anywhere;
      }

      h2 {
        margin-block-end: var(--wa-space-xs);
      }

      summary h2 {
        margin: 0;
      }

      h1 + p {
        margin-block-start: var(--wa-space-2xs);
      }

      .row {
        margin-block: var(--wa-space-s) var(--wa-space-xs);
      }

      .card > .note {
        margin-block: var(--wa-space-s) 0;
      }

      mark {
        background: var(--gs-selection);
        color: inherit;
      }
    `,
  ];

  /** As in the address: the number of a version, or those of two. */
  @property() item = "";

  @state() private versions: { earlier: StoredSettings | null; later: StoredSettings } | null = null;
  @state() private failure: BackendError | null = null;
  /** Whether it is asked what becomes of what is unsaved. */
  @state() private asking = false;
  /** What logins do differently is worked out once somebody wants to know. */
  @state() private rules = false;

  override render() {
    const m = messages().history;
    return html`
      <div class="stack">
        <p><a href=${address("history")}>${m.all}</a></p>
        ${this.failure ? html`<failure-note .failure=${this.failure} @again=${() => this.#ask()}></failure-note>` : nothing}
        ${this.versions ? this.#shown(this.versions.earlier, this.versions.later) : nothing}
        ${this.versions || this.failure ? nothing : html`<p class="quiet" role="status">${messages().page.loading}</p>`}
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("item")) void this.#ask();
  }

  #shown(earlier: StoredSettings | null, later: StoredSettings): TemplateResult {
    const m = messages().history;
    const two = this.item.includes("..");
    const isCurrent = later.version === this.app.stored.version;
    return html`
      <section class="card">
        <h1 tabindex="-1">
          ${two && earlier ? m.compared(earlier.version, later.version) : m.version(later.version)}
          ${isCurrent ? html`<span class="badge good">${m.current}</span>` : nothing}
        </h1>
        ${two && earlier ? this.#saved(earlier, true) : nothing} ${this.#saved(later, two)}
        ${[...(two && earlier ? [earlier] : []), later].map((one) => (one.mended ? html`<p class="note warning">${m.mended(one.version)}</p>` : nothing))}
        ${this.#restoring(two && earlier ? earlier : later, two)}
      </section>
      ${earlier ? this.#difference(earlier, later) : html`<section class="card"><p class="quiet">${m.first}</p></section>`}
    `;
  }

  #saved({ version, changedAt, changedBy }: StoredSettings, numbered: boolean): TemplateResult {
    const m = messages().history;
    return html`<p class="quiet">
      ${numbered ? html`${messages().labelled(m.version(version))} ` : nothing}${changedBy ? personName(changedBy) : m.system},
      <time datetime=${changedAt} title=${exactly(changedAt)}>${when(changedAt)}</time>
    </p>`;
  }

  #difference(earlier: StoredSettings, later: StoredSettings): TemplateResult {
    const m = messages().history;
    return html`
      <section class="card" aria-labelledby="changed">
        <h2 id="changed">${m.changed}</h2>
        <change-list .app=${this.app} .earlier=${earlier.settings} .later=${later.settings}></change-list>
      </section>
      <details
        class="card"
        @toggle=${(event: Event) => {
          this.rules ||= (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary><h2>${m.rules}</h2></summary>
        ${
          this.rules
            ? html`<settings-difference .app=${this.app} .earlier=${earlier.settings} .later=${later.settings}></settings-difference>`
            : nothing
        }
      </details>
      ${this.#texts(earlier, later)}
    `;
  }

  #texts(earlier: StoredSettings, later: StoredSettings): TemplateResult | typeof nothing {
    const scopes = [
      null,
      ...new Set([earlier, later].flatMap(({ settings }) => settings.workspaces.map(({ id }) => id))),
    ];
    const pairs = scopes.map((scope) => ({ scope, texts: [textOf(earlier, scope), textOf(later, scope)] as const }));
    const different = pairs.filter(({ texts: [before, after] }) => before !== after);
    if (different.length === 0) return nothing;
    return html`<details class="card">
      <summary><h2>${messages().history.texts}</h2></summary>
      ${different.map(({ scope, texts: [before, after] }) => {
        const name = scope === null ? messages().settings.instance : this.app.nameOf(scope);
        return html`
          <h3>${name}</h3>
          <div class="texts">${this.#text(earlier, name, before, after)} ${this.#text(later, name, after, before)}</div>
        `;
      })}
    </details>`;
  }

  /** The lines that the other text has not are marked. */
  #text({ version }: StoredSettings, scope: string, text: string, other: string): TemplateResult {
    const label = messages().history.version(version);
    const others = new Set(other.split("\n"));
    const lines = text.split("\n").map((line, place) => {
      const shown = others.has(line) ? line : html`<mark>${line}</mark>`;
      return html`${place > 0 ? "\n" : nothing}${shown}`;
    });
    return html`<div>
      <p class="label">${label}</p>
      <pre tabindex="0" role="region" aria-label=${`${scope}, ${label}`}>${lines}</pre>
    </div>`;
  }

  #restoring(version: StoredSettings, compared: boolean): TemplateResult | typeof nothing {
    const m = messages().history;
    const { stored, draft } = this.app;
    const isSame = commandsBetween(stored.settings, version.settings).length === 0;
    if (isSame) {
      return version.version === stored.version ? nothing : html`<p class="note">${m.sameAsCurrent}</p>`;
    }
    const close = () => {
      this.asking = false;
    };
    const begin = () => {
      if (draft.changed) this.asking = true;
      else this.#restore(version);
    };
    return html`
      <div class="row">
        <wa-button size="s" variant="brand" @click=${begin}>${m.restore(version.version)}</wa-button>
        <span class="quiet">${m.restoreHint}</span>
      </div>
      ${
        compared
          ? nothing
          : html`<p><a href=${address("history", `${version.version}..${stored.version}`)}>${m.toCurrent}</a></p>`
      }
      <modal-dialog .heading=${m.replace.title} .open=${this.asking} @dialog-close=${close}>
        <p>${m.replace.hint}</p>
        <wa-button slot="actions" size="s" appearance="outlined" @click=${close}>${messages().cancel}</wa-button>
        <wa-button slot="actions" size="s" variant="brand" @click=${() => this.#restore(version)}>${m.replace.go}</wa-button>
      </modal-dialog>
    `;
  }

  #restore(version: StoredSettings): void {
    this.asking = false;
    restore(this.app, version);
    location.hash = address("review");
  }

  async #ask(): Promise<void> {
    const { item } = this;
    this.versions = null;
    this.failure = null;
    this.rules = false;
    const [first = Number.NaN, second] = item.split("..").map(Number);
    const [before, after] = second === undefined ? [first - 1, first] : [first, second];
    try {
      const [earlier, later] = await Promise.all([
        before === 0 ? null : this.app.backend.version(before),
        this.app.backend.version(after),
      ]);
      if (item === this.item) this.versions = { earlier, later };
    } catch (error) {
      if (item === this.item) this.failure = asBackendError(error);
    }
  }
}

/** The text of what the instance (`null`) or a workspace has of its own. */
function textOf({ settings }: StoredSettings, scope: string | null): string {
  if (scope === null) return settings.mapping;
  return ownMappingText(settings.workspaces.find(({ id }) => id === scope) ?? {}) ?? "";
}
