import "idp-group-sync-elements/group-mapping-editor";
import { customElement } from "idp-group-sync-elements/internal/elements/custom-element.js";
import { followLanguage } from "idp-group-sync-elements/internal/messages/language.js";
import { registerIcons } from "idp-group-sync-elements/internal/pages/icons.js";
import type { SettingsBackend } from "idp-group-sync-elements/internal/settings-backend.js";
import { embedded, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { tokens } from "idp-group-sync-elements/internal/styles/tokens.js";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { messages } from "../messages/language.js";
import { App } from "../shared/state/app.js";
import { readRoute } from "../shared/state/route.js";
import { hostBackend } from "./host-backend.js";
import { theme } from "./theme.js";
import "../review/review-view.js";
import "../settings/settings-view.js";
import "../shared/elements/failure-note.js";
import "../shell/draft-notice.js";
import "../shell/unsaved-bar.js";

registerIcons();

/**
 * The settings of group sync, for the page of any application: the switch, the claim, the workspaces, the mapping with its check, and
 * the review before anything is saved.
 *
 * @fires {CustomEvent<{ version: number }>} settings-save - The application has stored a new version; `detail.version` is its number
 * @fires {CustomEvent<{ unsaved: boolean }>} unsaved-change - Something is unsaved, or nothing is any more; `detail.unsaved` says which
 */
@customElement("group-sync-settings")
export class GroupSyncSettings extends LitElement {
  static override styles = [
    tokens,
    shared,
    embedded,
    theme,
    css`
      :host {
        container: group-sync-settings / inline-size;
      }

      unsaved-bar {
        margin-block-start: var(--gs-gap);
      }
    `,
  ];

  /** The application's side of the settings. Another object is asked anew, and what is unsaved is dropped. */
  @property({ attribute: false }) backend: SettingsBackend | undefined;

  #app: App | undefined;
  #view: App["route"]["view"] = "settings";
  #unsaved = false;
  readonly #follow = () => this.#changed();

  constructor() {
    super();
    followLanguage(this);
    this.addEventListener("click", (event) => this.#open(event));
  }

  /** Whether there are changes that are not saved. */
  get unsaved(): boolean {
    return this.#unsaved;
  }

  protected override render(): unknown {
    const app = this.#app;
    if (!app) return html``;
    if (app.failure) return html`<failure-note .failure=${app.failure} @again=${() => app.load()}></failure-note>`;
    if (!app.me) return html`<p class="quiet" role="status">${messages().page.loading}</p>`;
    return keyed(app, this.#views(app));
  }

  #views(app: App): TemplateResult {
    return html`
      <draft-notice .app=${app}></draft-notice>
      ${
        app.route.view === "review"
          ? html`<review-view .app=${app}></review-view>`
          : html`<settings-view .app=${app}></settings-view>
              <unsaved-bar embedded .app=${app}></unsaved-bar>`
      }
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("backend")) return;
    this.#app?.removeEventListener("change", this.#follow);
    this.#app = undefined;
    if (!this.backend) return;
    const saved = (version: number) => this.#tell("settings-save", { version });
    this.#app = new App(hostBackend(this.backend, saved), { embedded: true });
    this.#app.addEventListener("change", this.#follow);
    void this.#app.load();
  }

  /** Who goes to another view by keyboard or by ear begins at its top. */
  protected override async updated(): Promise<void> {
    const view = this.#app?.route.view ?? "settings";
    if (view === this.#view) return;
    this.#view = view;
    const shown = this.renderRoot.querySelector<LitElement>("review-view, settings-view");
    await shown?.updateComplete;
    shown?.renderRoot.querySelector<HTMLElement>("[tabindex='-1']")?.focus();
  }

  #changed(): void {
    this.requestUpdate();
    const app = this.#app;
    const unsaved = app?.me ? app.draft.changed : false;
    if (unsaved === this.#unsaved) return;
    this.#unsaved = unsaved;
    this.#tell("unsaved-change", { unsaved });
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Links to views stay in here: the address is the application's. */
  #open(event: Event): void {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    const address = link?.getAttribute("href");
    if (!address?.startsWith("#/")) return;
    event.preventDefault();
    const { view, item } = readRoute(address);
    this.#app?.go(view, item);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "group-sync-settings": GroupSyncSettings;
  }
}
