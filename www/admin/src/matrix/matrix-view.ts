import type { InstanceSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Preview, User, Workspace } from "../backend/answers.js";
import { BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { Rejection } from "../shared/state/draft.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { rejectionText } from "../shared/words/rejections.js";
import type { CreateGroupDialog } from "./create-group-dialog.js";
import { grantsOf, type PersonGrants } from "./grants.js";
import { type Matrix, matrixOf, type Row } from "./matrix.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/person-picker.js";
import "./create-group-dialog.js";
import "./matrix-table.js";

/** How many rows are shown at a time. */
const PAGE = 50;
/** The server is asked about the pinned person when nothing was changed for so long. */
const PAUSE = 150;
/** Where only one workspace fits beside the entries. */
const narrow = matchMedia("(max-width: 47.99rem)");

/** Every entry of the mapping against every workspace of the sync list. */
@customElement("matrix-view")
export class MatrixView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .tools {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: var(--wa-space-s);
        align-items: end;
      }

      .tools input[type="search"] {
        height: 2.25rem;
      }

      .only {
        display: flex;
        gap: var(--wa-space-xs);
        align-items: center;
        min-height: 2.25rem;
      }

      .pager {
        margin-inline-start: auto;
      }

      [aria-disabled="true"] {
        color: var(--gs-quiet);
        text-decoration: none;
        cursor: default;
      }
    `,
  ];

  @state() private filter = "";
  @state() private onlyProblems = false;
  @state() private first = 0;
  /** The one workspace that is shown where there is no room for more. */
  @state() private chosen: string | null = null;
  @state() private isNarrow = narrow.matches;
  @state() private rejection: Rejection | null = null;
  @state() private done = "";
  @state() private grants: ReadonlyMap<string, PersonGrants> | null = null;
  @state() private failure: BackendError | null = null;
  @query("create-group-dialog") private creating!: CreateGroupDialog;

  #matrix: Matrix = { columns: [], rows: [] };
  #of: { settings: InstanceSettings; workspaces: Workspace[] } | undefined;
  #asked: { settings: InstanceSettings; workspaces: Workspace[]; user: User | null } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  readonly #resize = () => {
    this.isNarrow = narrow.matches;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    narrow.addEventListener("change", this.#resize);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    narrow.removeEventListener("change", this.#resize);
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  override render() {
    const m = messages().matrix;
    const { user } = this.app.trial;
    const { columns, rows } = this.#matrix;
    const problems = rows.filter(({ problem }) => problem).length;
    const shown = this.#shown(rows);
    const places = this.#places();
    const first = Math.min(this.first, Math.max(0, shown.length - 1) - (Math.max(0, shown.length - 1) % PAGE));
    const page = shown.slice(first, first + PAGE);
    return html`
      <div class="stack">
        <div>
          <p><a href=${address("settings")}>${m.back}</a></p>
          <h1 tabindex="-1">${messages().views.workspaces}</h1>
          <p class="quiet lead">${m.hint}</p>
        </div>
        ${this.app.draft.attempt("set-mapping") ? html`<p class="note warning">${messages().mapping.savedText}</p>` : nothing}
        <section class="card stack" aria-label=${m.title}>
          <div class="tools">
            <label>
              <span class="label">${m.filter}</span>
              <input
                class="field"
                type="search"
                spellcheck="false"
                .value=${this.filter}
                @input=${(event: Event) => {
                  this.filter = (event.target as HTMLInputElement).value;
                  this.first = 0;
                }}
              />
            </label>
            ${this.isNarrow ? this.#choice() : nothing}
            <div>
              <person-picker
                .app=${this.app}
                .label=${m.person}
                .user=${user}
                @person-pick=${(event: CustomEvent<{ user: User | null }>) => {
                  this.app.trial = { user: event.detail.user, claimsText: null };
                  this.requestUpdate();
                }}
              ></person-picker>
            </div>
            <label class="only">
              <input
                type="checkbox"
                .checked=${this.onlyProblems}
                @change=${(event: Event) => {
                  this.onlyProblems = (event.target as HTMLInputElement).checked;
                  this.first = 0;
                }}
              />
              ${m.onlyProblems(problems)}
            </label>
          </div>
          ${this.rejection ? html`<p class="note error" role="alert">${rejectionText(this.rejection)}</p>` : nothing}
          ${this.#personNote()}
          <div class="row">
            <p class="quiet" role="status">${this.done || m.page(page.length === 0 ? 0 : first + 1, first + page.length, shown.length)}</p>
            ${shown.length > PAGE ? this.#pager(first, shown.length) : nothing}
          </div>
          <matrix-table
            .app=${this.app}
            .columns=${places.flatMap((place) => columns[place] ?? [])}
            .places=${places}
            .rows=${page}
            .first=${first}
            .total=${shown.length}
            .grants=${this.grants}
            .person=${user ? personName(user) : ""}
            .none=${rows.length === 0 ? messages().mapping.empty : m.nothingFound}
            @entry-toggle=${(event: CustomEvent<{ entry: string; workspace: string; holds: boolean }>) => this.#toggle(event.detail)}
            @group-missing=${(event: CustomEvent<{ name: string; workspace: string }>) =>
              this.creating.show(event.detail.name, event.detail.workspace)}
          ></matrix-table>
        </section>
      </div>
      <create-group-dialog
        .app=${this.app}
        @group-create=${(event: CustomEvent<{ name: string; workspace: string }>) => {
          const { name, workspace } = event.detail;
          this.done = m.created(name, this.app.nameOf(workspace));
        }}
      ></create-group-dialog>
    `;
  }

  protected override willUpdate(): void {
    const { settings } = this.app.draft;
    const { workspaces } = this.app;
    if (this.#of?.settings !== settings || this.#of.workspaces !== workspaces) {
      this.#of = { settings, workspaces };
      this.#matrix = matrixOf(settings, workspaces);
    }
    const { user } = this.app.trial;
    const last = this.#asked;
    if (last?.settings === settings && last.workspaces === workspaces && last.user === user) return;
    this.#asked = { settings, workspaces, user };
    if (last?.user !== user) this.#show(null);
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (user) this.#timer = setTimeout(() => void this.#ask(user, settings), last ? PAUSE : 0);
  }

  /** Rows of which source or target hold what was typed. */
  #shown(rows: Row[]): Row[] {
    const wanted = this.filter.trim().toLocaleLowerCase();
    return rows.filter(
      ({ text, problem }) => (!this.onlyProblems || problem) && text.toLocaleLowerCase().includes(wanted),
    );
  }

  /** Which columns are shown. */
  #places(): number[] {
    const { columns } = this.#matrix;
    if (!this.isNarrow) return columns.map((_, place) => place);
    return [
      Math.max(
        0,
        columns.findIndex(({ id }) => id === this.#only),
      ),
    ];
  }

  get #only(): string {
    return this.chosen ?? this.app.draft.settings.defaultWorkspace;
  }

  #choice(): TemplateResult {
    return html`
      <label>
        <span class="label">${messages().matrix.workspace}</span>
        <select
          class="field"
          @change=${(event: Event) => {
            this.chosen = (event.target as HTMLSelectElement).value;
          }}
        >
          ${this.#matrix.columns.map(
            ({ id }) => html`<option value=${id} ?selected=${id === this.#only}>${this.app.nameOf(id)}</option>`,
          )}
        </select>
      </label>
    `;
  }

  #personNote(): TemplateResult | typeof nothing {
    if (!this.failure) return nothing;
    if (this.failure.code === "no-known-claims") {
      return html`<p class="note" role="status">${messages().preview.noKnownClaims}</p>`;
    }
    const { user } = this.app.trial;
    return html`<failure-note
      .failure=${this.failure}
      @again=${() => user && this.#ask(user, this.app.draft.settings)}
    ></failure-note>`;
  }

  #pager(first: number, total: number): TemplateResult {
    const m = messages().matrix;
    const turn = (to: number) => {
      if (to >= 0 && to < total) this.first = to;
      this.done = "";
    };
    return html`
      <div class="row pager">
        <button class="link" type="button" aria-disabled=${first === 0} @click=${() => turn(first - PAGE)}>${m.previous}</button>
        <button class="link" type="button" aria-disabled=${first + PAGE >= total} @click=${() => turn(first + PAGE)}>${m.next}</button>
      </div>
    `;
  }

  #toggle({ entry, workspace, holds }: { entry: string; workspace: string; holds: boolean }): void {
    const change = this.app.run({ type: "set-entry", entry, holds, workspace });
    this.rejection = change.status === "rejected" ? change : null;
    this.done = "";
    // What was refused is shown as it is.
    this.requestUpdate();
  }

  async #ask(user: User, settings: InstanceSettings): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const preview = await this.app.backend.preview({ settings, userId: user.id }, signal);
      if (!signal.aborted) this.#show(preview, settings);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof BackendError)) throw error;
      this.#show(null);
      this.failure = error;
    }
  }

  #show(preview: Preview | null, settings?: InstanceSettings): void {
    this.failure = null;
    this.grants = preview && settings ? grantsOf(preview, settings) : null;
  }
}
