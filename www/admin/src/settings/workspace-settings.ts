import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/switch/switch.js";
import type WaSwitch from "@awesome.me/webawesome/dist/components/switch/switch.js";
import {
  type ClaimOptions,
  checkMapping,
  type Diagnostic,
  type EffectiveSettings,
  effectiveSettings,
  type Policy,
  type SettingsCommand,
} from "idp-group-sync";
import type { MappingDiagnostic } from "idp-group-sync-elements";
import { claimText } from "idp-group-sync-elements/internal/claim-fields.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { noTokens } from "../shared/state/app.js";
import type { Rejection } from "../shared/state/draft.js";
import { admin } from "../shared/styles/admin.js";
import { rejectionText } from "../shared/words/rejections.js";
import type { RemoveWorkspaceDialog } from "./remove-workspace-dialog.js";
import "idp-group-sync-elements/internal/elements/diagnostic-list.js";
import "./claim-setting.js";
import "./claim-tokens.js";
import "./drawer-button.js";
import "../shared/elements/load-failure.js";
import "./mapping-setting.js";
import "./policy-setting.js";
import "./scenario-strip.js";
import "./seen-groups.js";
import "./workspace-entries.js";

type Field = keyof EffectiveSettings["inherited"];

/** What holds for one workspace of the sync list: inherited from the instance, or its own. */
@customElement("workspace-settings")
export class WorkspaceSettingsForm extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .head {
        margin-block-end: var(--wa-space-s);
      }

      .head h2 {
        margin-inline-end: var(--wa-space-2xs);
      }

      .head .badge + wa-button {
        margin-inline-start: auto;
      }

      .note,
      diagnostic-list {
        margin-block-start: var(--wa-space-xs);
      }

      pre:not(:first-child) {
        margin-block-start: var(--wa-space-xs);
      }

      wa-switch {
        margin-block: var(--wa-space-xs);
      }
    `,
  ];

  /** A workspace of the sync list. */
  @property() workspace = "";

  @state() private rejection: Rejection | null = null;
  @state() private tokens = noTokens;
  /** The question comes when it is first asked, as most visits need none. */
  @state() private removing: "no" | "yes" | "failed" = "no";
  @query("remove-workspace-dialog") private dialog!: RemoveWorkspaceDialog | null;
  #claim = "";
  #checked: { of: string; diagnostics: MappingDiagnostic[] } | undefined;

  override render() {
    const m = messages().settings;
    const { settings } = this.app.draft;
    const listed = settings.workspaces.find(({ id }) => id === this.workspace);
    if (!listed) return nothing;
    const effective = effectiveSettings(settings, this.workspace);
    const name = this.app.nameOf(this.workspace);
    const isDefault = settings.defaultWorkspace === this.workspace;
    return html`
      <div class="stack">
        <section class="card" aria-labelledby="workspace">
          <div class="row">
            <h2 id="workspace" tabindex="-1">${name}</h2>
            ${isDefault ? html`<span class="badge good">${m.defaultBadge}</span>` : nothing}
          </div>
          <wa-switch .checked=${listed.enabled} ?disabled=${this.app.readOnly} @change=${this.#toggle}>${m.syncWorkspace}</wa-switch>
          <p class="quiet">${listed.enabled ? m.workspaceOn : m.workspaceOff}</p>
          ${this.rejection ? html`<p class="note error" role="alert">${rejectionText(this.rejection)}</p>` : nothing}
          ${this.app.readOnly ? nothing : this.#actions(isDefault)}
        </section>
        ${this.#field("claim", effective, this.#claimSetting(effective))}
        ${this.#field("mapping", effective, this.#mappingSetting(effective))}
        ${this.#field("policy", effective, this.#policySetting(effective))}
      </div>
      ${this.removing === "yes" ? html`<remove-workspace-dialog .app=${this.app}></remove-workspace-dialog>` : nothing}
      ${this.removing === "failed" ? html`<load-failure></load-failure>` : nothing}
    `;
  }

  #actions(isDefault: boolean): TemplateResult {
    const m = messages().settings;
    return html`
      <p class="row lead">
        ${
          isDefault
            ? nothing
            : html`<wa-button size="s" appearance="outlined" @click=${() => this.#try({ type: "set-default-workspace", workspace: this.workspace })}>
                ${m.makeDefault}
              </wa-button>`
        }
        <wa-button size="s" appearance="outlined" variant="danger" @click=${this.#remove}>
          ${m.removeWorkspace}
        </wa-button>
      </p>
    `;
  }

  async #remove(): Promise<void> {
    try {
      await import("./remove-workspace-dialog.js");
      this.removing = "yes";
    } catch {
      this.removing = "failed";
    }
    await this.updateComplete;
    this.dialog?.show(this.workspace);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("workspace")) this.rejection = null;
    const { settings } = this.app.draft;
    if (!settings.workspaces.some(({ id }) => id === this.workspace)) return;
    const { claim } = effectiveSettings(settings, this.workspace);
    const key = JSON.stringify(claim);
    if (key === this.#claim) return;
    this.#claim = key;
    void this.app.knownTokens(claim).then((tokens) => {
      if (key === this.#claim) this.tokens = tokens;
    });
  }

  /** A field with what it is here: inherited, or the workspace's own. */
  #field(field: Field, effective: EffectiveSettings, content: unknown): TemplateResult {
    const m = messages().settings;
    const titles = {
      claim: messages().claim.title,
      mapping: messages().mapping.title,
      policy: messages().policies.title,
    };
    const { draft } = this.app;
    const attempts = [draft.attempt(`set-${field}`, this.workspace)];
    if (field === "mapping") attempts.push(draft.attempt("set-entries", this.workspace));
    const inherited = effective.inherited[field] && !attempts.some(Boolean);
    return html`
      <section class="card" aria-labelledby=${field}>
        <div class="row head">
          <h2 id=${field} tabindex="-1">${titles[field]}</h2>
          ${inherited ? html`<span class="badge">${m.inherited}</span>` : html`<span class="badge own">${m.overridden}</span>`}
          ${this.app.readOnly ? nothing : this.#choice(field, titles[field], inherited, effective)}
          ${field === "mapping" && !this.app.embedded ? html`<drawer-button .app=${this.app}></drawer-button>` : nothing}
        </div>
        ${content}
      </section>
    `;
  }

  /** The way to the other one of the two. */
  #choice(field: Field, title: string, inherited: boolean, effective: EffectiveSettings): TemplateResult {
    const m = messages().settings;
    return inherited
      ? html`${field === "mapping" ? this.#overrideEntries() : nothing}
          <wa-button size="s" appearance="outlined" @click=${() => this.#override(field, effective)}>
            ${m.override}<span class="for-screen-readers">: ${title}</span>
          </wa-button>`
      : html`<wa-button size="s" appearance="outlined" @click=${() => this.#inherit(field)}>
            ${m.reset}<span class="for-screen-readers">: ${title}</span>
          </wa-button>`;
  }

  #claimSetting({ claim, inherited }: EffectiveSettings): TemplateResult {
    const attempt = this.app.draft.attempt("set-claim", this.workspace);
    if (inherited.claim && !attempt) {
      return html`
        <p><code>${claimText(claim)}</code></p>
        ${this.app.knowsPeople ? html`<claim-tokens .app=${this.app} .claim=${claim} locked></claim-tokens>` : nothing}
      `;
    }
    return html`
      <claim-setting
        .claim=${attempt?.command.type === "set-claim" ? attempt.command.claim : claim}
        .app=${this.app}
        .rejection=${attempt?.rejection}
        @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) =>
          this.app.run({ type: "set-claim", claim: event.detail.claim, workspace: this.workspace })}
      ></claim-setting>
    `;
  }

  #mappingSetting(effective: EffectiveSettings) {
    const { mapping, entries, policy, inherited } = effective;
    const attempt = this.app.draft.attempt("set-mapping", this.workspace);
    if (inherited.mapping && !attempt && !this.app.draft.attempt("set-entries", this.workspace)) {
      return this.#inheritedMapping(mapping, policy);
    }
    if ((entries || this.app.draft.attempt("set-entries", this.workspace)) && !attempt) {
      return html`
        <workspace-entries
          .app=${this.app}
          .workspace=${this.workspace}
          .effective=${effective}
          .diagnostics=${this.#check(mapping, policy)}
          .tokens=${this.tokens}
        ></workspace-entries>
        ${this.app.embedded ? nothing : html`<scenario-strip .app=${this.app} .scope=${this.workspace}></scenario-strip>`}
      `;
    }
    const text = attempt?.command.type === "set-mapping" ? attempt.command.mapping : mapping;
    // Another workspace's mapping is another text, with a history of its own.
    return keyed(
      this.workspace,
      html`
        <mapping-setting
          ?locked=${this.app.readOnly}
          .value=${text}
          .catalog=${this.app.catalogOf(this.workspace)}
          .policy=${policy}
          .tokens=${this.tokens}
          .history=${this.app.histories.of(this.workspace)}
          .place=${this.app.place?.scope === this.workspace ? this.app.place.span : null}
          @place-shown=${() => {
            this.app.place = null;
          }}
          @mapping-change=${(event: CustomEvent<{ value: string }>) =>
            this.app.run({ type: "set-mapping", mapping: event.detail.value, workspace: this.workspace })}
        ></mapping-setting>
        ${this.app.embedded ? nothing : html`<scenario-strip .app=${this.app} .scope=${this.workspace}></scenario-strip>`}
        <seen-groups .app=${this.app} .scope=${this.workspace} .mapping=${text} .seen=${this.tokens.seen}></seen-groups>
      `,
    );
  }

  /** The text, and what is doubtful about it here: the workspace may have other roles and groups than the others that inherit it. */
  #inheritedMapping(mapping: string, policy: Policy): TemplateResult {
    const m = messages().mapping;
    if (mapping.trim() === "") return html`<p class="quiet">${m.empty}</p>`;
    const saved = this.app.draft.attempt("set-mapping") !== undefined;
    return html`
      ${saved ? html`<p class="note warning">${m.savedText}</p>` : nothing}
      <pre tabindex="0" role="region" aria-label=${m.inheritedText}>${mapping}</pre>
      <diagnostic-list
        limit="5"
        .diagnostics=${this.#check(mapping, policy)}
        @diagnostic-select=${(event: CustomEvent<{ diagnostic: Diagnostic }>) => {
          const { span } = event.detail.diagnostic;
          if (span && !saved) this.app.openEntry(null, span);
        }}
      ></diagnostic-list>
    `;
  }

  /** Kept while nothing of it changes: a long text takes a while. */
  #check(mapping: string, policy: Policy): MappingDiagnostic[] {
    const of = JSON.stringify([this.workspace, mapping, policy]);
    if (this.#checked?.of !== of) {
      // What is unknown here may be known where else the mapping is inherited.
      const workspaces = [this.app.nameOf(this.workspace)];
      const found = checkMapping(mapping, this.app.catalogOf(this.workspace), policy);
      const diagnostics = found.map((one) => (one.code === "unknown-target" ? { ...one, workspaces } : one));
      this.#checked = { of, diagnostics };
    }
    return this.#checked.diagnostics;
  }

  #policySetting({ policy, inherited }: EffectiveSettings): TemplateResult {
    return html`
      ${inherited.policy ? nothing : html`<p class="quiet head">${messages().policies.whole}</p>`}
      <policy-setting
        .policy=${policy}
        ?locked=${inherited.policy || this.app.readOnly}
        @policy-change=${(event: CustomEvent<{ policy: Policy }>) =>
          this.app.run({ type: "set-policy", policy: event.detail.policy, workspace: this.workspace })}
      ></policy-setting>
    `;
  }

  /** Goes on following the instance, but for what is changed from now on. */
  #overrideEntries(): TemplateResult {
    return html`
      <wa-button
        size="s"
        appearance="outlined"
        @click=${() => {
          this.app.run({ type: "set-entries", entries: {}, workspace: this.workspace });
          void this.#focusHeading("mapping");
        }}
      >
        ${messages().mapping.overrideEntries}
      </wa-button>
    `;
  }

  /** Begins with what was inherited until now. */
  #override(field: Field, { claim, mapping, policy }: EffectiveSettings): void {
    const { workspace } = this;
    const commands: Record<Field, SettingsCommand> = {
      claim: { type: "set-claim", claim, workspace },
      mapping: { type: "set-mapping", mapping, workspace },
      policy: { type: "set-policy", policy, workspace },
    };
    this.app.run(commands[field]);
    void this.#focusHeading(field);
  }

  #inherit(field: Field): void {
    this.app.run({ type: "inherit", workspace: this.workspace, field });
    void this.#focusHeading(field);
  }

  /** The button that was pressed has made way for another one. */
  async #focusHeading(field: Field): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${field}`)?.focus();
  }

  #toggle(event: Event): void {
    const toggle = event.target as WaSwitch;
    this.#try({ type: toggle.checked ? "enable-workspace" : "disable-workspace", workspace: this.workspace });
    const listed = this.app.draft.settings.workspaces.find(({ id }) => id === this.workspace);
    toggle.checked = listed?.enabled ?? false;
  }

  #try(command: SettingsCommand): void {
    const change = this.app.run(command);
    this.rejection = change.status === "rejected" ? change : null;
  }
}
