import type { InstanceSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Preview, User, Workspace } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { NewWorkspaceDialog } from "../shared/elements/new-workspace-dialog.js";
import type { Rejection } from "../shared/state/draft.js";
import { type Login, LoginPreviews } from "../shared/state/login-previews.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { loginName } from "../shared/words/login-name.js";
import { rejectionText } from "../shared/words/rejections.js";
import type { CreateGroupDialog } from "./create-group-dialog.js";
import { grantsOf, type PersonGrants } from "./grants.js";
import { type Column, Matrices, type Matrix, type Row } from "./matrix.js";
import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/new-workspace-dialog.js";
import "../shared/elements/person-picker.js";
import "./create-group-dialog.js";
import "./matrix-table.js";

/** How many rows are shown at a time. */
const PAGE = 50;
/** How many workspaces are. */
const SIDE = 20;
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
  /** What is looked for among the workspaces, and how many of those found stand before the ones that are shown. */
  @state() private wanted = "";
  @state() private firstColumn = 0;
  /** The one workspace that is shown where there is no room for more. */
  @state() private chosen: string | null = null;
  @state() private isNarrow = narrow.matches;
  @state() private rejection: Rejection | null = null;
  @state() private done: unknown = "";
  @state() private pinned: Login | null = null;
  @query("new-workspace-dialog") private making!: NewWorkspaceDialog;
  @query("create-group-dialog") private creating!: CreateGroupDialog;

  readonly #matrices = new Matrices();
  #matrix: Matrix = { columns: [], rows: [] };
  #of: { settings: InstanceSettings; workspaces: Workspace[] } | undefined;
  #previews: LoginPreviews | undefined;
  /** The login of the person who was chosen. */
  #chosen: Login | null = null;
  #grants: { of: Preview; in: ReadonlyMap<string, PersonGrants> } | undefined;
  /** The same array as long as they are the same. */
  #logins: readonly Login[] = [];
  readonly #resize = () => {
    this.isNarrow = narrow.matches;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#previews = new LoginPreviews(this.app.backend, () => this.requestUpdate());
    this.#logins = [];
    narrow.addEventListener("change", this.#resize);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    narrow.removeEventListener("change", this.#resize);
    this.#previews?.close();
  }

  override render() {
    const m = messages().matrix;
    const { user } = this.app.trial;
    const { columns, rows } = this.#matrix;
    const watched = this.#watched;
    const preview = watched ? this.#previews?.of(watched)?.preview : null;
    if (preview !== this.#grants?.of) this.#grants = preview ? { of: preview, in: grantsOf(preview) } : undefined;
    const problems = rows.filter(({ problem }) => problem).length;
    const shown = this.#shown(rows);
    const found = this.#places();
    const firstColumn = pageStart(this.firstColumn, found.length, SIDE);
    const places = found.slice(firstColumn, firstColumn + SIDE);
    const first = pageStart(this.first, shown.length, PAGE);
    const page = shown.slice(first, first + PAGE);
    return html`
      <div class="stack">
        <div>
          <p><a href=${address("settings")}>${m.back}</a></p>
          <div class="row apart">
            <h1 tabindex="-1">${messages().views.workspaces}</h1>
            ${
              this.app.readOnly
                ? nothing
                : html`<wa-button size="s" appearance="outlined" @click=${() => this.making.show()}>
                    <wa-icon slot="start" name="plus"></wa-icon>
                    ${messages().workspaces.new}
                  </wa-button>`
            }
          </div>
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
            ${this.isNarrow ? this.#choice() : columns.length > SIDE ? this.#columnFilter() : nothing}
            <div>
              <person-picker
                .app=${this.app}
                .label=${m.person}
                .user=${user}
                @person-pick=${(event: CustomEvent<{ user: User | null }>) => {
                  this.app.trial = { user: event.detail.user, claimsText: null };
                  this.pinned = null;
                  this.requestUpdate();
                }}
              ></person-picker>
            </div>
            ${this.#pins()}
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
            ${
              shown.length > PAGE
                ? this.#pager(first, shown.length, PAGE, [m.previous, m.next], (to) => {
                    this.first = to;
                  })
                : nothing
            }
          </div>
          ${this.#columnPager(firstColumn, places.length, found.length)}
          <matrix-table
            .app=${this.app}
            .columns=${places.flatMap((place) => columns[place] ?? [])}
            .places=${places}
            .firstColumn=${firstColumn}
            .totalColumns=${found.length}
            .rows=${page}
            .first=${first}
            .total=${shown.length}
            .grants=${this.#grants?.in ?? null}
            .person=${watched ? this.#nameOf(watched) : ""}
            .none=${rows.length === 0 ? messages().mapping.empty : m.nothingFound}
            @entry-toggle=${(event: CustomEvent<{ entry: string; workspace: string; holds: boolean }>) => this.#toggle(event.detail)}
            @group-missing=${(event: CustomEvent<{ name: string; workspace: string }>) =>
              this.creating.show(event.detail.name, event.detail.workspace)}
          ></matrix-table>
        </section>
      </div>
      <new-workspace-dialog
        .app=${this.app}
        @workspace-saved=${(event: CustomEvent<{ name: string }>) => {
          this.done = messages().workspaces.created(event.detail.name);
        }}
      ></new-workspace-dialog>
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
      const catalogs = this.#of?.workspaces;
      this.#of = { settings, workspaces };
      this.#matrix = this.#matrices.of(settings, workspaces);
      // A group was created: the facts that logins are decided from have another catalog.
      if (catalogs && catalogs !== workspaces && this.#logins.length > 0) void this.#previews?.refresh();
    }
    const { trial, pins } = this.app;
    if (trial.user?.id !== this.#chosen?.userId) {
      this.#chosen = trial.user && { userId: trial.user.id, claims: null };
    }
    const logins = [...(this.#chosen ? [this.#chosen] : []), ...pins.all];
    const isSame = logins.length === this.#logins.length && logins.every((login, at) => login === this.#logins[at]);
    if (!isSame) this.#logins = logins;
    if (logins.length > 0) this.#previews?.decide(this.#logins, settings);
  }

  /** Rows of which source or target hold what was typed. */
  #shown(rows: Row[]): Row[] {
    const wanted = this.filter.trim().toLocaleLowerCase();
    return rows.filter(
      ({ text, problem }) => (!this.onlyProblems || problem) && text.toLocaleLowerCase().includes(wanted),
    );
  }

  #isWanted({ id }: Column): boolean {
    const wanted = this.wanted.trim().toLocaleLowerCase();
    return `${this.app.nameOf(id)}\n${id}`.toLocaleLowerCase().includes(wanted);
  }

  /** Which columns can be shown. */
  #places(): number[] {
    const { columns } = this.#matrix;
    if (!this.isNarrow) return columns.flatMap((column, place) => (this.#isWanted(column) ? place : []));
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

  /** Whose login is looked at: the person who was chosen, or somebody who is pinned beside the mapping. */
  get #watched(): Login | null {
    const { pins } = this.app;
    if (this.pinned && pins.all.includes(this.pinned)) return this.pinned;
    return this.#chosen ?? pins.all[0] ?? null;
  }

  #pins(): TemplateResult | typeof nothing {
    const m = messages().matrix;
    const { pins } = this.app;
    if (pins.all.length === 0) return nothing;
    const watched = this.#watched;
    return html`
      <label>
        <span class="label">${m.pinned}</span>
        <select
          class="field"
          @change=${(event: Event) => {
            this.pinned = pins.all[Number((event.target as HTMLSelectElement).value)] ?? null;
          }}
        >
          ${this.#chosen ? html`<option value="" ?selected=${watched === this.#chosen}>–</option>` : nothing}
          ${pins.all.map(
            (login, place) =>
              html`<option value=${place} ?selected=${login === watched}>${this.#nameOf(login)}</option>`,
          )}
        </select>
      </label>
    `;
  }

  #nameOf(login: Login): string {
    return loginName(login, this.#previews?.of(login), this.app.pins.all.indexOf(login) + 1);
  }

  #personNote(): TemplateResult | typeof nothing {
    const watched = this.#watched;
    const previews = this.#previews;
    const failure = watched && previews ? (previews.failure ?? previews.of(watched)?.failure) : null;
    if (!failure) return nothing;
    if (failure.code === "no-known-claims") {
      return html`<p class="note" role="status">${messages().preview.noKnownClaims}</p>`;
    }
    return html`<failure-note .failure=${failure} @again=${() => previews?.refresh()}></failure-note>`;
  }

  #columnFilter(): TemplateResult {
    return html`
      <label>
        <span class="label">${messages().matrix.filterWorkspaces}</span>
        <input
          class="field"
          type="search"
          spellcheck="false"
          .value=${this.wanted}
          @input=${(event: Event) => {
            this.wanted = (event.target as HTMLInputElement).value;
            this.firstColumn = 0;
          }}
        />
      </label>
    `;
  }

  #columnPager(first: number, shown: number, total: number): TemplateResult | typeof nothing {
    const m = messages().matrix;
    if (this.isNarrow || this.#matrix.columns.length <= SIDE) return nothing;
    return html`
      <div class="row">
        <p class="quiet" role="status">${m.workspaces(shown === 0 ? 0 : first + 1, first + shown, total)}</p>
        ${
          total > SIDE
            ? this.#pager(first, total, SIDE, [m.previousWorkspaces, m.nextWorkspaces], (to) => {
                this.firstColumn = to;
              })
            : nothing
        }
      </div>
    `;
  }

  #pager(
    first: number,
    total: number,
    size: number,
    [previous, next]: [string, string],
    show: (first: number) => void,
  ): TemplateResult {
    const turn = (to: number) => {
      if (to >= 0 && to < total) show(to);
      this.done = "";
    };
    return html`
      <div class="row pager">
        <button class="link" type="button" aria-disabled=${first === 0} @click=${() => turn(first - size)}>${previous}</button>
        <button class="link" type="button" aria-disabled=${first + size >= total} @click=${() => turn(first + size)}>${next}</button>
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
}

/** Where the page begins that has this place, or else the last one. */
function pageStart(first: number, total: number, size: number): number {
  const last = Math.max(0, total - 1);
  return Math.min(first, last - (last % size));
}
