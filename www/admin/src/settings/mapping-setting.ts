import type { Catalog, IdpGroup, Policy, Span } from "idp-group-sync";
import type { MappingWorkspace } from "idp-group-sync-elements";
import type { GroupMappingEditor } from "idp-group-sync-elements/group-mapping-editor";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { GroupsSeen } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { noTokens } from "../shared/state/app.js";
import { TextHistory } from "../shared/state/histories.js";
import { allLabels } from "../shared/state/labels.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/load-failure.js";

/**
 * The mapping's editor, which comes by itself: the page is there before it.
 *
 * @fires mapping-change - `detail.value` is the new text.
 * @fires place-shown - The place that was asked for is in sight.
 */
@customElement("mapping-setting")
export class MappingSetting extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      :host {
        --editor-height: 18rem;
        --problems-height: 18rem;
      }

      /* Beside the live preview, as much of the text as fits above the bar. */
      @media (min-width: 75rem) {
        :host {
          --editor-height: clamp(18rem, calc(100dvh - 24rem), 44rem);
          --problems-height: 26rem;
        }
      }

      .waiting {
        display: grid;
        place-items: center;
        height: var(--editor-height);
        border: 1px solid var(--wa-form-control-border-color);
        border-radius: var(--wa-form-control-border-radius);
        background: var(--gs-field);
      }

      /* As tall as what comes in its place, the lines below the text included. */
      .place {
        min-height: calc(var(--editor-height) + 4.5rem);
      }
    `,
  ];

  @property() value = "";
  @property({ attribute: false }) catalog: Catalog = { groups: [] };
  @property({ attribute: false }) policy: Policy = {};
  /** What the editor is called. */
  @property() label = "";
  /** Those that inherit it, if several may. */
  @property({ attribute: false }) workspaces: readonly MappingWorkspace[] = [];
  @property({ attribute: false }) tokens = noTokens;
  /** Kept while nothing of it changes. */
  #suggested: { of: [GroupsSeen | null, ReadonlyMap<string, string>]; groups: IdpGroup[] } | undefined;

  /** What can be undone in the text; it outlives the editor. */
  @property({ attribute: false }) history = new TextHistory();

  /** Whether it is only shown. */
  @property({ type: Boolean }) locked = false;

  /** A place of the text that is to be shown. */
  @property({ attribute: false }) place: Span | null = null;

  @state() private loaded: "no" | "yes" | "failed" = customElements.get("group-mapping-editor") ? "yes" : "no";
  /** What the editor begins with. */
  #begin: unknown;
  @query("group-mapping-editor") private editor!: GroupMappingEditor | null;

  override render() {
    const m = messages().mapping;
    if (this.locked)
      return html`<pre tabindex="0" role="region" aria-label=${this.label || m.label}>${this.value}</pre>`;
    if (this.loaded === "failed") return html`<load-failure></load-failure>`;
    return html`<div class="place">
      ${
        this.loaded === "yes"
          ? html`<group-mapping-editor
              .textHistory=${this.#begin}
              .value=${this.value}
              .catalog=${this.catalog}
              .policy=${this.policy}
              .workspaces=${this.workspaces}
              .idpGroups=${this.#idpGroups()}
              .knownUsers=${this.tokens.users}
              .label=${this.label || m.label}
              @mapping-change=${(event: CustomEvent<{ value: string }>) => this.#edited(event.detail.value)}
            ></group-mapping-editor>`
          : html`<div class="waiting quiet" role="status">${m.loading}</div>`
      }
    </div>`;
  }

  /** The groups that were seen, with what they are called, and those that are called something though nobody was seen with them. */
  #idpGroups(): IdpGroup[] {
    const { seen } = this.tokens;
    const labels = allLabels();
    const last = this.#suggested;
    if (last && last.of[0] === seen && last.of[1] === labels) return last.groups;
    const groups = seen?.groups ?? [];
    const names = new Set(groups.map(({ name }) => name));
    const others = [...labels].filter(([name]) => !names.has(name));
    const all: IdpGroup[] = [
      ...groups.map(({ name, users }) => ({ name, users, ...labelled(labels.get(name)) })),
      ...others.map(([name, label]) => ({ name, label })),
    ];
    this.#suggested = { of: [seen, labels], groups: all };
    return all;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("history")) this.#begin = this.history.value;
  }

  protected override firstUpdated(): void {
    if (this.loaded === "yes") return;
    import("idp-group-sync-elements/group-mapping-editor").then(
      () => {
        this.loaded = "yes";
      },
      () => {
        this.loaded = "failed";
      },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // The editor still knows: it goes after what it is in.
    this.history.close();
  }

  protected override updated(): void {
    if (this.editor) this.history.open(this.editor);
    if (this.place && this.editor) void this.#show(this.place, this.editor);
  }

  async #show(place: Span, editor: GroupMappingEditor): Promise<void> {
    await editor.updateComplete;
    if (this.place !== place) return;
    this.place = null;
    editor.selectSpans([place]);
    editor.scrollIntoView({ block: "center" });
    this.dispatchEvent(new CustomEvent("place-shown"));
  }

  #edited(value: string): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent("mapping-change", { detail: { value } }));
  }
}

const labelled = (label: string | undefined) => (label === undefined ? {} : { label });
