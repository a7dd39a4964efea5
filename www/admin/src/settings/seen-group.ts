import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { SeenGroup, Via } from "../shared/engine/group-standing.js";
import { labelOf } from "../shared/state/labels.js";
import { admin } from "../shared/styles/admin.js";
import { named } from "../shared/words/groups.js";
import { when } from "../shared/words/when.js";
import "../shared/elements/failure-note.js";

/**
 * A group that was seen: who has it, what can be done with it, and what it is called.
 *
 * @fires group-map - It is to be mapped; `detail.target` is to what.
 */
@customElement("seen-group")
export class SeenGroupRow extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .name {
        overflow-wrap: anywhere;
      }

      .actions {
        margin-inline-start: auto;
      }

      form {
        margin-block-start: var(--wa-space-xs);
      }

      form .field {
        width: auto;
        flex: 1 1 12rem;
        max-width: 24rem;
      }
    `,
  ];

  @property({ attribute: false }) group!: SeenGroup;
  /** By what it counts, as the mapping is typed. */
  @property() via: Via = "none";
  @property({ attribute: false }) targets: readonly string[] = [];
  /** Those that may be meant. */
  @property({ attribute: false }) suggestions: readonly string[] = [];

  /** What is being asked about it. */
  @state() private asking: "target" | "label" | null = null;
  @state() private failure: BackendError | null = null;
  @query(".field") private field!: HTMLInputElement | null;

  override render() {
    const m = messages().seen;
    const { name, users, lastSeen, via: saved } = this.group;
    const label = labelOf(name);
    return html`
      <div class="row">
        <span class="name">${named(name)}</span>
        <span class="quiet">${m.people(users)}${lastSeen === "" ? nothing : html`, ${m.last(when(lastSeen))}`}</span>
        ${this.via === "name" ? html`<span class="badge">${m.byName}</span>` : nothing}
        ${this.via === "mapping" && saved === "none" ? html`<span class="badge own">${m.notSaved}</span>` : nothing}
        <span class="row actions">
          ${this.via === "mapping" || this.app.readOnly ? nothing : this.#mapping(name)}
          ${
            this.app.embedded
              ? nothing
              : html`<button class="link" type="button" aria-expanded=${this.asking === "label"} @click=${() => this.#ask("label")}>
                  ${m.label}<span class="for-screen-readers">: ${label ?? name}</span>
                </button>`
          }
        </span>
      </div>
      ${this.asking === "target" ? this.#targetForm(name) : nothing}
      ${this.asking === "label" ? this.#labelForm(name, label) : nothing}
    `;
  }

  #mapping(name: string): TemplateResult {
    const m = messages().seen;
    const forWhich = html`<span class="for-screen-readers">: ${name}</span>`;
    return html`
      ${this.suggestions.map(
        (target) => html`
          <wa-button size="s" appearance="outlined" @click=${() => this.#map(target)}>
            ${m.mapTo(html`<code>${target}</code>`)}${forWhich}
          </wa-button>
        `,
      )}
      <wa-button size="s" appearance="plain" @click=${() => this.#ask("target")}>${m.map}${forWhich}</wa-button>
    `;
  }

  #targetForm(name: string): TemplateResult {
    const m = messages().seen;
    return html`
      <form class="row" @submit=${this.#submitTarget}>
        <label for="field">${m.mapGroup(name)}</label>
        <input id="field" class="field" name="target" list="targets" required placeholder=${m.target} autocomplete="off" />
        <datalist id="targets">${this.targets.map((target) => html`<option value=${target}></option>`)}</datalist>
        <wa-button size="s" type="submit">${m.add}</wa-button>
        <wa-button size="s" appearance="plain" @click=${() => this.#close()}>${messages().cancel}</wa-button>
      </form>
    `;
  }

  #labelForm(name: string, label: string | undefined): TemplateResult {
    const m = messages().seen;
    return html`
      <form class="row" @submit=${this.#submitLabel}>
        <label for="field">${m.labelOf(name)}</label>
        <input
          id="field"
          class="field"
          name="label"
          maxlength="200"
          autocomplete="off"
          aria-describedby="hint"
          .value=${label ?? ""}
        />
        <wa-button size="s" type="submit">${m.saveLabel}</wa-button>
        <wa-button size="s" appearance="plain" @click=${() => this.#close()}>${messages().cancel}</wa-button>
        <span id="hint" class="quiet">${m.labelHint}</span>
      </form>
      ${this.failure ? html`<failure-note .failure=${this.failure}></failure-note>` : nothing}
    `;
  }

  async #ask(what: "target" | "label"): Promise<void> {
    this.failure = null;
    this.asking = this.asking === what ? null : what;
    await this.updateComplete;
    this.field?.focus();
  }

  /** The button that was pressed has the focus again. */
  #close(): void {
    const pressed = this.asking === "target" ? "wa-button" : "button.link";
    this.asking = null;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>(`.actions ${pressed}`);
    buttons[buttons.length - 1]?.focus();
  }

  #submitTarget(event: Event): void {
    event.preventDefault();
    const target = this.field?.value.trim() ?? "";
    if (target !== "") this.#map(target);
  }

  #map(target: string): void {
    this.asking = null;
    this.dispatchEvent(new CustomEvent("group-map", { detail: { target } }));
  }

  async #submitLabel(event: Event): Promise<void> {
    event.preventDefault();
    const label = this.field?.value.trim() ?? "";
    try {
      await this.app.label([{ name: this.group.name, label: label === "" ? null : label }]);
      this.#close();
    } catch (error) {
      this.failure = asBackendError(error);
    }
  }
}
