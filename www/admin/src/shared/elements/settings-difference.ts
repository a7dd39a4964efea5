import type { GroupSyncConfig, InstanceSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { AdminElement } from "./admin-element.js";
import "./rule-difference.js";

interface Compared {
  workspace: string;
  /** `null` where logins change nothing. */
  before: GroupSyncConfig | null;
  after: GroupSyncConfig | null;
}

/** What logins do differently in each workspace, under one document of settings and another one. */
@customElement("settings-difference")
export class SettingsDifference extends AdminElement {
  static override styles = [shared, admin];

  @property({ attribute: false }) earlier!: InstanceSettings;
  @property({ attribute: false }) later!: InstanceSettings;

  #compared: Compared[] = [];

  override render() {
    const m = messages().difference;
    const same = this.#compared.filter(({ before, after }) => JSON.stringify(before) === JSON.stringify(after));
    const different = this.#compared.filter((compared) => !same.includes(compared));
    return html`
      <div class="stack">
        ${different.map((compared) => this.#workspace(compared))}
        ${
          same.length > 0
            ? html`<p class="quiet">${m.same(same.map(({ workspace }) => this.app.nameOf(workspace)))}</p>`
            : nothing
        }
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("earlier") && !changed.has("later")) return;
    const ids = new Set([...this.earlier.workspaces, ...this.later.workspaces].map(({ id }) => id));
    this.#compared = [...ids].map((workspace) => ({
      workspace,
      before: this.#config(this.earlier, workspace),
      after: this.#config(this.later, workspace),
    }));
  }

  #workspace({ workspace, before, after }: Compared): TemplateResult {
    const m = messages().difference;
    return html`
      <section aria-label=${this.app.nameOf(workspace)}>
        <h3>${this.app.nameOf(workspace)}</h3>
        ${
          before && after
            ? html`<rule-difference .earlier=${before} .later=${after}></rule-difference>`
            : html`<p>${after ? m.begins : m.ends}</p>`
        }
      </section>
    `;
  }

  /** What logins go by; `null` where the engine says that they do not sync. */
  #config(settings: InstanceSettings, workspace: string): GroupSyncConfig | null {
    return this.app.syncs(settings, workspace) ? this.app.configOf(settings, workspace) : null;
  }
}
