import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Provider, ProviderInput } from "../backend/answers.js";
import { asBackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { providerMessages } from "../messages/providers.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import { problemNote } from "./problem-note.js";
import "../shared/elements/modal-dialog.js";

type Directory = NonNullable<ProviderInput["directory"]>;
type Kind = Directory["kind"];

const kinds: Record<Kind, string> = {
  entra: "Entra ID",
  google: "Google Workspace",
  okta: "Okta",
  keycloak: "Keycloak",
  auth0: "Auth0",
};
const secretFields = ["clientSecret", "apiToken", "serviceAccount"] as const;
/** What each kind of directory can be told, besides the claim with the user's id. */
const fieldsOf: Record<Kind, (keyof Directory)[]> = {
  entra: ["tenant", "url", "loginUrl", "groups", "clientId", "clientSecret"],
  google: ["subject", "groups", "serviceAccount"],
  okta: ["url", "groups", "apiToken"],
  keycloak: ["url", "realm", "groups", "clientId", "clientSecret"],
  auth0: ["url", "groups", "clientId", "clientSecret"],
};
const groupsOf: Record<Kind, string[]> = {
  entra: ["id", "name"],
  google: ["email", "name", "id"],
  okta: ["name", "id"],
  keycloak: ["path", "name"],
  auth0: ["roles", "organizations"],
};
const empty: ProviderInput = {
  name: "",
  issuer: "",
  enabled: true,
  clientId: "",
  scope: "openid profile email",
  claimsFrom: ["userinfo"],
  scimGroups: "displayName",
  directory: null,
};

/**
 * An identity provider, made or changed. Secrets are written and never read.
 *
 * @fires provider-saved
 */
@customElement("provider-dialog")
export class ProviderDialog extends AdminElement {
  static override styles = [shared, admin];

  @state() private open = false;
  @state() private provider: Provider | null = null;
  @state() private input: ProviderInput = empty;
  /** Which stored secrets are to be taken away, by their fields. */
  @state() private removed: ReadonlySet<string> = new Set();
  @state() private busy = false;
  @state() private failure: { code: string; message: string; path?: string | undefined } | null = null;

  show(provider: Provider | null): void {
    const { secrets: _, ...configuration } = provider?.configuration ?? { secrets: [] };
    const given = provider && { name: provider.name, issuer: provider.issuer, enabled: provider.enabled };
    const input = { ...empty, ...configuration, ...given };
    Object.assign(this, { open: true, provider, failure: null, input, removed: new Set() });
  }

  override render() {
    const m = providerMessages();
    return html`
      <modal-dialog .heading=${this.provider?.name ?? m.addTitle} .open=${this.open} @dialog-close=${this.#close}>
        ${this.open ? this.#form() : nothing} ${problemNote(this.failure)}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}>${messages().cancel}</wa-button>
        <wa-button slot="actions" size="s" variant="brand" ?disabled=${this.busy} @click=${this.#save}>${m.save}</wa-button>
      </modal-dialog>
    `;
  }

  #form(): TemplateResult {
    const m = providerMessages();
    const { input, provider } = this;
    const set = (part: Partial<ProviderInput>) => {
      this.input = { ...this.input, ...part };
    };
    const claims = (from: "userinfo" | "access-token", label: string) =>
      check(label, input.claimsFrom.includes(from), (chosen) => {
        const others = input.claimsFrom.filter((one) => one !== from);
        set({ claimsFrom: chosen ? [...others, from] : others });
      });
    return html`
      ${this.#field("name", m.name, input.name, (name) => set({ name }))}
      ${
        provider
          ? html`<p><span class="label">${m.issuer}</span><code>${input.issuer}</code></p>`
          : this.#field("issuer", m.issuer, input.issuer, (issuer) => set({ issuer }))
      }
      ${this.#field("clientId", m.clientId, input.clientId, (clientId) => set({ clientId }))}
      ${this.#field("clientSecret", m.secret, input.clientSecret, (clientSecret) => set({ clientSecret }), true)}
      ${this.#field("scope", m.scope, input.scope, (scope) => set({ scope }))}
      <fieldset>
        <legend>${m.claims}</legend>
        ${claims("userinfo", m.userinfo)} ${claims("access-token", m.access)}
      </fieldset>
      ${menu(m.scimGroups, input.scimGroups, { displayName: "displayName", externalId: "externalId" }, (value) =>
        set({ scimGroups: value as ProviderInput["scimGroups"] }),
      )}
      ${menu(m.directory, input.directory?.kind ?? "", { "": m.none, ...kinds }, (kind) =>
        set({ directory: kind === "" ? null : { kind: kind as Kind } }),
      )}
      ${input.directory ? this.#directory(input.directory, (directory) => set({ directory })) : nothing}
      ${check(m.enabled, input.enabled, (enabled) => set({ enabled }))}
      ${provider?.enabled && !input.enabled ? html`<p class="note warning">${m.offHint}</p>` : nothing}
    `;
  }

  #directory(directory: Directory, set: (directory: Directory) => void): TemplateResult {
    const m = providerMessages();
    const { kind } = directory;
    const labels = { ...m, clientId: m.dirClient, clientSecret: m.dirSecret } as Record<string, unknown>;
    const fields: (keyof Directory)[] = ["userClaim", ...fieldsOf[kind]];
    return html`
      ${fields.map((field) =>
        field === "groups"
          ? menu(
              m.groups,
              directory.groups ?? "",
              Object.fromEntries(["", ...groupsOf[kind]].map((one) => [one, one])),
              (groups) => set({ ...directory, groups }),
            )
          : this.#field(
              `directory.${field}`,
              String(labels[field]),
              String(directory[field] ?? ""),
              (value) => set({ ...directory, [field]: value }),
              (secretFields as readonly string[]).includes(field),
            ),
      )}
      ${kind === "google" ? check(m.nested, directory.nested === true, (nested) => set({ ...directory, nested })) : nothing}
    `;
  }

  #field(path: string, label: string, value = "", set: (value: string) => void, secret = false): TemplateResult {
    const m = providerMessages();
    const stored = secret && this.provider?.configuration?.secrets.includes(path);
    // Of those whose key is gone it is not known which there are: one of them decides.
    const removable = stored || (path === "clientSecret" && this.provider?.secretsReadable === false);
    const removed = this.removed.has(path);
    return html`
      <label>
        <span class="label">${label}</span>
        <input
          class="field"
          type=${secret ? "password" : "text"}
          autocomplete=${secret ? "new-password" : "off"}
          spellcheck="false"
          placeholder=${stored && !removed ? m.stored : ""}
          aria-invalid=${this.failure?.path === path ? "true" : "false"}
          ?disabled=${removed}
          .value=${removed ? "" : value}
          @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
        />
      </label>
      ${
        removable
          ? check(html`${m.takeAway}<span class="for-screen-readers"> ${label}</span>`, removed, (chosen) => {
              const others = [...this.removed].filter((one) => one !== path);
              this.removed = new Set(chosen ? [...others, path] : others);
            })
          : nothing
      }
    `;
  }

  readonly #close = (): void => {
    Object.assign(this, { open: false, input: empty });
  };

  readonly #save = async (): Promise<void> => {
    const { providers } = this.app.backend;
    if (!providers || this.busy) return;
    this.busy = true;
    this.failure = null;
    const { provider } = this;
    const { issuer, ...input } = toSend(this.input, this.removed);
    try {
      if (provider) await providers.change(provider.id, provider.version, input);
      else await providers.create({ ...input, issuer: issuer.trim() });
      this.#close();
      this.dispatchEvent(new CustomEvent("provider-saved", { detail: { name: input.name } }));
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.busy = false;
    }
  };
}

/** What was not entered is not sent, so that stored secrets stay; those that are to go are sent empty. */
function toSend({ clientSecret, directory, ...input }: ProviderInput, removed: ReadonlySet<string>): ProviderInput {
  const entered = (fields: object, place: string) =>
    Object.fromEntries([
      ...Object.entries(fields).filter(([, value]) => value !== "" && value !== undefined),
      ...secretFields.filter((name) => removed.has(`${place}${name}`)).map((name) => [name, ""]),
    ]);
  return {
    ...input,
    ...entered({ clientSecret }, ""),
    directory: directory && (entered(directory, "directory.") as Directory),
  };
}

function check(label: string | TemplateResult, checked: boolean, set: (checked: boolean) => void): TemplateResult {
  return html`<label class="row">
    <input type="checkbox" .checked=${checked} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} />
    ${label}
  </label>`;
}

function menu(
  label: string,
  value: string,
  options: Record<string, string>,
  set: (value: string) => void,
): TemplateResult {
  return html`<label>
    <span class="label">${label}</span>
    <select class="field" @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${Object.entries(options).map(([id, name]) => html`<option value=${id} ?selected=${id === value}>${name}</option>`)}
    </select>
  </label>`;
}
