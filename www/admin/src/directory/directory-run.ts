import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ReconcileChange, ReconcileRun } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { type Page, Pages } from "../shared/elements/pages.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { planSentences, reasonText } from "../shared/words/plans.js";
import { when } from "../shared/words/when.js";
import { badges, runText } from "./directory-view.js";
import "../shared/elements/failure-note.js";
import "./apply-run-dialog.js";

type Filter = ReconcileChange["kind"] | "loses" | "";

const patience = 1000;

/** One run: what would become of whom, or has; and the question, while it is held. */
@customElement("directory-run")
export class DirectoryRun extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .change {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0 var(--wa-space-m);
        line-height: 1.5;
      }

      .who {
        font-weight: var(--wa-font-weight-semibold);
        overflow-wrap: anywhere;
      }

      .plan {
        display: block;
        overflow-wrap: anywhere;
      }

      h2 {
        font-size: 1rem;
      }

      .note .row {
        margin-block-start: var(--wa-space-s);
      }

      @media (min-width: 44rem) {
        .change {
          grid-template-columns: 12rem 8rem minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ type: Number }) run = 0;
  @state() private found: ReconcileRun | null = null;
  readonly #changes = new Pages<ReconcileChange>(this, (after, signal) => this.#read(after, signal));
  @state() private filter: Filter = "";
  @state() private failure: BackendError | null = null;
  @state() private asks = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // While another view is being loaded, this one still stands, and the number in the address is that view's.
    if (!changed.has("run") || this.app.route.view !== "directory") return;
    this.found = null;
    this.#changes.forget();
    void this.#ask();
  }

  override render() {
    const m = messages().directory;
    const failure = this.failure ?? this.#changes.failure;
    return html`
      <div class="stack">
        <p><a href=${address("directory")}>${m.all}</a></p>
        ${failure ? html`<failure-note .failure=${failure} @again=${() => this.#ask()}></failure-note>` : nothing}
        ${this.found ? this.#shown(this.found) : nothing}
        ${this.found || failure ? nothing : html`<p class="quiet" role="status">${messages().page.loading}</p>`}
      </div>
    `;
  }

  #shown(run: ReconcileRun): TemplateResult {
    const m = messages().directory;
    const { status, startedAt, provider, unknown, summary, decision } = run;
    const changes = this.#changes.items ?? [];
    return html`
      <section class="card stack">
        <div class="row">
          <h1 tabindex="-1">${m.title(provider.name, when(startedAt))}</h1>
          <span class="badge ${badges[status] ?? ""}">${m.statuses[status]}</span>
        </div>
        <p role="status">${runText(run)}</p>
        ${unknown ? html`<p class="quiet">${m.unknown(unknown)}</p>` : nothing}
        ${summary?.faultCount ? html`<p class="note warning">${m.faults(summary.faultCount)}</p>` : nothing}
        ${run.results.differs > 0 ? html`<p class="note">${m.differs(run.results.differs)}</p>` : nothing}
        ${decision ? html`<p>${m.decided(personName(decision.by), when(decision.at))} ${decision.note}</p>` : nothing}
        ${status === "held" ? this.#question(run) : nothing}
        ${status === "looking" || status === "applying" ? html`<div><wa-button size="s" appearance="outlined" @click=${() => this.#dismiss()}>${m.stop}</wa-button></div>` : nothing}
      </section>
      ${summary && (changes.length > 0 || this.filter !== "") ? this.#list(status, changes) : nothing}
    `;
  }

  #question({ heldBy, summary, failure }: ReconcileRun): TemplateResult {
    const m = messages().directory;
    const losers = summary?.losers ?? 0;
    return html`
      <div class="note warning" data-held>
        <p><strong>${m.wouldLose(losers, summary?.users ?? 0)}</strong> ${heldBy === null ? nothing : m.heldBy[heldBy]}</p>
        <p>${m.heldHint}</p>
        ${failure === null ? nothing : html`<p>${m.notReadAgain} <span lang="en">${failure}</span></p>`}
        <div class="row">
          <wa-button size="s" appearance="outlined" @click=${() => this.#dismiss()}>${m.dismiss}</wa-button>
          <wa-button size="s" variant="danger" @click=${() => {
            this.asks = true;
          }}>${m.apply}</wa-button>
        </div>
      </div>
      ${
        this.asks
          ? html`<apply-run-dialog .people=${losers} @dialog-close=${() => {
              this.asks = false;
            }} @apply-run=${(event: CustomEvent<string>) => this.#apply(losers, event.detail)}></apply-run-dialog>`
          : nothing
      }
    `;
  }

  #list(status: ReconcileRun["status"], changes: readonly ReconcileChange[]): TemplateResult {
    const m = messages().directory;
    const heading = status === "done" ? m.changesDone : m.changes;
    const options: Filter[] = ["", "loses", "archived", "changed", "restored", "blocked", "denied"];
    return html`
      <section class="card stack" aria-label=${heading}>
        <div class="row apart">
          <h2>${heading}</h2>
          <label>
            <span class="for-screen-readers">${m.show}</span>
            <select class="field" @change=${(event: Event) => {
              this.filter = (event.target as HTMLSelectElement).value as Filter;
              void this.#ask();
            }}>
              ${options.map((option) => html`<option value=${option} ?selected=${option === this.filter}>${m.filters[option === "" ? "all" : option]}</option>`)}
            </select>
          </label>
        </div>
        ${changes.length === 0 ? html`<p class="quiet" role="status">${m.noneFits}</p>` : nothing}
        <ul class="rows">
          ${changes.map((change) => this.#change(change))}
        </ul>
        ${this.#changes.more(m.more)}
      </section>
    `;
  }

  #change({ user, kind, reason, blocked, workspaces, result, auditEntry }: ReconcileChange): TemplateResult {
    const m = messages().directory;
    const past = result === "applied";
    return html`
      <li class="change">
        <span class="who">${personName(user)}</span>
        <span><span class="badge ${kind === "archived" ? "bad" : kind === "restored" ? "good" : ""}">${past ? m.filters[kind] : m.kinds[kind]}</span></span>
        <span>
          ${reason === null ? nothing : (m.reasons[reason] ?? reasonText(reason))}
          ${blocked === null ? nothing : (m.blocked[blocked] ?? blocked)}
          ${workspaces.map(
            (plan) => html`
              <span class="plan"><b>${plan.name ?? plan.workspace}</b> ${planSentences(plan, past).map((text) => html`${text} `)}</span>
            `,
          )}
          ${result === null || past ? nothing : html`<span class="quiet">${m.outcomes[result]}</span>`}
          ${auditEntry === null ? nothing : html`<a href=${address("activity", String(auditEntry))}>${m.entry}</a>`}
        </span>
      </li>
    `;
  }

  async #dismiss(): Promise<void> {
    await this.#try(async () => {
      this.found = (await this.app.backend.reconciling?.dismissRun(this.run)) ?? null;
    });
    if (!this.failure) this.#noticeAgain();
  }

  async #apply(people: number, note: string): Promise<void> {
    this.asks = false;
    await this.#try(async () => {
      this.found = (await this.app.backend.reconciling?.applyRun(this.run, people, note)) ?? null;
    });
    if (this.failure) return;
    this.#noticeAgain();
    await this.#ask();
  }

  /** Whether a run is held stands at the head of the page. */
  #noticeAgain(): void {
    this.dispatchEvent(new CustomEvent("runs-changed", { bubbles: true, composed: true }));
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    this.failure = null;
    await this.#changes.ask();
    this.#askAgain();
  }

  /** As long as it is under way. */
  #askAgain(): void {
    const status = this.found?.status;
    if (!this.isConnected || (status !== "looking" && status !== "applying")) return;
    this.#timer = setTimeout(async () => {
      await this.#changes.again();
      this.#askAgain();
    }, patience);
  }

  async #read(after: number | undefined, signal: AbortSignal): Promise<Page<ReconcileChange>> {
    const { filter } = this;
    const query = filter === "loses" ? { loses: true } : filter !== "" && { kind: filter };
    const answer = await this.app.backend.reconciling?.run(this.run, {
      ...query,
      ...(after !== undefined && { after }),
    });
    if (!answer) return { items: [], next: null };
    if (!signal.aborted) {
      const before = this.found?.status;
      this.found = answer.run;
      if (before !== answer.run.status) this.#noticeAgain();
    }
    return { items: answer.changes, next: answer.next };
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = asBackendError(error);
    }
  }
}
