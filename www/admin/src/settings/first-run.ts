import "@awesome.me/webawesome/dist/components/button/button.js";
import type { ClaimOptions } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { User } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { type KnownTokens, noTokens } from "../shared/state/app.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/person-picker.js";
import "./claim-setting.js";
import "./mapping-setting.js";
import "./seen-groups.js";
import "./who-gets-what.js";

/** How long until it is looked again whether somebody has signed in. */
const AGAIN = 3000;

/**
 * What an instance needs that was never set up, one step after the other. `switch-on` asks for the last one: to switch on, with the
 * review next.
 */
@customElement("first-run")
export class FirstRun extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gs-gap);
        margin-block-start: var(--wa-space-m);
        counter-reset: step;
      }

      li {
        display: grid;
        grid-template-columns: 2rem minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
        counter-increment: step;
      }

      li::before {
        content: counter(step);
        display: grid;
        place-items: center;
        width: 2rem;
        height: 2rem;
        border: 1px solid var(--gs-line);
        border-radius: 50%;
        font-weight: var(--wa-font-weight-semibold);
      }

      li.done::before {
        content: "✓" / "";
        border-color: var(--gs-success);
        color: var(--gs-success);
      }

      li[aria-current="step"]::before {
        border-color: var(--gs-target);
        color: var(--gs-target);
      }

      h3 {
        min-height: 2rem;
        align-content: center;
      }

      li.later h3 {
        color: var(--gs-quiet);
      }

      .content {
        grid-column: 2;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-xs);
      }

      @media (max-width: 40rem) {
        .content {
          grid-column: 1 / -1;
        }
      }

      person-picker {
        max-width: 24rem;
      }

      /* There are further steps below it. */
      mapping-setting {
        --editor-height: 12rem;
        --problems-height: 12rem;
      }
    `,
  ];

  @state() private tokens: KnownTokens = noTokens;
  #claim = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  override render() {
    const m = messages().firstRun;
    const { draft } = this.app;
    const { settings } = draft;
    const { seen } = this.tokens;
    const signedIn = (seen?.tokens ?? 0) > 0;
    const picked = (seen?.groups.length ?? 0) > 0;
    // Groups may do something by their own names already.
    const named = seen?.groups.every(({ via }) => via === "name") ?? false;
    const mapped = picked && (named || settings.mapping.trim() !== "") && !draft.attempt("set-mapping");
    const steps: [keyof typeof m.steps, boolean, () => TemplateResult][] = [
      ["signIn", signedIn, () => this.#signIn(seen?.tokens ?? 0)],
      ["claim", picked, () => this.#pickClaim()],
      ["map", mapped, () => this.#map()],
      ["people", false, () => this.#people()],
      ["on", false, () => this.#switchOn()],
    ];
    const current = steps.findIndex(([, done]) => !done);
    // Whom it concerns is shown at once, with how to go on.
    const reached = (index: number) => index <= current || (index > 2 && mapped);
    return html`
      <section class="card" aria-labelledby="steps">
        <h2 id="steps">${m.title}</h2>
        <p class="quiet lead">${m.lead}</p>
        <ol>
          ${steps.map(
            ([step, done, content], index) => html`
              <li class=${done ? "done" : reached(index) ? "now" : "later"} aria-current=${index === current ? "step" : "false"}>
                <h3>${m.steps[step]}${done ? html`<span class="for-screen-readers">, ${m.done}</span>` : nothing}</h3>
                ${reached(index) ? html`<div class="content">${content()}</div>` : nothing}
              </li>
            `,
          )}
        </ol>
      </section>
    `;
  }

  protected override willUpdate(): void {
    const { claim } = this.app.draft.settings;
    const key = JSON.stringify(claim);
    if (key === this.#claim) return;
    this.#claim = key;
    void this.#look(claim);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Looks what the tokens have, again and again until there is one. */
  async #look(claim: ClaimOptions, anew = false): Promise<void> {
    const key = JSON.stringify(claim);
    const tokens = await this.app.knownTokens(claim, anew);
    if (key !== this.#claim) return;
    this.tokens = tokens;
    clearTimeout(this.#timer);
    if (this.isConnected && tokens.seen?.tokens === 0) {
      this.#timer = setTimeout(() => void this.#look(claim, true), AGAIN);
    }
  }

  #signIn(people: number): TemplateResult {
    const m = messages().firstRun;
    const { signInAs } = this.app.backend;
    return html`
      ${people === 0 ? html`<p>${m.signInHint}</p>` : nothing}
      ${
        signInAs
          ? html`<person-picker
              .app=${this.app}
              .label=${m.signInAs}
              @person-pick=${async ({ detail: { user } }: CustomEvent<{ user: User | null }>) => {
                if (user) await signInAs(user.id);
                await this.#look(this.app.draft.settings.claim, true);
              }}
            ></person-picker>`
          : people > 0
            ? nothing
            : html`<p>${m.signInWhere} <code>${new URL("../sign-in/oidc", document.baseURI).href}</code></p>`
      }
      <p class="quiet" role="status">${people === 0 ? m.waiting : m.signedIn(people)}</p>
    `;
  }

  #pickClaim(): TemplateResult {
    const { draft } = this.app;
    const attempt = draft.attempt("set-claim");
    return html`
      <p class="quiet">${messages().firstRun.claimHint}</p>
      <claim-setting
        .claim=${attempt?.command.type === "set-claim" ? attempt.command.claim : draft.settings.claim}
        .app=${this.app}
        .rejection=${attempt?.rejection}
        @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) => this.app.run({ type: "set-claim", claim: event.detail.claim })}
      ></claim-setting>
    `;
  }

  #map(): TemplateResult {
    const { app } = this;
    const { settings } = app.draft;
    const attempt = app.draft.attempt("set-mapping");
    const text = attempt?.command.type === "set-mapping" ? attempt.command.mapping : settings.mapping;
    return html`
      <p class="quiet">${messages().firstRun.mapHint}</p>
      <seen-groups .app=${app} .mapping=${text} .seen=${this.tokens.seen}></seen-groups>
      <mapping-setting
        .value=${text}
        .catalog=${app.catalogOf(settings.defaultWorkspace)}
        .policy=${settings.policy}
        .tokens=${this.tokens}
        .history=${app.histories.of(null)}
        .place=${app.place?.scope === null ? app.place.span : null}
        @place-shown=${() => {
          app.place = null;
        }}
        @mapping-change=${(event: CustomEvent<{ value: string }>) => app.run({ type: "set-mapping", mapping: event.detail.value })}
      ></mapping-setting>
    `;
  }

  #people(): TemplateResult {
    const { draft } = this.app;
    return html`<who-gets-what .app=${this.app} .settings=${draft.settings} ?finished=${draft.attempts.length === 0}></who-gets-what>`;
  }

  #switchOn(): TemplateResult {
    const m = messages().firstRun;
    const { draft } = this.app;
    return html`
      <p class="quiet">${m.onHint}</p>
      <div>
        <wa-button size="s" variant="brand" ?disabled=${draft.attempts.length > 0} @click=${this.#finish}>${m.switchOn}</wa-button>
      </div>
    `;
  }

  #finish(): void {
    this.dispatchEvent(new CustomEvent("switch-on", { bubbles: true, composed: true }));
  }
}
