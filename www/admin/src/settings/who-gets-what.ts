import type { InstanceSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ImpactEvent } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { showAll } from "../shared/elements/show-all.js";
import { admin } from "../shared/styles/admin.js";
import { accessChange, personName } from "../shared/words/access.js";

type Change = Extract<ImpactEvent, { type: "change" }>;

/** It is found out anew when nothing was typed for so long. */
const PAUSE = 400;
const AT_FIRST = 10;

/** What everybody who has signed in would get at their next sign-in, if group sync were on with these settings. */
@customElement("who-gets-what")
export class WhoGetsWhat extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }

      .access {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }

      @media (min-width: 40rem) {
        li {
          grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) settings!: InstanceSettings;
  /** Whether the mapping is as it is typed: with errors it is not. */
  @property({ type: Boolean }) finished = false;

  @state() private found: { changes: Change[]; people: number } | "running" | "failed" = "running";
  @state() private all = false;
  #asked = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under = new AbortController();

  override render() {
    const m = messages().firstRun;
    if (!this.finished) return html`<p class="quiet">${m.peopleUnfinished}</p>`;
    if (this.found === "failed") return html`<p class="quiet">${m.peopleFailed}</p>`;
    if (this.found === "running") return html`<p class="quiet" role="status">${m.peopleRunning}</p>`;
    const { changes, people } = this.found;
    const some = new Set(changes.map(({ user }) => user.id)).size;
    const shown = this.all ? changes : changes.slice(0, AT_FIRST);
    return html`
      <p role="status">${some === 0 ? m.peopleNone(people) : m.people(some, people)}</p>
      <ul class="rows">
        ${shown.map((change) => this.#row(change))}
      </ul>
      ${showAll(shown.length, changes.length, () => {
        this.all = true;
      })}
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#under.abort();
  }

  protected override willUpdate(): void {
    if (!this.finished) return;
    const settings = { ...this.settings, enabled: true };
    const asked = JSON.stringify(settings);
    if (asked === this.#asked) return;
    const isFirst = this.#asked === "";
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(settings), isFirst ? 0 : PAUSE);
  }

  async #ask(settings: InstanceSettings): Promise<void> {
    this.#under.abort();
    const under = new AbortController();
    this.#under = under;
    const changes: Change[] = [];
    let people = 0;
    try {
      for await (const event of this.app.backend.impact(settings, under.signal)) {
        if (event.type === "start") people = event.users;
        if (event.type === "change") changes.push(event);
        if (event.type === "error") throw new Error(event.error.message);
      }
      if (!under.signal.aborted) this.found = { changes, people };
    } catch {
      if (!under.signal.aborted) this.found = "failed";
    }
  }

  #row({ user, workspace, before, after }: Change): TemplateResult {
    return html`
      <li>
        <span class="names">${personName(user)} <span class="quiet">${this.app.nameOf(workspace)}</span></span>
        ${accessChange(before, after)}
      </li>
    `;
  }
}
