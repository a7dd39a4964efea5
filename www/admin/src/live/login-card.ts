import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Span } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Preview } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { LoginPreview } from "../shared/state/login-previews.js";
import { withNearMiss } from "../shared/state/near-misses.js";
import { admin } from "../shared/styles/admin.js";
import { loginChange, planIn } from "./login-change.js";
import "../shared/elements/load-failure.js";

type Workspace = Preview["workspaces"][number];

/**
 * What becomes of one pinned login, in a few words; and why, for whoever wants to know.
 *
 * @fires unpin - It is to go.
 */
@customElement("login-card")
export class LoginCard extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      article {
        padding: var(--wa-space-xs) var(--wa-space-s);
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-m);
        background: var(--gs-field);
      }

      .change,
      .refused {
        border-inline-start: 3px solid var(--gs-warning);
      }

      .refused {
        border-inline-start-color: var(--gs-error);
      }

      .head {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: var(--wa-space-xs);
        align-items: center;
      }

      h3 {
        margin: 0;
        font-size: 1rem;
        font-weight: var(--wa-font-weight-semibold);
        overflow-wrap: anywhere;
      }

      button {
        min-width: 1.75rem;
        min-height: 1.75rem;
      }

      .lines li {
        overflow-wrap: anywhere;
        line-height: 1.5;
      }

      .unchanged .lines,
      .unknown .lines {
        color: var(--gs-quiet);
      }

      plan-card {
        display: block;
        margin-block-start: var(--wa-space-xs);
      }
    `,
  ];

  @property() name = "";
  @property({ attribute: false }) login: LoginPreview | null = null;
  /** Whether the places in the plans are those of the text in the editor. */
  @property({ type: Boolean }) placed = false;
  @state() private open = false;
  /** What tells why comes when somebody asks. */
  @state() private plans: "no" | "yes" | "failed" = "no";

  override render() {
    const m = messages().live;
    const { login } = this;
    const change = login ? loginChange(login) : null;
    return html`
      <article class=${change?.kind ?? "unknown"} aria-labelledby="name">
        <div class="head">
          <h3 id="name">${this.name}</h3>
          ${
            login?.preview
              ? html`<button class="link" type="button" aria-expanded=${this.open ? "true" : "false"} aria-label=${`${m.why}: ${this.name}`} @click=${this.#toggle}>${m.why}</button>`
              : nothing
          }
          <button class="link" type="button" aria-label=${m.unpin(this.name)} title=${m.unpin(this.name)} @click=${() => this.dispatchEvent(new CustomEvent("unpin"))}>
            <wa-icon name="close"></wa-icon>
          </button>
        </div>
        ${
          change
            ? html`<ul class="lines">
                ${change.lines.map(({ workspace, what }) => html`<li>${workspace === null ? nothing : html`<span class="quiet">${workspace}:</span> `}${what}</li>`)}
              </ul>`
            : html`<p class="quiet">${messages().page.loading}</p>`
        }
      </article>
      ${this.open && login?.preview ? this.#why(login.preview) : nothing}
    `;
  }

  #why(preview: Preview) {
    if (this.plans === "failed") return html`<load-failure></load-failure>`;
    if (this.plans === "no") return html`<p class="quiet" role="status">${messages().page.loading}</p>`;
    return preview.workspaces.map((workspace) => this.#plan(preview, workspace));
  }

  #plan(preview: Preview, workspace: Workspace): TemplateResult | typeof nothing {
    const plan = planIn(preview, workspace.id);
    if (!plan) return nothing;
    const { effective, member, name } = workspace;
    const scope = !effective || effective.inherited.mapping || effective.entries ? null : workspace.id;
    const text = effective?.entries ? this.app.draft.settings.mapping : (effective?.mapping ?? "");
    return html`
      <plan-card
        .name=${name}
        .plan=${plan}
        .mapping=${text}
        .added=${effective?.entries?.add ?? ""}
        .remark=${messages().preview.members[member]}
        ?editable=${this.placed && effective !== null}
        @entry-open=${(event: CustomEvent<{ entry: Span }>) => this.app.openEntry(scope, event.detail.entry)}
        @near-miss-add=${({ detail }: CustomEvent<{ idpGroup: string; name: string }>) =>
          this.app.run({
            type: "set-mapping",
            mapping: withNearMiss(text, detail.idpGroup, detail.name),
            ...(scope !== null && { workspace: scope }),
          })}
      >
        <plan-actions
          slot="actions"
          .app=${this.app}
          .workspace=${workspace}
          .plan=${plan}
          .claims=${preview.claims}
          .person=${this.name}
        ></plan-actions>
      </plan-card>
    `;
  }

  #toggle(): void {
    this.open = !this.open;
    if (!this.open || this.plans === "yes") return;
    Promise.all([import("../shared/elements/plan-card.js"), import("../shared/elements/plan-actions.js")]).then(
      () => {
        this.plans = "yes";
      },
      () => {
        this.plans = "failed";
      },
    );
  }
}
