import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { UserConflict, UserDetails } from "../backend/answers.js";
import { asBackendError, type BackendError, type PersonChange } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import "../shared/elements/modal-dialog.js";
import "./invitation-link.js";

interface Asked {
  change: PersonChange;
  details: UserDetails;
}

/**
 * Asks before something is done to somebody: what it comes to, and why it is done.
 *
 * @fires person-change - It is done; `detail.change`.
 */
@customElement("change-dialog")
export class ChangeDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .wrong {
        color: var(--gs-error);
      }
    `,
  ];

  @state() private asked: Asked | null = null;
  @state() private note = "";
  /** Whether the note is missing. */
  @state() private unexplained = false;
  /** The workspaces that lose their last admin, as they are shown. */
  @state() private lastAdminOf: NonNullable<UserConflict["lastAdminOf"]> = [];
  @state() private busy = false;
  @state() private failure: Pick<BackendError, "code" | "message"> | null = null;
  /** Of an invitation that stands again. */
  @state() private link: string | null = null;

  show(change: PersonChange, details: UserDetails): void {
    this.asked = { change, details };
    this.note = "";
    this.unexplained = false;
    this.lastAdminOf = change === "archive" ? details.standing.lastAdminOf : [];
    this.failure = null;
    this.link = null;
  }

  override render() {
    const { asked } = this;
    const m = messages().peopleView;
    const isWithdrawal = asked?.change === "archive" && asked.details.user.status === "invited";
    return html`
      <modal-dialog
        .heading=${asked ? (isWithdrawal ? m.withdrawTitle : m.titles[asked.change])(personName(asked.details.user)) : ""}
        .open=${asked !== null}
        @dialog-close=${this.#close}
      >
        ${asked ? (this.link === null ? this.#question(asked) : html`<invitation-link .link=${this.link}></invitation-link>`) : nothing}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}
          >${this.link === null ? messages().cancel : m.close}</wa-button
        >
        ${
          asked && this.link === null && !this.#isImpossible(asked)
            ? html`<wa-button
                slot="actions"
                size="s"
                variant=${asked.change === "archive" ? "danger" : "brand"}
                ?disabled=${this.busy}
                @click=${this.#carryOut}
                >${this.lastAdminOf.length > 0 ? m.archiveAnyway : isWithdrawal ? m.withdrawNow : m.verbs[asked.change]}</wa-button
              >`
            : nothing
        }
      </modal-dialog>
    `;
  }

  #question(asked: Asked): TemplateResult {
    const m = messages().peopleView;
    const { failure } = this;
    if (this.#isImpossible(asked)) return html`<p class="note error">${m.problems["last-super-admin"]}</p>`;
    return html`
      <ul class="rows">
        ${this.#consequences(asked).map((text) => html`<li>${text}</li>`)}
      </ul>
      ${
        this.lastAdminOf.length > 0
          ? html`<p class="note warning">${m.lastAdmin(this.lastAdminOf.map(({ name }) => name))}</p>`
          : nothing
      }
      <div>
        <label class="label" for="reason">${this.#needsReason(asked.change) ? m.reason : m.reasonOptional}</label>
        <input
          id="reason"
          class="field"
          type="text"
          maxlength="1000"
          autocomplete="off"
          .value=${this.note}
          aria-invalid=${this.unexplained ? "true" : "false"}
          aria-describedby="reason-hint"
          @input=${(event: Event) => {
            this.note = (event.target as HTMLInputElement).value;
            this.unexplained = false;
          }}
        />
        <span id="reason-hint" class="quiet ${this.unexplained ? "wrong" : ""}">${this.unexplained ? m.reasonMissing : m.reasonHint}</span>
      </div>
      ${failure ? html`<p class="note error" role="alert">${m.problems[failure.code] ?? messages().problems[failure.code] ?? failure.message}</p>` : nothing}
    `;
  }

  #consequences({ change, details: { user, standing, memberships } }: Asked): string[] {
    const m = messages().peopleView.consequences;
    switch (change) {
      case "archive":
        if (user.status === "invited") return [m.withdrawn, m.addressKept];
        return [
          m.signedOut(standing.sessions),
          m.refused,
          m.keeps(memberships.length),
          ...(user.archivedBySync ? [m.staysArchived] : [m.noSyncRestores]),
        ];
      case "restore":
        return user.subject === null && user.lastSingleSignOn === null
          ? [m.seat, m.invitedAgain]
          : [m.seat, m.signInAnew, ...(user.archivedBySync ? [m.mayBeArchivedAgain] : [])];
      case "exempt":
        return [m.untouched, m.notArchived, m.breakGlass];
      case "no-longer-exempt":
        return [m.followsAgain];
      case "invitation":
        return [m.newLink];
    }
  }

  #needsReason(change: PersonChange): boolean {
    return change === "archive" || change === "exempt";
  }

  /** Only this is told beforehand; all else that is in the way is, once it is. */
  #isImpossible({ change, details: { standing } }: Asked): boolean {
    return change === "archive" && standing.lastSuperAdmin;
  }

  readonly #close = (): void => {
    this.asked = null;
    this.link = null;
  };

  readonly #carryOut = async (): Promise<void> => {
    const { asked, note, lastAdminOf } = this;
    const { people } = this.app.backend;
    if (!asked || !people || this.busy) return;
    if (this.#needsReason(asked.change) && note.trim() === "") {
      this.unexplained = true;
      this.renderRoot.querySelector("input")?.focus();
      return;
    }
    this.busy = true;
    this.failure = null;
    try {
      const confirmed = lastAdminOf.map(({ workspace }) => workspace);
      const { id } = asked.details.user;
      const answer = await people.change(id, asked.change, { note, ...(confirmed.length > 0 && { confirmed }) });
      if (answer.status === "conflict") {
        this.lastAdminOf = answer.lastAdminOf ?? lastAdminOf;
        this.failure = answer.error;
        return;
      }
      this.link = answer.link;
      if (answer.link === null) this.asked = null;
      this.dispatchEvent(new CustomEvent("person-change", { detail: { change: asked.change } }));
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.busy = false;
    }
  };
}
