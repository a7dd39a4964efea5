import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { InstanceSettings } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { followCover } from "../shared/foot.js";
import { type Login, LoginPreviews } from "../shared/state/login-previews.js";
import { admin } from "../shared/styles/admin.js";
import { loginName } from "../shared/words/login-name.js";
import { liveStyles } from "./live-styles.js";
import { type LoginChange, loginChange } from "./login-change.js";
import "../shared/elements/failure-note.js";
import "./login-card.js";
import "./pin-form.js";

/** Whoever listens is told when the typing pauses. */
const PAUSE = 800;
/** So many are told by name. */
const TOLD = 3;

/**
 * What the settings, as they are typed, do to some people: beside the mapping where there is room, and otherwise a drawer at
 * the foot of the page. Typing asks the engine in the page, and no server.
 */
@customElement("live-preview")
export class LivePreview extends AdminElement {
  static override styles = [shared, admin, liveStyles];

  #previews: LoginPreviews | undefined;
  /** The last settings without an error in a text. */
  #whole: { base: InstanceSettings; settings: InstanceSettings } | undefined;
  #version: number | undefined;
  #wasOpen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  @state() private said: Text[] = [];
  #uncover: (() => void) | undefined;
  @query("h2") private heading!: HTMLElement;
  @query("section") private pane!: HTMLElement;

  override render() {
    const m = messages().live;
    const { pins, drawerOpen, draft } = this.app;
    const failure = pins.all.length > 0 ? this.#previews?.failure : null;
    return html`
      <section class="pane ${drawerOpen ? "open" : ""}" aria-labelledby="live" @keydown=${this.#key}>
        <div class="row apart">
          <h2 id="live" tabindex="-1">${m.title}</h2>
          <button class="link close" type="button" aria-label=${m.close} @click=${this.#close}>
            <wa-icon name="close"></wa-icon>
          </button>
        </div>
        <p class="quiet">${pins.all.length === 0 ? m.empty : this.#total()}</p>
        ${failure ? html`<failure-note .failure=${failure} @again=${() => this.#previews?.refresh()}></failure-note>` : nothing}
        ${draft.attempts.length > 0 && pins.all.length > 0 ? html`<p class="note warning">${m.withErrors}</p>` : nothing}
        ${pins.all.length > 0 ? this.#cards() : nothing}
        <pin-form .app=${this.app}></pin-form>
        <div class="for-screen-readers" role="status">${this.said.map((text) => html`<p>${text}</p>`)}</div>
      </section>
    `;
  }

  /** Reading goes on at its title. */
  override focus(options?: FocusOptions): void {
    this.heading.focus(options);
  }

  override connectedCallback(): void {
    this.#previews = new LoginPreviews(this.app.backend, () => this.requestUpdate());
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  protected override firstUpdated(): void {
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#uncover?.();
    clearTimeout(this.#timer);
    this.#previews?.close();
  }

  protected override willUpdate(): void {
    const { draft, pins, stored } = this.app;
    if (draft.attempts.length === 0 || this.#whole?.base !== draft.base) {
      this.#whole = { base: draft.base, settings: draft.settings };
    }
    if (pins.all.length === 0) return;
    const isSaved = this.#version !== undefined && this.#version !== stored.version;
    this.#version = stored.version;
    this.#previews?.decide(pins.all, this.#whole.settings);
    if (isSaved) void this.#previews?.refresh();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { drawerOpen } = this.app;
    if (drawerOpen && !this.#wasOpen) this.heading.focus();
    this.#wasOpen = drawerOpen;
    if (changed.has("said" as keyof LivePreview)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#say(), PAUSE);
  }

  #cards(): TemplateResult {
    const { pins, draft } = this.app;
    return html`
      <ul class="cards" aria-label=${messages().live.pinned}>
        ${repeat(
          pins.all,
          (login) => login,
          (login) => html`
            <li>
              <login-card
                .app=${this.app}
                .name=${this.#name(login)}
                .login=${this.#previews?.of(login) ?? null}
                ?placed=${draft.attempts.length === 0}
                @unpin=${() => this.#unpin(login)}
              ></login-card>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #follow(): void {
    this.#uncover = followCover("drawer", this.pane);
  }

  #name(login: Login): string {
    return loginName(login, this.#previews?.of(login), this.app.pins.all.indexOf(login) + 1);
  }

  #changes(): { name: string; change: LoginChange }[] {
    return this.app.pins.all.flatMap((login) => {
      const known = this.#previews?.of(login);
      return known ? [{ name: this.#name(login), change: loginChange(known) }] : [];
    });
  }

  #total(): string {
    const changes = this.#changes();
    const changed = changes.filter(({ change }) => change.kind === "change" || change.kind === "refused");
    return changes.length === 0 ? messages().page.loading : messages().live.total(changed.length, changes.length);
  }

  #say(): void {
    const m = messages().live;
    const changed = this.#changes().filter(({ change }) => change.kind === "change" || change.kind === "refused");
    const told = changed.slice(0, TOLD).map(({ name, change }) =>
      m.said(
        name,
        change.lines.map(({ what }) => html`${what}. `),
      ),
    );
    const more = changed.length - told.length;
    this.said = this.app.pins.all.length === 0 ? [] : [this.#total(), ...told, ...(more > 0 ? [m.more(more)] : [])];
  }

  #unpin(login: Login): void {
    this.app.pins.remove(login);
    this.heading.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented && this.app.drawerOpen) this.#close();
  }

  #close(): void {
    this.app.drawerOpen = false;
    this.app.changed();
  }
}
