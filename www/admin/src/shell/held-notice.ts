import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";

/** How often it is asked, in milliseconds: a run of the night is seen in the morning without loading the page anew. */
const interval = 60_000;

/** Says on every view that a run over a directory is held, for an admin has to decide. */
@customElement("held-notice")
export class HeldNotice extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .note {
        margin-block-end: var(--gs-gap);
      }
    `,
  ];

  @state() private held: number[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.ask();
    this.#timer = setInterval(() => void this.ask(), interval);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** Where it cannot be known, nothing is said: whatever else is asked for says why. */
  async ask(): Promise<void> {
    if (document.hidden) return;
    const answer = await this.app.backend.reconciling?.runs().catch(() => null);
    if (answer) this.held = answer.held;
  }

  override render() {
    const m = messages().directory;
    const { view, item } = this.app.route;
    const others = this.held.filter((run) => view !== "directory" || item !== String(run));
    return html`<div role="status">
      ${
        others[0] === undefined
          ? nothing
          : html`<p class="note warning">${m.isHeld} <a href=${address("directory", String(others[0]))}>${m.look}</a></p>`
      }
    </div>`;
  }
}
