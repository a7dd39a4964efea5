import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { ModalDialog } from "../shared/elements/modal-dialog.js";
import { admin } from "../shared/styles/admin.js";
import type { Page } from "./commands.js";
import {
  commandsFound,
  entriesFound,
  type Finding,
  type Kind,
  matching,
  peopleFound,
  workspacesFound,
} from "./findings.js";
import { keyCaps } from "./key-caps.js";
import "../shared/elements/modal-dialog.js";

/** Nobody wants a request for each letter. */
const PAUSE = 150;
/** So many of a kind are shown. */
const SHOWN = 8;

const kinds: readonly Kind[] = ["views", "actions", "workspaces", "entries", "people"];

/** Finds what can be done and opened by a few letters: a combobox with a list, in a dialog. */
@customElement("command-palette")
export class CommandPalette extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      /* As tall as ever, so that nothing moves while somebody types. */
      [role="listbox"] {
        height: min(26rem, 60vh);
        margin-inline: calc(-1 * var(--wa-space-2xs));
        padding-inline: var(--wa-space-2xs);
        overflow-y: auto;
      }

      h3 {
        padding: var(--wa-space-xs) 0.6rem var(--wa-space-3xs);
        color: var(--gs-quiet);
      }

      .option {
        display: flex;
        gap: 0 var(--wa-space-s);
        align-items: baseline;
        padding: 0.3rem 0.6rem;
        border-radius: var(--wa-border-radius-s);
        cursor: pointer;
      }

      .option:hover {
        background: var(--gs-active-line);
      }

      .option[aria-selected="true"] {
        background: var(--gs-selection);
      }

      .option[aria-selected="true"] .quiet {
        color: inherit;
      }

      .entries .name {
        font-family: var(--wa-font-family-code);
        font-size: var(--gs-small-size);
      }

      .name {
        overflow-wrap: anywhere;
      }

      .detail {
        overflow-wrap: anywhere;
      }

      .keys {
        margin-inline-start: auto;
        white-space: nowrap;
      }

      @media (forced-colors: active) {
        .option[aria-selected="true"] {
          outline: 2px solid Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) page!: Page;

  @state() private open = false;
  @state() private typed = "";
  @state() private people: Finding[] = [];
  /** The `id` of what Enter would choose. */
  @state() private active: string | undefined;
  @query("modal-dialog") private dialog!: ModalDialog;
  @query("input") private input!: HTMLInputElement;
  /** All that can be found, as it is when the palette opens. */
  #all: { commands: Finding[]; workspaces: Finding[]; entries: Finding[] } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  async show(): Promise<void> {
    this.typed = "";
    this.people = [];
    this.active = undefined;
    const { app } = this;
    this.#all = { commands: commandsFound(app), workspaces: workspacesFound(app), entries: entriesFound(app) };
    this.open = true;
    await this.updateComplete;
    this.input.focus();
  }

  override render() {
    const m = messages().palette;
    const found = this.#found();
    const all = found.flatMap(({ shown }) => shown);
    const active = this.#activeOf(all);
    return html`
      <modal-dialog .heading=${m.title} .open=${this.open} @dialog-close=${this.#closed}>
        <input
          class="field"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-label=${m.search}
          aria-expanded=${all.length > 0 ? "true" : "false"}
          aria-controls="found"
          aria-autocomplete="list"
          aria-activedescendant=${active ? `option-${all.indexOf(active)}` : nothing}
          placeholder=${m.search}
          .value=${this.typed}
          @input=${this.#type}
          @keydown=${this.#key}
        />
        <div id="found" role="listbox" tabindex="-1" aria-label=${m.found}>
          ${found.map((group) => this.#group(group, all, active))}
        </div>
        <p class="quiet" role="status">${this.#told(found)}</p>
      </modal-dialog>
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #group({ kind, shown }: Group, all: Finding[], active: Finding | undefined): TemplateResult {
    return html`
      <div role="group" aria-labelledby=${kind} class=${kind}>
        <h3 id=${kind} role="presentation">${messages().palette.kinds[kind]}</h3>
        ${shown.map(
          (finding) => html`
            <div
              id="option-${all.indexOf(finding)}"
              class="option"
              role="option"
              aria-selected=${finding === active ? "true" : "false"}
              @mousedown=${(event: Event) => event.preventDefault()}
              @click=${() => this.#choose(finding)}
            >
              <span class="name">${finding.name}</span>
              ${finding.detail === "" ? nothing : html`<span class="detail quiet">${finding.detail}</span>`}
              ${finding.keys ? html`<span class="keys">${keyCaps(finding.keys)}</span>` : nothing}
            </div>
          `,
        )}
      </div>
    `;
  }

  /** Nobody has typed yet: what can be done and opened. Entries and people are too many to be listed. */
  #found(): Group[] {
    if (!this.open || !this.#all) return [];
    const { commands, workspaces, entries } = this.#all;
    const isBlank = this.typed.trim() === "";
    const all = isBlank
      ? [...commands, ...workspaces]
      : [...matching([...commands, ...workspaces, ...entries], this.typed), ...matching(this.people, this.typed)];
    return kinds.flatMap((kind) => {
      const found = all.filter((finding) => finding.kind === kind);
      const shown = isBlank && kind !== "workspaces" ? found : found.slice(0, SHOWN);
      return found.length === 0 ? [] : { kind, shown, total: found.length };
    });
  }

  #activeOf(all: Finding[]): Finding | undefined {
    return all.find(({ id }) => id === this.active) ?? all[0];
  }

  #told(found: Group[]): string {
    const m = messages().palette;
    const total = found.reduce((sum, group) => sum + group.total, 0);
    const shown = found.reduce((sum, group) => sum + group.shown.length, 0);
    if (!this.open) return "";
    return total === 0 ? m.none : m.count(shown, total);
  }

  #type(): void {
    this.typed = this.input.value;
    this.active = undefined;
    this.#stop();
    const { typed } = this;
    if (typed.trim() !== "") this.#timer = setTimeout(() => void this.#ask(typed.trim()), PAUSE);
  }

  async #ask(search: string): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const { users } = await this.app.backend.users({ search, limit: SHOWN }, signal);
      if (!signal.aborted) this.people = peopleFound(this.app, users);
    } catch {
      // All else is found without the server.
    }
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    const all = this.#found().flatMap(({ shown }) => shown);
    const active = this.#activeOf(all);
    const place = active ? all.indexOf(active) : -1;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: SHOWN, PageUp: -SHOWN }[key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.abs(step) === 1 ? (place + step + all.length) % all.length : place + step;
      this.active = all[Math.min(Math.max(next, 0), all.length - 1)]?.id;
    } else if (key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (active) void this.#choose(active);
    } else if (key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      // The keys that open it close it.
      event.preventDefault();
      this.open = false;
    }
  }

  /** It closes first: the focus goes back to where it was, and from there to what was chosen. */
  async #choose({ run }: Finding): Promise<void> {
    this.open = false;
    await this.updateComplete;
    await this.dialog.updateComplete;
    run(this.page);
  }

  readonly #closed = (): void => {
    this.open = false;
    this.#stop();
  };

  #stop(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }
}

interface Group {
  kind: Kind;
  shown: Finding[];
  /** How many there are, shown or not. */
  total: number;
}
