import "@awesome.me/webawesome/dist/components/button/button.js";
import type { Guarantee, Scenario } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Preview } from "../../backend/answers.js";
import { messages } from "../../messages/language.js";
import { explainCommand } from "../state/command-line.js";
import type { Scope } from "../state/kept-scenarios.js";
import { address } from "../state/route.js";
import { admin } from "../styles/admin.js";
import type { Plan } from "../words/plans.js";
import { AdminElement } from "./admin-element.js";

/** What can be made of a plan that is shown: a scenario, a guarantee, a command. */
@customElement("plan-actions")
export class PlanActions extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .actions {
        display: grid;
        gap: var(--wa-space-xs);
        margin-block-start: var(--wa-space-s);
      }

      pre {
        margin: 0;
        padding: var(--wa-space-xs);
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-s);
        font-size: var(--gs-small-size);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) workspace!: Pick<Preview["workspaces"][number], "id" | "name" | "effective">;
  @property({ attribute: false }) plan!: Plan;
  /** The claims that the plan was made from. */
  @property({ attribute: false }) claims: object = {};
  /** What a scenario of it is called. */
  @property() person = "";

  @state() private command: { text: string; copied: boolean } | null = null;

  override render() {
    const { status, resolution } = this.plan;
    if (status !== "change" && status !== "unchanged") return nothing;
    const m = messages().planActions;
    const of = html`<span class="for-screen-readers">: ${this.workspace.name}</span>`;
    const { command } = this;
    return html`<div class="actions">
      <div class="row">
        <wa-button size="s" appearance="outlined" @click=${() => this.#keep()}>${messages().preview.keepAsScenario}${of}</wa-button>
        ${
          this.workspace.effective
            ? html`<wa-button size="s" appearance="outlined" @click=${() => this.#copy()}>${m.copyCommand}${of}</wa-button>`
            : nothing
        }
      </div>
      ${this.#nobodyElse(resolution)}
      <div role="status">${
        command
          ? html`
              <p class="quiet">${command.copied ? m.copied : m.copyByHand}</p>
              <pre tabindex="0" aria-label=${m.copyCommand}>${command.text}</pre>
            `
          : nothing
      }</div>
    </div>`;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("plan")) this.command = null;
  }

  /** A guarantee for each role and group that an IdP group of the token grants. */
  #nobodyElse({ matches }: Plan["resolution"]): TemplateResult | typeof nothing {
    const groupsOf = new Map<string, { kind: "role" | "group"; target: string; groups: string[] }>();
    for (const { idpGroup, grants } of matches) {
      for (const { kind, target } of grants) {
        if (kind === "unknown") continue;
        const key = JSON.stringify([kind, target]);
        const found = groupsOf.get(key) ?? { kind, target, groups: [] };
        found.groups.push(idpGroup);
        groupsOf.set(key, found);
      }
    }
    if (groupsOf.size === 0) return nothing;
    const m = messages().planActions;
    return html`
      <div class="row" role="group" aria-label="${m.nobodyElse} (${this.workspace.name})">
        <span class="quiet">${m.nobodyElse}</span>
        ${[...groupsOf.values()].map(
          ({ kind, target, groups }) => html`
            <wa-button size="s" appearance="outlined" @click=${() => this.#guarantee(kind, target, groups)}>${target}</wa-button>
          `,
        )}
      </div>
    `;
  }

  /** Where it is expected: beside the instance's settings, if nothing else holds in its default workspace. */
  get #scope(): Scope {
    const { id, effective } = this.workspace;
    const { inherited } = effective ?? { inherited: null };
    const inheritsAll = inherited?.claim && inherited.mapping && inherited.policy;
    return id === this.app.draft.settings.defaultWorkspace && inheritsAll ? null : id;
  }

  /** Keeps what came out as what is expected from now on. */
  #keep(): void {
    const { role, groups, claim } = this.plan.resolution;
    const scope = this.#scope;
    const name = this.app.scenarios.freeName(scope, this.person);
    const scenario: Scenario = { name, groups: claim.groups, expect: { role, groups } };
    this.app.scenarios.add(scope, scenario);
    location.hash = address("scenarios", scope);
  }

  #guarantee(kind: "role" | "group", target: string, groups: string[]): void {
    const scope = this.#scope;
    const { scenarios } = this.app;
    const name = scenarios.freeName(scope, messages().planActions.nobodyElseName(target, groups));
    const guarantee: Guarantee = { name: name.slice(0, 200), only: { [kind]: target, groups } };
    scenarios.set(scope, { guarantees: [...scenarios.edited(scope).guarantees, guarantee] });
    location.hash = address("scenarios", scope);
  }

  async #copy(): Promise<void> {
    const text = explainCommand({ claims: this.claims, claim: this.plan.resolution.claim }, this.workspace.id);
    try {
      await navigator.clipboard.writeText(text);
      this.command = { text, copied: true };
    } catch {
      // Not allowed, or no secure connection: whoever reads it can copy it.
      this.command = { text, copied: false };
    }
  }
}
