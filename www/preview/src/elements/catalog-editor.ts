import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import "@awesome.me/webawesome/dist/components/input/input.js";
import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import type WaSelect from "@awesome.me/webawesome/dist/components/select/select.js";
import { type AppGroup, type Catalog, completeMapping } from "idp-group-sync";
import { followLanguage } from "idp-group-sync-elements/internal/messages/language.js";
import { folds, hiddenLabels, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";

/** The roles of a catalog that names none, which are the engine's to know: it offers them all as a target. */
function defaultRoles(): string[] {
  const target = "x -> ";
  return completeMapping(target, target.length, { groups: [] }).map(({ label }) => label);
}

/**
 * A small form for what the application can grant: its roles, lowest first, and its custom groups.
 *
 * @fires catalog-change - `detail.catalog` is the new catalog.
 */
@customElement("catalog-editor")
export class CatalogEditor extends LitElement {
  static override styles = [
    shared,
    hiddenLabels,
    folds,
    css`
      :host {
        container-type: inline-size;
      }

      h3 {
        margin-block-end: var(--gs-space-xs);
      }

      .group {
        display: grid;
        --wa-form-control-padding-inline: 0.6em;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.25fr) 2.25rem;
        gap: var(--gs-space-xs);
        align-items: center;
      }

      .role {
        display: grid;
        grid-template-columns: 1rem minmax(0, 1fr) 2.25rem;
        gap: var(--gs-space-xs);
        align-items: center;
      }

      ul,
      ol {
        display: grid;
        gap: var(--gs-space-2xs);
      }

      /* Room for the focus ring inside the scrolling list. */
      ul {
        max-height: 14rem;
        margin: -4px;
        padding: 4px;
        overflow-y: auto;
      }

      /* Of a long list, only what is in sight is laid out: the page is drawn at each keystroke. */
      .group {
        content-visibility: auto;
        contain-intrinsic-height: auto 2.25rem;
      }

      @container (max-width: 20rem) {
        ul {
          max-height: 24rem;
        }

        .group {
          grid-template-columns: minmax(0, 1fr) 2.25rem;
          padding-block-end: var(--gs-space-xs);
        }

        .group wa-select {
          grid-row: 2;
          padding-inline-start: var(--gs-space-s);
        }
      }

      .add {
        margin-block: var(--gs-space-2xs);
      }

      .rank {
        color: var(--gs-quiet);
        font-variant-numeric: tabular-nums;
        text-align: end;
      }

      wa-input,
      wa-select {
        min-width: 0;
      }

      wa-select::part(form-control) {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--gs-space-xs);
        align-items: center;
      }

      wa-select::part(form-control-label) {
        margin: 0;
        color: var(--gs-quiet);
        font-weight: 400;
      }

      wa-input::part(input) {
        min-width: 0;
      }

      details {
        border-block-start: 1px solid var(--gs-line);
      }
    `,
  ];

  /** What the application can grant. */
  @property({ attribute: false }) catalog: Catalog = { groups: [] };

  get #roles(): string[] {
    return this.catalog.roles ?? defaultRoles();
  }

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const texts = messages().catalog;
    return html`
      <h3 id="groups">${texts.groups}</h3>
      <ul aria-labelledby="groups">
        ${this.catalog.groups.map((group, index) => this.#group(group, index))}
      </ul>
      <wa-button class="add" size="s" appearance="plain" variant="brand" @click=${() => this.#addGroup()}>
        <wa-icon slot="start" name="plus"></wa-icon>
        ${texts.addGroup}
      </wa-button>
      <details>
        <summary>${texts.roles}: ${this.#roles.join(", ")}</summary>
        <ol aria-label=${texts.roles}>
          ${this.#roles.map((role, index) => this.#role(role, index))}
        </ol>
        <wa-button class="add" size="s" appearance="plain" variant="brand" @click=${() => this.#addRole()}>
          <wa-icon slot="start" name="plus"></wa-icon>
          ${texts.addRole}
        </wa-button>
      </details>
    `;
  }

  #group(group: AppGroup, index: number): TemplateResult {
    return html`
      <li class="group">
        <wa-input
          size="s"
          label=${messages().catalog.groupName(index + 1)}
          spellcheck="false"
          .value=${group.name}
          @input=${(event: Event) => this.#setGroup(index, { ...group, name: (event.target as WaInput).value ?? "" })}
        ></wa-input>
        <wa-select
          size="s"
          .value=${String(group.requires === undefined ? -1 : this.#roles.indexOf(group.requires))}
          @change=${(event: Event) => this.#setRequires(index, group.name, Number((event.target as WaSelect).value))}
        >
          <span slot="label"><span class="for-screen-readers">${messages().catalog.groupNeeds(group.name || index + 1)}</span>${messages().catalog.needs}</span>
          <wa-option value="-1">${messages().catalog.noRole}</wa-option>
          ${this.#roles.map((role, rank) => html`<wa-option value=${rank}>${role}</wa-option>`)}
        </wa-select>
        <wa-button
          size="s"
          appearance="plain"
          @click=${() => this.#setGroups(this.catalog.groups.filter((_, other) => other !== index))}
        >
          <wa-icon name="trash" label=${messages().catalog.removeGroup(group.name)}></wa-icon>
        </wa-button>
      </li>
    `;
  }

  #role(role: string, index: number): TemplateResult {
    return html`
      <li class="role">
        <span class="rank" aria-hidden="true">${index + 1}</span>
        <wa-input
          size="s"
          label=${messages().catalog.roleName(index + 1)}
          spellcheck="false"
          .value=${role}
          @input=${(event: Event) => this.#renameRole(index, (event.target as WaInput).value ?? "")}
        ></wa-input>
        <wa-button
          size="s"
          appearance="plain"
          ?disabled=${this.#roles.length === 1}
          @click=${() => this.#setRoles(this.#roles.filter((_, other) => other !== index))}
        >
          <wa-icon name="trash" label=${messages().catalog.removeRole(role)}></wa-icon>
        </wa-button>
      </li>
    `;
  }

  #setRequires(index: number, name: string, rank: number): void {
    const requires = this.#roles[rank];
    this.#setGroup(index, requires === undefined ? { name } : { name, requires });
  }

  #setGroup(index: number, group: AppGroup): void {
    this.#setGroups(this.catalog.groups.map((other, place) => (place === index ? group : other)));
  }

  #setGroups(groups: AppGroup[]): void {
    this.#change({ ...this.catalog, groups });
  }

  /** A group follows the role that it requires to its new name. */
  #renameRole(index: number, name: string): void {
    const before = this.#roles[index];
    this.#change({
      roles: this.#roles.map((role, place) => (place === index ? name : role)),
      groups: this.catalog.groups.map((group) => (group.requires === before ? { ...group, requires: name } : group)),
    });
  }

  #setRoles(roles: string[]): void {
    this.#change({ ...this.catalog, roles });
  }

  #addGroup(): void {
    const names = this.catalog.groups.map(({ name }) => name);
    this.#setGroups([...this.catalog.groups, { name: freeName(messages().catalog.newGroup, names) }]);
    void this.#focusLast(".group wa-input");
  }

  #addRole(): void {
    this.#setRoles([...this.#roles, freeName(messages().catalog.newRole, this.#roles)]);
    void this.#focusLast(".role wa-input");
  }

  /** Puts the cursor into what was just added, with its made-up name selected. */
  async #focusLast(selector: string): Promise<void> {
    await this.updateComplete;
    const added = [...this.renderRoot.querySelectorAll<WaInput>(selector)].at(-1);
    await added?.updateComplete;
    added?.focus();
    added?.select();
  }

  #change(catalog: Catalog): void {
    this.catalog = catalog;
    this.dispatchEvent(new CustomEvent("catalog-change", { detail: { catalog } }));
  }
}

function freeName(stem: string, taken: string[]): string {
  let name = stem;
  for (let count = 2; taken.includes(name); count++) name = `${stem}-${count}`;
  return name;
}
