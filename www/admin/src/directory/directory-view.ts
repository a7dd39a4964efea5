import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { ReconcileRun, ReconcileRuns } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { Pages } from "../shared/elements/pages.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { when } from "../shared/words/when.js";
import "../shared/elements/failure-note.js";
import "./directory-run.js";

/** How often a run that is under way is asked for, in milliseconds. */
const patience = 1500;

/** Runs over whole directories: what they came to, when the next one is, and one that can be begun now. */
@customElement("directory-view")
export class DirectoryView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .runs a {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0 var(--wa-space-m);
        padding: var(--wa-space-2xs);
        border-radius: var(--wa-border-radius-s);
        color: inherit;
        line-height: 1.5;
        text-decoration: none;
      }

      .runs a:hover {
        background: var(--gs-active-line);
      }

      @media (min-width: 44rem) {
        .runs a {
          grid-template-columns: 11rem 8rem minmax(0, 1fr);
        }
      }
    `,
  ];

  /** When the next run is, and what goes for all of them. */
  @state() private answer: ReconcileRuns | null = null;
  readonly #runs = new Pages<ReconcileRun>(this, async (before, signal) => {
    const answer = await this.app.backend.reconciling?.runs(before === undefined ? {} : { before }, signal);
    if (!answer) return { items: [], next: null };
    if (!signal.aborted) this.answer = answer;
    return { items: answer.runs, next: answer.next };
  });
  @state() private failure: BackendError | null = null;
  @state() private beginning = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    const m = messages().directory;
    const { item } = this.app.route;
    if (item !== null) return html`<directory-run .app=${this.app} .run=${Number(item)}></directory-run>`;
    return html`
      <div class="stack">
        <p><a href=${address("activity")}>${messages().activity.all}</a></p>
        <div>
          <h1 tabindex="-1">${messages().views.directory}</h1>
          <p class="quiet lead">${m.hint}</p>
        </div>
        ${this.failure ? html`<failure-note .failure=${this.failure} @again=${() => this.#ask()}></failure-note>` : nothing}
        ${this.answer ? this.#next(this.answer) : nothing}
        <section class="card" aria-label=${m.runs}>
          ${this.#runs.shown((runs) => this.#list(runs), m.moreRuns)}
        </section>
      </div>
    `;
  }

  #next({ providers, schedule, limits }: ReconcileRuns): TemplateResult {
    const m = messages().directory;
    return html`
      <section class="card stack" aria-label=${m.next}>
        ${providers.length === 0 ? html`<p>${m.noDirectory}</p>` : nothing}
        ${providers.length > 0 ? html`<p>${schedule?.next ? m.nextAt(when(schedule.next)) : m.noSchedule}</p>` : nothing}
        <p class="quiet">${m.limits(limits.maxLosers, limits.maxShare)}</p>
        <div class="row">
          ${providers.map(
            ({ id, name }) => html`
              <wa-button size="s" appearance="outlined" ?loading=${this.beginning} @click=${() => this.#begin(id)}>
                ${providers.length === 1 ? m.runNow : m.runNowOf(name)}
              </wa-button>
            `,
          )}
        </div>
      </section>
    `;
  }

  #list(runs: readonly ReconcileRun[]): TemplateResult {
    if (runs.length === 0) return html`<p class="quiet" role="status">${messages().directory.none}</p>`;
    return html`
      <ul class="rows runs">
        ${runs.map((run) => this.#run(run))}
      </ul>
    `;
  }

  #run(run: ReconcileRun): TemplateResult {
    const m = messages().directory;
    return html`
      <li>
        <a href=${address("directory", String(run.id))}>
          <time class="quiet" datetime=${run.startedAt}>${when(run.startedAt)}</time>
          <span>${run.startedBy ? personName(run.startedBy) : m.bySchedule}</span>
          <span><span class="badge ${badges[run.status] ?? ""}">${m.statuses[run.status]}</span> ${runText(run)}</span>
        </a>
      </li>
    `;
  }

  async #begin(provider: string): Promise<void> {
    const { beginRun } = this.app.backend.reconciling ?? {};
    if (!beginRun) return;
    this.beginning = true;
    await this.#try(async () => {
      const run = await beginRun(provider);
      location.hash = address("directory", String(run.id));
    });
    this.beginning = false;
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.failure = null;
    await this.#runs.again();
    if (!this.isConnected || this.app.route.item !== null) return;
    const isBusy = this.#runs.items?.some(({ status }) => status === "looking" || status === "applying");
    this.#timer = setTimeout(() => void this.#ask(), isBusy ? patience : 20 * patience);
  }

  protected override updated(): void {
    // Whoever comes back from a run sees what became of it.
    const isList = this.app.route.item === null;
    if (isList && !this.#wasList) void this.#ask();
    this.#wasList = isList;
  }

  #wasList = true;

  async #try(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = asBackendError(error);
    }
  }
}

export const badges: Partial<Record<ReconcileRun["status"], string>> = {
  held: "doubt",
  failed: "bad",
  done: "good",
};

/** What a run came to, in one line. */
export function runText({ summary, results, failure, status }: ReconcileRun): string {
  const m = messages().directory;
  if (failure !== null && status === "failed") return failure;
  if (!summary) return "";
  const { archived, restored, changed, blocked, denied } = summary;
  if (archived + restored + changed + blocked + denied === 0) return m.nothing(summary.users);
  return [m.found(summary), status === "held" || status === "dismissed" ? "" : m.results(results)]
    .filter(Boolean)
    .join(" ");
}
