import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { entryText } from "../shared/words/groups.js";
import { reasonText } from "../shared/words/plans.js";
import type { PersonGrants } from "./grants.js";
import type { Cell, Column, Row } from "./matrix.js";

/** The column of the entries themselves. */
const HEAD = -1;

/** What can be reached by the arrow keys: an entry to open, whether it holds somewhere, and a group to create there. */
type Part = "open" | "holds" | "create";

/**
 * Entries against workspaces.
 *
 * @fires entry-toggle - `detail.entry` is to hold in `detail.workspace`, or not: `detail.holds`.
 * @fires group-missing - The group `detail.name` is to be created in `detail.workspace`.
 */
@customElement("matrix-table")
export class MatrixTable extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .scroll {
        max-height: max(20rem, calc(100vh - 12rem));
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-m);
        overflow: auto;
      }

      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        font-size: var(--gs-small-size);
      }

      th,
      td {
        padding: 0.3rem 0.5rem;
        border-block-end: 1px solid var(--gs-line);
        background: var(--gs-card);
        text-align: start;
        vertical-align: top;
      }

      tbody tr:last-child > * {
        border-block-end: 0;
      }

      thead th {
        position: sticky;
        z-index: 2;
        inset-block-start: 0;
        min-width: 7.5rem;
        vertical-align: bottom;
        overflow-wrap: anywhere;
      }

      .entry {
        position: sticky;
        z-index: 1;
        inset-inline-start: 0;
        min-width: 14rem;
        max-width: 22rem;
        border-inline-end: 1px solid var(--gs-line);
        font-weight: var(--wa-font-weight-normal);
        overflow-wrap: anywhere;
      }

      thead .entry {
        z-index: 3;
      }

      .part {
        background: var(--gs-code);
        color: var(--gs-quiet);
        font-weight: var(--wa-font-weight-semibold);
      }

      td label {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1rem 0.4rem;
        align-items: center;
        min-height: 1.5rem;
        cursor: pointer;
      }

      .off {
        color: var(--gs-quiet);
      }

      .grants {
        background: var(--gs-selection);
      }

      .person {
        font-weight: var(--wa-font-weight-normal);
      }

      .empty {
        text-align: center;
      }

      @media (max-width: 47.99rem) {
        thead th,
        .entry {
          min-width: 0;
        }

        thead th:not(.entry) {
          width: 55%;
        }
      }
    `,
  ];

  @property({ attribute: false }) columns: readonly Column[] = [];
  /** The place of each column among the cells of a row. */
  @property({ attribute: false }) places: readonly number[] = [];
  @property({ attribute: false }) rows: readonly Row[] = [];
  /** How many rows stand before these, and how many there are. */
  @property({ type: Number }) first = 0;
  @property({ type: Number }) total = 0;
  /** How many columns stand before these, and how many there are. */
  @property({ type: Number }) firstColumn = 0;
  @property({ type: Number }) totalColumns = 0;
  @property({ attribute: false }) grants: ReadonlyMap<string, PersonGrants> | null = null;
  /** Who is pinned. */
  @property() person = "";
  /** What is said where there is no row. */
  @property() none = "";

  /** What Tab leads to; from there, the arrow keys. */
  @state() private at = cellKey(0, 0, "holds");
  @query("tbody") private body!: HTMLElement | null;
  /** Whether the focus was among the cells before the last change. */
  #hadFocus = false;

  override render() {
    const m = messages().matrix;
    const { columns, rows } = this;
    const split = rows.findIndex(({ span }) => span === null);
    return html`
      <div class="scroll">
        <table role="grid" aria-label=${m.title} aria-rowcount=${this.total + 1} aria-colcount=${this.totalColumns + 1}>
          <thead>
            <tr>
              <th scope="col" class="entry">${m.entry}</th>
              ${columns.map((column, place) => this.#head(column, place))}
            </tr>
          </thead>
          <tbody @keydown=${this.#walk} @focusin=${this.#follow}>
            ${rows.map(
              (row, index) => html`
                ${index === split ? html`<tr><td class="part" colspan=${columns.length + 1}>${m.besides}</td></tr>` : nothing}
                ${this.#row(row, index)}
              `,
            )}
            ${rows.length === 0 ? html`<tr><td class="empty quiet" colspan=${columns.length + 1}>${this.none}</td></tr>` : nothing}
          </tbody>
        </table>
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("rows") && !changed.has("columns")) return;
    const [row, column] = placeOf(this.at);
    this.#hadFocus = this.body?.matches(":focus-within") ?? false;
    if (column >= this.columns.length) this.at = cellKey(row, 0, "holds");
  }

  protected override updated(): void {
    // What had the focus may be gone: a group that was missing is there now.
    if (!this.#cellAt(this.at)) {
      const [row, column] = placeOf(this.at);
      this.at = cellKey(Math.min(row, Math.max(0, this.rows.length - 1)), Math.max(0, column), "holds");
    }
    if (this.#hadFocus && !(this.renderRoot as ShadowRoot).activeElement) this.#cellAt(this.at)?.focus();
  }

  #head({ id, enabled, by, idle }: Column, place: number): TemplateResult {
    const m = messages().matrix;
    return html`
      <th scope="col" class=${enabled ? "" : "off"} aria-colindex=${this.firstColumn + place + 2}>
        <a href=${address("settings", id)}>${this.app.nameOf(id)}</a>
        ${enabled ? nothing : html`<span class="badge doubt">${messages().settings.offBadge}</span>`}
        ${by === "inherited" ? nothing : html`<span class="badge own">${by === "entries" ? m.byEntry : m.ownMapping}</span>`}
        ${this.#unfinished(id) ? html`<span class="badge bad">${m.unfinished}</span>` : nothing}
        ${idle.map((entry) => this.#idle(id, entry))}
        ${this.#person(id)}
      </th>
    `;
  }

  #idle(workspace: string, entry: string): TemplateResult {
    const m = messages().matrix;
    return html`<p class="person">
      ${m.idle(entry)}
      <button class="link" type="button" @click=${() => this.#toggle(entry, workspace, false)}>${m.forget}</button>
    </p>`;
  }

  /** What the pinned person gets there. */
  #person(id: string): TemplateResult | typeof nothing {
    const m = messages().matrix;
    const found = this.grants?.get(id);
    if (!found) return nothing;
    const { status, reason, resolution } = found.plan;
    const what =
      status === "skipped" || status === "denied"
        ? reason === undefined
          ? messages().statuses[status]
          : reasonText(reason)
        : [resolution.role ?? m.noRole, ...resolution.groups].join(" · ");
    return html`<p class="person"><span class="quiet">${messages().labelled(this.person)}</span> ${what}</p>`;
  }

  #row(row: Row, index: number): TemplateResult {
    return html`
      <tr aria-rowindex=${this.first + index + 2}>
        <th scope="row" class="entry">
          ${
            row.span === null
              ? html`${entryText(row.text)}`
              : html`<button
                  class="link"
                  type="button"
                  data-cell=${cellKey(index, HEAD, "open")}
                  tabindex=${this.#tabIndex(index, HEAD, "open")}
                  @click=${() => row.span && this.app.openEntry(null, row.span)}>
                  ${entryText(row.text)}
                </button>`
          }
        </th>
        ${this.columns.map((column, place) => {
          const cell = row.cells[this.places[place] ?? place];
          return cell ? this.#cell(row, cell, column, [index, place]) : nothing;
        })}
      </tr>
    `;
  }

  #cell(row: Row, cell: Cell, column: Column, [index, place]: [number, number]): TemplateResult {
    const m = messages().matrix;
    const name = this.app.nameOf(column.id);
    const grants = this.#isGranting(row, column);
    const target = row.entry.target;
    return html`
      <td class="${column.enabled ? "" : "off"} ${grants ? "grants" : ""}" aria-colindex=${this.firstColumn + place + 2}>
        <label>
          <input
            type="checkbox"
            data-cell=${cellKey(index, place, "holds")}
            tabindex=${this.#tabIndex(index, place, "holds")}
            aria-label=${m.holdsIn(row.text, name)}
            aria-describedby="said-${index}-${place}"
            .checked=${live(cell.holds)}
            ?disabled=${this.#unfinished(column.id)}
            @change=${(event: Event) => this.#toggle(row.text, column.id, (event.target as HTMLInputElement).checked)}
          />
          <span id="said-${index}-${place}">${this.#said(row, cell, column, grants)}</span>
        </label>
        ${
          cell.holds && cell.missing && target.kind === "name"
            ? html`<button
                class="link"
                type="button"
                data-cell=${cellKey(index, place, "create")}
                tabindex=${this.#tabIndex(index, place, "create")}
                @click=${() => this.#send("group-missing", { name: target.text, workspace: column.id })}
              >
                ${m.createGroup(target.text)}<span class="for-screen-readers"> ${m.inWorkspace(name)}</span>
              </button>`
            : nothing
        }
      </td>
    `;
  }

  #said({ span }: Row, { holds, missing }: Cell, { by }: Column, grants: boolean): TemplateResult | typeof nothing {
    const m = messages().matrix;
    const granted = grants ? html`<span class="for-screen-readers">${m.grantsPerson(this.person)}</span>` : nothing;
    if (holds && missing) return html`<span class="badge doubt">${m.missing}</span>${granted}`;
    if (holds && span === null) return html`<span class="badge own">${m.hereAlso}</span>${granted}`;
    if (!holds && span !== null && by === "entries") return html`<span class="badge own">${m.notHere}</span>`;
    return granted;
  }

  #isGranting(row: Row, { id }: Column): boolean {
    const found = this.grants?.get(id);
    if (!found) return false;
    return (row.span !== null && found.places.has(row.span.start)) || found.texts.has(row.text);
  }

  #unfinished(workspace: string): boolean {
    const { draft } = this.app;
    return [draft.attempt("set-mapping", workspace), draft.attempt("set-entries", workspace)].some(Boolean);
  }

  #tabIndex(row: number, column: number, part: Part): number {
    return this.at === cellKey(row, column, part) ? 0 : -1;
  }

  #toggle(entry: string, workspace: string, holds: boolean): void {
    this.#send("entry-toggle", { entry, workspace, holds });
  }

  #send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Where a click led, Tab leads back to. */
  #follow(event: FocusEvent): void {
    const { cell } = (event.target as HTMLElement).dataset;
    if (cell !== undefined) this.at = cell;
  }

  /** The arrow keys go from cell to cell, Home and End to the first and the last of a row. */
  #walk(event: KeyboardEvent): void {
    const { cell } = (event.target as HTMLElement).dataset;
    if (cell === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const [row, column] = placeOf(cell);
    const part = column === HEAD ? "open" : "holds";
    const inRow = [...this.renderRoot.querySelectorAll<HTMLElement>(`[data-cell^="${row} "]`)];
    const here = inRow.findIndex((one) => one.dataset.cell === cell);
    const next: Record<string, HTMLElement | null | undefined> = {
      ArrowRight: inRow[here + 1],
      ArrowLeft: inRow[here - 1],
      Home: inRow[0],
      End: inRow.at(-1),
      ArrowDown: this.#cellAt(cellKey(row + 1, column, part)),
      ArrowUp: this.#cellAt(cellKey(row - 1, column, part)),
    };
    if (!(event.key in next)) return;
    event.preventDefault();
    next[event.key]?.focus();
  }

  #cellAt(key: string): HTMLElement | null {
    return this.renderRoot.querySelector(`[data-cell="${key}"]`);
  }
}

const cellKey = (row: number, column: number, part: Part) => `${row} ${column} ${part}`;

function placeOf(key: string): [row: number, column: number] {
  const [row = 0, column = 0] = key.split(" ").map(Number);
  return [row, column];
}
