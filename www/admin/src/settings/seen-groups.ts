import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Catalog, WorkspaceEntries } from "idp-group-sync";
import { EngineAsker } from "idp-group-sync-elements/internal/engine/engine-asker.js";
import { noMapping } from "idp-group-sync-elements/internal/engine/questions.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { GroupsSeen, Workspace } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { showAll } from "../shared/elements/show-all.js";
import { askAlso } from "../shared/engine/also.js";
import {
  type FormerSource,
  type NamedSource,
  type SeenGroup,
  type Standing,
  type Via,
  withAdded,
  withEntry,
} from "../shared/engine/group-standing.js";
import { admin } from "../shared/styles/admin.js";
import { named } from "../shared/words/groups.js";
import { when } from "../shared/words/when.js";
import "./pasted-labels.js";
import "./seen-group.js";

/** The engine is asked again when nothing was typed for so long. */
const PAUSE = 200;
const AT_FIRST = 10;

interface Shown extends Standing {
  of: GroupsSeen;
}

/**
 * The groups that people signed in with: those that do nothing yet, each with a way to map it, and those that are mapped; and the sources
 * of the mapping that nobody had lately.
 */
@customElement("seen-groups")
export class SeenGroups extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      section {
        margin-block-start: var(--wa-space-m);
        padding-block-start: var(--wa-space-s);
        border-block-start: 1px solid var(--gs-line);
      }

      h3 {
        margin-block-end: var(--wa-space-2xs);
      }

      h4 {
        margin: var(--wa-space-xs) 0 0;
        font-size: var(--gs-text-size);
        font-weight: var(--wa-font-weight-semibold);
      }

      details,
      pasted-labels,
      .note {
        margin-block-start: var(--wa-space-xs);
      }

      .former {
        display: grid;
        gap: var(--wa-space-2xs);
      }

      .unmet {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }
    `,
  ];

  /** Whose mapping it is: the instance's, or a workspace's own. */
  @property({ attribute: false }) scope: string | null = null;
  /** As it is typed. */
  @property() mapping = "";
  /** Of a workspace that follows the instance but for these entries, of which `mapping` is those that hold there also. */
  @property({ attribute: false }) entries: WorkspaceEntries | null = null;
  @property({ attribute: false }) seen: GroupsSeen | null = null;

  @state() private shown: Shown | null = null;
  @state() private all = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked about last. */
  #asked: unknown[] = [];
  #catalogs: { of: Workspace[]; catalogs: Record<string, Catalog> } | undefined;
  readonly #engine = new EngineAsker();

  override render() {
    const m = messages().seen;
    if (!this.seen || !this.app.knowsPeople) return nothing;
    const { tokens, groups } = this.seen;
    const { shown } = this;
    return html`<section>
      <h3 id="title">${m.title}</h3>
      ${
        tokens === 0
          ? html`<p class="quiet">${m.nobody}</p>`
          : groups.length === 0
            ? html`<p class="quiet">${m.noGroups(tokens)}</p>`
            : html`<p class="quiet">${m.summary(groups.length, tokens)}</p>`
      }
      ${shown?.of === this.seen && groups.length > 0 ? this.#groups(shown) : nothing}
      ${groups.length > 0 && !this.app.embedded ? html`<pasted-labels .app=${this.app}></pasted-labels>` : nothing}
      ${shown?.of === this.seen && shown.former.length > 0 ? this.#former(shown.former) : nothing}
      ${shown?.of === this.seen && shown.unmet.length > 0 ? this.#unmet(shown) : nothing}
    </section>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { settings } = this.app.draft;
    const asked = [this.scope, this.mapping, settings];
    if (!changed.has("seen") && asked.every((one, index) => one === this.#asked[index])) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.#engine.withdraw("also");
    // The first answer is there with the page.
    if (this.shown?.of !== this.seen) this.#ask();
    else this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#engine.close();
    // Whoever is back in the page asks anew.
    this.#asked = [];
  }

  /** The same as before while the workspaces are, so that nothing is sent to the engine's worker again. */
  get #catalogsNow(): Record<string, Catalog> {
    const { workspaces } = this.app;
    if (this.#catalogs?.of !== workspaces) {
      const catalogs = Object.fromEntries(workspaces.map(({ id, catalog }) => [id, catalog]));
      this.#catalogs = { of: workspaces, catalogs };
    }
    return this.#catalogs.catalogs;
  }

  /** The settings, with the text as it is typed. */
  get #typed() {
    const { settings } = this.app.draft;
    const { scope, mapping, entries } = this;
    if (scope === null) return { ...settings, mapping };
    const workspaces = settings.workspaces.map((one) => {
      if (one.id !== scope) return one;
      const { entries: _, mapping: __, ...workspace } = one;
      return { ...workspace, ...(entries ? { entries: withAdded(entries, mapping) } : { mapping }) };
    });
    return { ...settings, workspaces };
  }

  #ask(): void {
    const { seen, scope, mapping } = this;
    if (!seen) return;
    const settings = this.#typed;
    if (scope !== null && !settings.workspaces.some(({ id }) => id === scope)) return;
    const suggesting = this.all ? seen.groups.length : AT_FIRST;
    const facts = { ...noMapping, mapping, settings, catalogs: this.#catalogsNow, scope, seen, suggesting };
    askAlso(this.#engine, "standing", facts, (standing) => {
      // What was said last stays while the text is unfinished.
      if (standing) this.shown = { ...standing, of: seen };
    });
  }

  #groups({ vias }: Shown): TemplateResult {
    const m = messages().seen;
    const groups = this.seen?.groups ?? [];
    const unmapped = groups.filter((_, index) => vias[index] === "none");
    const mapped = groups.filter((_, index) => vias[index] !== "none");
    return html`
      ${
        unmapped.length === 0
          ? html`<p>${m.allMapped(groups.length)}</p>`
          : html`<h4>${m.unmapped(unmapped.length)}</h4>
              ${this.#rows(unmapped, vias)}`
      }
      ${
        mapped.length === 0
          ? nothing
          : html`<details>
              <summary>${m.mapped(mapped.length)}</summary>
              ${this.#rows(mapped, vias)}
            </details>`
      }
    `;
  }

  #rows(groups: readonly SeenGroup[], vias: Via[]): TemplateResult {
    const shown = this.all ? groups : groups.slice(0, AT_FIRST);
    return html`
      <ul class="rows">
        ${repeat(
          shown,
          // A form that is open stays with its group when others go.
          ({ name }) => name,
          (group) => this.#row(group, vias[this.seen?.groups.indexOf(group) ?? -1]),
        )}
      </ul>
      ${showAll(shown.length, groups.length, () => {
        this.all = true;
        this.#ask();
      })}
    `;
  }

  #row(group: SeenGroup, via: Via | undefined): TemplateResult {
    return html`
      <li>
        <seen-group
          .app=${this.app}
          .group=${group}
          .via=${via ?? "none"}
          .targets=${this.shown?.targets ?? []}
          .suggestions=${this.shown?.suggestions.get(group.name) ?? []}
          @group-map=${(event: CustomEvent<{ target: string }>) => this.#map(group.name, event.detail.target)}
        ></seen-group>
      </li>
    `;
  }

  #unmet({ unmet, of }: Shown): TemplateResult {
    const m = messages().seen;
    return html`
      <div class="note">
        <p><strong>${m.unmet(unmet.length, of.recent)}</strong> <span class="quiet">${m.unmetHint}</span></p>
        <ul class="unmet">
          ${unmet.slice(0, this.all ? undefined : AT_FIRST).map((source) => html`<li>${this.#source(source)}</li>`)}
        </ul>
      </div>
    `;
  }

  #former(former: readonly FormerSource[]): TemplateResult {
    const m = messages().seen;
    return html`
      <div class="note warning">
        <p><strong>${m.former(former.length)}</strong> <span class="quiet">${m.formerHint}</span></p>
        <ul class="former">
          ${former.map(
            (source) => html`
              <li>
                ${this.#source(source)}
                <span>${source.now === null ? m.gone(when(source.until)) : m.renamed(html`<code>${source.now}</code>`, when(source.until))}</span>
              </li>
            `,
          )}
        </ul>
      </div>
    `;
  }

  #source({ text, span }: NamedSource): TemplateResult {
    return html`
      <button class="link" type="button" @click=${() => this.app.openEntry(this.scope, span)}>${named(text)}</button>
      <span class="quiet">${messages().seen.line(span.line)}</span>
    `;
  }

  /** Adds an entry, and goes there. */
  #map(group: string, target: string): void {
    const { scope, entries } = this;
    const { mapping, place } = withEntry(this.mapping, group, target);
    if (entries && scope !== null) {
      this.app.run({ type: "set-entries", entries: withAdded(entries, mapping), workspace: scope });
    } else {
      this.app.run({ type: "set-mapping", mapping, ...(scope !== null && { workspace: scope }) });
    }
    if (place) this.app.openEntry(scope, place);
  }
}
