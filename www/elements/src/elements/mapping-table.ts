import { GroupSyncError, type TextEdit } from "idp-group-sync";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "../element-icons.js";
import type { EngineAsker } from "../engine/engine-asker.js";
import { converted } from "../engine/imported.js";
import { type Facts, type KnownGroups, noGroups, type Row, type Rows } from "../engine/questions.js";
import { placeOf } from "../engine/rows.js";
import { catalogsOf, completeInAny } from "../engine/workspace-checks.js";
import { followLanguage, words } from "../messages/language.js";
import { messageOf, sentence } from "../messages/wording.js";
import { mappingTable } from "../styles/mapping-table.js";
import { buttons, fields, shared } from "../styles/shared.js";
import { type Cell, isLiteral, movedBy, newEntry, removal, rewritten, type Side } from "../table/row-edits.js";
import { customElement } from "./custom-element.js";

/** How many rows are shown at a time. */
const PAGE = 50;
/** How many suggestions a field offers. */
const SUGGESTIONS = 50;

type EntryRow = Extract<Row, { kind: "entry" }>;
type UnreadRow = Extract<Row, { kind: "unread" }>;

/** An IdP group or a role in the row that is not an entry yet. */
type NewCells = Record<Side, string>;

/**
 * The mapping as a table, for those who dislike text: a row for each entry, and one for each line that cannot be read.
 *
 * @fires table-edit - `detail.edit` is the edit of the text that makes the change; `detail.value` is the text it is for.
 * @fires table-paste - `detail.conversion` are entries that were pasted from another system.
 * @fires row-focus - A row has the focus; `detail.at` is its place in the text.
 */
@customElement("mapping-table")
export class MappingTable extends LitElement {
  static override styles = [shared, buttons, fields, mappingTable];

  /** Who reads the rows: the editor's own line to the engine, which has read the text already. */
  @property({ attribute: false }) engine!: EngineAsker;
  /** What the rows are read from. */
  @property({ attribute: false }) facts: Facts | undefined;
  /** IdP groups to suggest. */
  @property({ attribute: false }) idpGroups: KnownGroups = noGroups;

  @state() private filter = "";
  @state() private shown: Rows = { rows: [], first: 0, total: 0 };
  @state() private added: NewCells = { source: "", target: "" };
  /** The field that could not be written as it was typed, and why. */
  @state() private refused: { field: string; text: string; reason: string } | undefined;
  @state() private suggestions: string[] = [];
  /** What is being typed, until its field loses the focus: the table may be written anew meanwhile. */
  #typed: { field: string; text: string } | undefined;
  /** The key of each row that is shown, so that focus and typing stay with it when others come and go. */
  #keys: number[] = [];
  #lastKey = 0;

  /** The text that the rows are of. */
  #of = "";
  /** Whether any rows were read yet. */
  #isRead = false;
  /** Where the focus goes once the rows are there. */
  #focusNext: { row: number; side: Side } | undefined;

  constructor() {
    super();
    followLanguage(this);
  }

  /** Shows the row of the entry at a place in the text, and moves the focus there. */
  reveal(at: number): void {
    this.filter = "";
    this.#ask(0, at, () => {
      const row = this.shown.rows.findIndex((shown) => placeOf(shown).end >= at);
      this.#focusNext = { row: row + this.shown.first, side: "source" };
    });
  }

  override render() {
    const texts = words().table;
    const { rows, first, total } = this.shown;
    return html`
      <div class="above">
        <label>
          ${texts.filter}
          <input
            type="search"
            .value=${live(this.filter)}
            spellcheck="false"
            @input=${(event: Event) => {
              this.filter = (event.target as HTMLInputElement).value;
              this.#ask(0);
            }}
          />
        </label>
        <p class="quiet" role="status">${this.#range()}</p>
        ${total > PAGE ? this.#pager(first, rows.length, total) : nothing}
      </div>
      <div class="rows" @keydown=${this.#walk} @paste=${this.#paste}>
        <table role="table" aria-label=${texts.label} aria-rowcount=${total + 2}>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
              <th role="columnheader" scope="col">${texts.source}</th>
              <th role="columnheader" scope="col">${texts.target}</th>
              <th role="columnheader" scope="col"><span class="for-screen-readers">${texts.change}</span></th>
              <th role="columnheader" scope="col" class="for-screen-readers">${texts.problems}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${repeat(
              rows,
              (_, index) => this.#keys[index],
              (row, index) =>
                row.kind === "entry" ? this.#entry(row, first + index) : this.#unread(row, first + index),
            )}
            ${total === 0 && this.#isRead ? html`<tr role="row"><td role="cell" colspan="4" class="whole quiet">${this.filter === "" ? texts.none : texts.nothingFound}</td></tr>` : nothing}
            ${this.#newRow()}
          </tbody>
        </table>
      </div>
      <datalist id="suggestions">${this.suggestions.map((name) => html`<option value=${name}></option>`)}</datalist>
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.engine.withdraw("rows");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("facts")) this.#ask(this.shown.first);
  }

  protected override updated(): void {
    if (!this.#focusNext) return;
    const { row, side } = this.#focusNext;
    const field = this.#field(row, side) ?? (this.shown.total === 0 ? this.#named("new source") : null);
    if (!field) return;
    this.#focusNext = undefined;
    enter(field);
    field.scrollIntoView({ block: "nearest" });
  }

  #ask(first: number, around?: number, then?: () => void): void {
    const { facts } = this;
    if (!facts) return;
    const wanted = { filter: this.filter, first, count: PAGE, around };
    this.engine.ask("rows", facts, wanted, (rows) => {
      this.#keys = this.#keysOf(rows);
      this.shown = rows;
      this.#of = facts.mapping;
      this.#isRead = true;
      then?.();
      this.requestUpdate();
    });
  }

  /** A row that stands where one stood is the same. */
  #keysOf({ rows }: Rows): number[] {
    const stand = (row: Row) => `${row.kind} ${placeOf(row).start}`;
    const known = new Map(this.shown.rows.map((row, index) => [stand(row), this.#keys[index]]));
    return rows.map((row) => known.get(stand(row)) ?? ++this.#lastKey);
  }

  #fieldOf(place: number, side: Side): string {
    return `${this.#keys[place - this.shown.first]} ${side}`;
  }

  #range(): string {
    const { rows, first, total } = this.shown;
    if (!this.#isRead) return "";
    const { page, total: none } = words().table;
    return total > 0 ? page(first + 1, first + rows.length, total) : none(0);
  }

  #pager(first: number, shown: number, total: number): TemplateResult {
    const texts = words().table;
    const previous = first === 0;
    const next = first + shown >= total;
    return html`
      <div class="pager">
        <button class="button" type="button" aria-disabled=${previous} @click=${() => !previous && this.#ask(first - PAGE)}>
          ${icon("left", { label: texts.previous })}
        </button>
        <button class="button" type="button" aria-disabled=${next} @click=${() => !next && this.#ask(first + PAGE)}>
          ${icon("right", { label: texts.next })}
        </button>
      </div>
    `;
  }

  #entry(row: EntryRow, place: number): TemplateResult {
    const texts = words().table;
    const { source, target } = row.entry;
    return html`
      <tr role="row" aria-rowindex=${place + 2} @focusin=${() => this.#tellFocus(row)}>
        <td role="cell">${this.#cell(row, place, "source", texts.sourceOf(place + 1))}</td>
        <td role="cell">${this.#cell(row, place, "target", texts.targetOf(place + 1))}</td>
        <td role="cell">${this.#removeButton(row, place, texts.remove(source.text, target.text))}</td>
        ${this.#problems(row)}
      </tr>
    `;
  }

  #cell(row: EntryRow, place: number, side: Side, label: string): TemplateResult {
    const { text, kind } = row.entry[side];
    const wild = !isLiteral(row.entry[side]);
    return html`
      ${this.#input({ field: this.#fieldOf(place, side), cell: `${place} ${side}`, label, text, side, write: (typed) => this.#write(row, place, side, { text: typed, wild }) })}
      ${
        text.includes("*") && kind !== "condition"
          ? html`<label class="star">
              <input
                type="checkbox"
                .checked=${live(wild)}
                @change=${() => this.#write(row, place, side, { text, wild: !wild })}
              />
              ${words().table.star}
            </label>`
          : nothing
      }
    `;
  }

  #unread(row: UnreadRow, place: number): TemplateResult {
    const texts = words().table;
    const write = (text: string) => this.#send({ start: row.span.start, end: row.span.end, text });
    return html`
      <tr role="row" aria-rowindex=${place + 2} @focusin=${() => this.#tellFocus(row)}>
        <td role="cell" colspan="2" class="wide">
          ${this.#input({ field: this.#fieldOf(place, "source"), cell: `${place} source`, label: texts.lineOf(row.span.line), text: row.text, side: undefined, write })}
        </td>
        <td role="cell">${this.#removeButton(row, place, texts.removeLine(row.span.line))}</td>
        ${this.#problems(row)}
      </tr>
    `;
  }

  #newRow(): TemplateResult {
    const texts = words().table;
    const cell = (side: Side, label: string) =>
      this.#input({
        field: `new ${side}`,
        cell: `new ${side}`,
        label,
        text: this.added[side],
        side,
        write: (text) => {
          this.added = { ...this.added, [side]: text };
        },
      });
    return html`
      <tr role="row" class="new" aria-rowindex=${this.shown.total + 2}>
        <td role="cell">${cell("source", texts.newSource)}</td>
        <td role="cell">${cell("target", texts.newTarget)}</td>
        <td role="cell"><button class="button" type="button" @click=${() => this.#add()}>${texts.add}</button></td>
      </tr>
    `;
  }

  #input(field: {
    /** What is remembered of the field is remembered under this. */
    field: string;
    /** Where it stands now. */
    cell: string;
    label: string;
    text: string;
    side: Side | undefined;
    write: (typed: string) => void;
  }): TemplateResult {
    const refused = this.refused?.field === field.field ? this.refused : undefined;
    const typed = this.#typed?.field === field.field ? this.#typed : undefined;
    return html`
      <input
        data-cell=${field.cell}
        aria-label=${field.label}
        class=${field.side ?? "line"}
        .value=${live((typed ?? refused ?? field).text)}
        list=${field.side ? "suggestions" : nothing}
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        aria-invalid=${refused ? "true" : "false"}
        aria-describedby=${refused ? "refusal" : nothing}
        @focus=${() => this.#suggest(field.side, field.text)}
        @input=${(event: Event) => {
          const text = (event.target as HTMLInputElement).value;
          this.#typed = { field: field.field, text };
          this.#suggest(field.side, text);
        }}
        @change=${(event: Event) => {
          this.#typed = undefined;
          field.write((event.target as HTMLInputElement).value);
        }}
      />
      ${refused ? html`<p id="refusal" class="refusal" role="alert">${refused.reason}</p>` : nothing}
    `;
  }

  #problems({ diagnostics }: Row): TemplateResult | typeof nothing {
    if (diagnostics.length === 0) return nothing;
    return html`<td role="cell" class="whole"><ul class="problems">
      ${diagnostics.map(
        (diagnostic) => html`<li class=${diagnostic.severity}>
          ${icon(diagnostic.severity === "error" ? "cross" : diagnostic.severity, { label: words().severity[diagnostic.severity] })}
          ${sentence(messageOf(diagnostic))}.
        </li>`,
      )}
    </ul></td>`;
  }

  #removeButton(row: Row, place: number, label: string): TemplateResult {
    const remove = () => {
      this.#focusNext = { row: Math.min(place, this.shown.total - 2), side: "source" };
      this.#send(removal(this.#of, placeOf(row)));
      const { rows, first, total } = this.shown;
      const isOther = (_: unknown, index: number) => index !== place - first;
      this.#keys = this.#keys.filter(isOther);
      this.shown = { rows: rows.filter(isOther), first, total: total - 1 };
    };
    return html`<button class="button bare" type="button" title=${label} @click=${remove}>
      ${icon("trash", { label })}
    </button>`;
  }

  #write(row: EntryRow, place: number, side: Side, cell: Cell): void {
    const { text } = row.entry[side];
    if (cell.text === text && cell.wild === !isLiteral(row.entry[side])) {
      this.refused = undefined;
      return;
    }
    const written = rewritten(this.#of, row.entry, side, cell);
    if (written.ok) {
      this.refused = undefined;
      this.#send(written.edit);
    } else this.#refuse(this.#fieldOf(place, side), cell.text, written.reason);
  }

  #add(): void {
    const written = newEntry(this.#of, this.added);
    if (!written.ok) {
      this.#refuse(`new ${written.side}`, this.added[written.side], written.reason);
      enter(this.#named(`new ${written.side}`));
      return;
    }
    this.refused = undefined;
    this.added = { source: "", target: "" };
    this.#send(written.edit);
    enter(this.#named("new source"));
  }

  #refuse(field: string, text: string, reason: "name" | "pattern" | "capture"): void {
    const { noName, noPattern, noCapture } = words().table;
    this.refused = { field, text, reason: { name: noName, pattern: noPattern, capture: noCapture }[reason] };
  }

  #send(edit: TextEdit): void {
    const value = this.#of;
    // Until the engine has read the new text, the rows are moved along with the edit, so that the next one hits its place.
    this.#of = value.slice(0, edit.start) + edit.text + value.slice(edit.end);
    this.shown = { ...this.shown, rows: this.shown.rows.map((row) => movedBy(edit, row)) };
    this.dispatchEvent(new CustomEvent("table-edit", { detail: { edit, value } }));
  }

  #tellFocus(row: Row): void {
    this.dispatchEvent(new CustomEvent("row-focus", { detail: { at: placeOf(row).start } }));
  }

  /** Two columns of a spreadsheet become entries, wherever in the table they are pasted; a single name stays one. */
  #paste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    let conversion = converted(pasted);
    // The table's own columns say which side is which.
    if (conversion?.choices.includes("csv")) conversion = converted(pasted, "csv");
    if (!conversion || conversion.entries === 0) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("table-paste", { detail: { conversion } }));
  }

  /** What the engine would complete; which of it fits what is typed, the browser shows. */
  #suggest(side: Side | undefined, typed: string): void {
    if (!side || !this.facts) return;
    const names = completions(side, typed, this.facts, this.idpGroups);
    this.suggestions = names.filter((name) => name !== typed).slice(0, SUGGESTIONS);
  }

  /** Up, Down and Enter go from row to row in the same column; Escape takes back what was typed. */
  #walk(event: KeyboardEvent): void {
    const field = event.composedPath()[0];
    if (!(field instanceof HTMLInputElement) || field.dataset.cell === undefined) return;
    const [row = "", side = "source"] = field.dataset.cell.split(" ") as [string, Side];
    if (event.key === "Escape") {
      this.refused = undefined;
      this.#typed = undefined;
      // The fields are shown anew, as the text has them.
      this.requestUpdate();
      return;
    }
    if (event.key === "Enter") {
      // A field that loses the focus writes what was typed into it.
      if (row !== "new") this.#step(row, side, 1);
      else if (side === "source") enter(this.#named("new target"));
      else {
        this.#typed = undefined;
        this.added = { ...this.added, target: field.value };
        this.#add();
      }
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      this.#step(row, side, event.key === "ArrowUp" ? -1 : 1);
    } else return;
    event.preventDefault();
  }

  #step(row: string, side: Side, by: number): void {
    const { first, rows } = this.shown;
    const next = row === "new" ? first + rows.length + by : Number(row) + by;
    enter(this.#field(next, side) ?? (next >= first + rows.length ? this.#named(`new ${side}`) : null));
  }

  #field(row: number, side: Side): HTMLInputElement | null {
    return this.#named(`${row} ${side}`) ?? this.#named(`${row} source`);
  }

  #named(cell: string): HTMLInputElement | null {
    return this.renderRoot.querySelector(`[data-cell="${cell}"]`);
  }
}

/** As in a spreadsheet, and as Tab does it: typing replaces what is there. */
function enter(field: HTMLInputElement | null): void {
  field?.focus();
  field?.select();
}

function completions(side: Side, typed: string, facts: Facts, idpGroups: KnownGroups): string[] {
  const text = side === "source" ? typed : `x -> ${typed}`;
  try {
    return completeInAny(catalogsOf(facts), text, text.length, idpGroups).map(({ label }) => label);
  } catch (error) {
    if (error instanceof GroupSyncError) return [];
    throw error;
  }
}
