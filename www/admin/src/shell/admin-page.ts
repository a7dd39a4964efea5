import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import {
  chooseLanguage,
  currentLanguage,
  languageNames,
} from "idp-group-sync-elements/internal/pages/page-language.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { catalogue, messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { neverSetUp } from "../shared/state/never-set-up.js";
import { address, type Route, sameRoute, views } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { type Page, runCommand } from "./commands.js";
import { FocusKeeper } from "./focus-keeper.js";
import { pageFailure } from "./page-failure.js";
import { isMac, Shortcuts } from "./shortcuts.js";
import "idp-group-sync-elements/internal/pages/theme-toggle.js";
import "./demo-notice.js";
import "./draft-notice.js";
import type { HeldNotice } from "./held-notice.js";
import "./held-notice.js";
import "../shared/elements/load-failure.js";
import "./sign-in-again.js";
import "./unsaved-bar.js";

/** Each view comes when it is asked for. */
const loaders: Record<Route["view"], () => Promise<unknown>> = {
  settings: () => Promise.all([import("../settings/settings-view.js"), import("../live/live-preview.js")]),
  preview: () => import("../preview/preview-view.js"),
  scenarios: () => import("../scenarios/scenarios-view.js"),
  people: () => import("../people/people-view.js"),
  activity: () => import("../activity/activity-view.js"),
  history: () => import("../history/history-view.js"),
  review: () => import("../review/review-view.js"),
  workspaces: () => import("../matrix/matrix-view.js"),
  directory: () => import("../directory/directory-view.js"),
};

const elements: Record<Route["view"], (page: AdminPage) => TemplateResult> = {
  settings: (page) => html`
    <settings-view .app=${page.app} ?reviewing=${page.reviewsHere} @switch-on=${() => page.reviewHere()}>
      <live-preview slot="live" .app=${page.app}></live-preview>
      ${page.reviewsHere ? html`<review-view within slot="review" .app=${page.app}></review-view>` : nothing}
    </settings-view>
  `,
  preview: ({ app }) => html`<preview-view .app=${app}></preview-view>`,
  scenarios: ({ app }) => html`<scenarios-view .app=${app}></scenarios-view>`,
  people: ({ app }) => html`<people-view .app=${app}></people-view>`,
  activity: ({ app }) => html`<activity-view .app=${app}></activity-view>`,
  history: ({ app }) => html`<history-view .app=${app}></history-view>`,
  review: ({ app }) => html`<review-view .app=${app}></review-view>`,
  workspaces: ({ app }) => html`<matrix-view .app=${app}></matrix-view>`,
  directory: ({ app }) => html`<directory-view .app=${app}></directory-view>`,
};

type Tool = "command-palette" | "keyboard-map";

/** The whole page: its head, the view that is open, and what is unsaved. */
@customElement("admin-page")
export class AdminPage extends AdminElement implements Page {
  static override styles = [
    shared,
    admin,
    css`
      :host {
        max-width: 96rem;
        margin-inline: auto;
        padding-inline: clamp(var(--wa-space-s), 2vw, var(--wa-space-l));
        padding-block-end: 4rem;
      }

      header {
        display: grid;
        /* The name is whole in each language: where it gets narrow, what stands beside it takes a second line. */
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
        align-items: center;
        padding-block: var(--wa-space-s);
      }

      .name {
        display: flex;
        gap: var(--wa-space-xs);
        align-items: center;
        font-size: 1.125rem;
        font-weight: var(--wa-font-weight-bold);
      }

      .name img {
        width: 1.75rem;
        height: 1.75rem;
      }

      .tools {
        justify-content: end;
      }

      /* Over the page and not in it: when it comes and goes, nothing else moves, least of all what is about to be clicked. */
      .skip {
        position: absolute;
        z-index: 2;
        inset: var(--wa-space-xs) auto auto var(--wa-space-xs);
        padding: var(--wa-space-2xs) var(--wa-space-s);
        border-radius: var(--wa-border-radius-m);
        background: var(--wa-color-surface-raised);
        box-shadow: var(--wa-shadow-m);
      }

      .skip:not(:focus) {
        width: 1px;
        padding: 0;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }

      .views {
        display: flex;
        gap: var(--wa-space-2xs);
        align-items: start;
        grid-column: 1 / -1;
      }

      .keys {
        display: flex;
        flex: none;
        margin-inline-start: auto;
      }

      /* Who has no room for it finds it among the commands. */
      @media (max-width: 43.99rem) {
        .map {
          display: none;
        }
      }

      /* Where it gets narrow, the views wrap: none is out of sight. */
      .views ul {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
      }

      .views a {
        display: block;
        padding: 0.35rem 0.6rem;
        border-radius: var(--wa-border-radius-m);
        color: inherit;
        text-decoration: none;
        white-space: nowrap;
      }

      @media (max-width: 29.99rem) {
        .views a {
          padding-inline: 0.4rem;
          font-size: var(--gs-small-size);
        }
      }

      .views a:hover {
        background: var(--gs-active-line);
      }

      .views a[aria-current="page"] {
        background: var(--gs-selection);
        font-weight: var(--wa-font-weight-semibold);
      }

      /* The bold width is there from the start, so nothing moves when another view is chosen. */
      .views a::after {
        content: attr(data-text);
        display: block;
        height: 0;
        font-weight: var(--wa-font-weight-semibold);
        overflow: hidden;
        visibility: hidden;
      }

      main {
        min-height: 60vh;
      }

      /* It takes the focus so that reading goes on there; nothing can be done with it itself. */
      main:focus {
        outline: none;
      }

      demo-notice {
        grid-column: 1 / -1;
      }

      .waiting {
        padding-block: 20vh;
        text-align: center;
      }

      @media (max-width: 26.99rem) {
        .name {
          font-size: 0.9375rem;
          line-height: var(--wa-line-height-condensed);
        }

        .name img {
          display: none;
        }

        .tools {
          gap: var(--wa-space-2xs);
        }

        .tools .field {
          padding-inline: 0.2rem;
          font-size: var(--gs-small-size);
        }
      }

      @media print {
        :host {
          padding: 0;
        }

        header,
        draft-notice,
        unsaved-bar {
          display: none;
        }
      }

      @media (min-width: 60rem) {
        header {
          grid-template-columns: auto minmax(0, 1fr) auto;
          gap: var(--wa-space-l);
        }

        .views {
          grid-row: 1;
          grid-column: 2;
        }
      }
    `,
  ];

  /** Whether the first run has come to the review, in its own view. */
  @state() private switchedOn = false;
  /** What has been asked for. */
  @state() private tools: ReadonlySet<Tool> = new Set();
  readonly #focus = new FocusKeeper();
  readonly #shortcuts = new Shortcuts((command) => runCommand(this, command));
  #shown: Route | undefined;
  readonly #loaded = new Map<Route["view"], "yes" | "failed">();

  override render() {
    const m = messages().page;
    const { app } = this;
    return html`
      <header>
        <a class="skip" href="#content" @click=${this.#skip}>${m.skip}</a>
        <div class="name"><img src="./favicon.svg" alt="" /> ${m.title}</div>
        <div class="row tools">
          ${app.backend.signInAs ? nothing : html`<a class="quiet" href="/">${m.home}</a>`}
          <label>
            <span class="for-screen-readers">${m.language}</span>
            <select class="field" @change=${this.#chooseLanguage}>
              ${languageNames(catalogue).map(
                ([tag, name]) =>
                  html`<option value=${tag} lang=${tag} ?selected=${tag === currentLanguage()}>${name}</option>`,
              )}
            </select>
          </label>
          <theme-toggle></theme-toggle>
        </div>
        <div class="views">
          <nav aria-label=${m.views}>
            <ul>
              ${views.map((view) => this.#link(view))}
            </ul>
          </nav>
          <div class="keys">
            <wa-button size="s" appearance="plain" aria-keyshortcuts=${isMac ? "Meta+K" : "Control+K"} @click=${() => this.openPalette()}>
              <wa-icon name="search" label=${messages().actions.palette}></wa-icon>
            </wa-button>
            <wa-button class="map" size="s" appearance="plain" @click=${() => this.openKeyboardMap()}>
              <wa-icon name="keyboard" label=${messages().actions.keyboard}></wa-icon>
            </wa-button>
          </div>
        </div>
      <demo-notice .app=${app}></demo-notice>
      </header>
      <main id="content" tabindex="-1" @runs-changed=${() => this.renderRoot.querySelector<HeldNotice>("held-notice")?.ask()}>${this.#content()}</main>
      ${
        app.me
          ? html`<unsaved-bar .app=${app} ?hidden=${(app.route.view === "review" || this.reviewsHere) && app.draft.changed}
              ?setting-up=${neverSetUp(app) && app.route.view === "settings" && !app.draft.settings.enabled} @switch-on=${() => this.reviewHere()}></unsaved-bar>
              <sign-in-again .app=${app}></sign-in-again>
              ${this.tools.has("command-palette") ? html`<command-palette .app=${app} .page=${this}></command-palette>` : nothing}
              ${this.tools.has("keyboard-map") ? html`<keyboard-map></keyboard-map>` : nothing}`
          : nothing
      }
    `;
  }

  readonly #chooseLanguage = async (event: Event) => {
    const menu = event.target as HTMLSelectElement;
    // Where the words cannot be loaded, the page speaks on as before.
    await chooseLanguage(catalogue, menu.value).catch(() => {});
    menu.value = currentLanguage();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#focus.start();
    this.#shortcuts.start();
    this.app.addEventListener("change", this.#focus.check);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#focus.stop();
    this.#shortcuts.stop();
    this.app.removeEventListener("change", this.#focus.check);
  }

  get content(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>("main") ?? this;
  }

  openPalette(): void {
    void this.#open(import("./command-palette.js"), "command-palette");
  }

  openKeyboardMap(): void {
    void this.#open(import("./keyboard-map.js"), "keyboard-map");
  }

  /** It comes when it is asked for first. */
  async #open(loading: Promise<unknown>, name: Tool): Promise<void> {
    const failed = await loading.then(
      () => false,
      () => true,
    );
    if (failed || !this.app.me) return;
    this.tools = new Set([...this.tools, name]);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement & { show(): void }>(name)?.show();
  }

  /** Until it is saved, and for as long as nothing else is changed after that. */
  get reviewsHere(): boolean {
    const { route, draft, stored } = this.app;
    return (
      this.switchedOn &&
      route.view === "settings" &&
      draft.settings.enabled &&
      !(stored.settings.enabled && draft.changed)
    );
  }

  /** Switches on, and opens the review within the settings: who sets up the instance stays where they are. */
  async reviewHere(): Promise<void> {
    await loaders.review();
    // First, so that the steps above stay as they are and nothing moves once the review is in view.
    this.switchedOn = true;
    this.app.run({ type: "enable" });
    await this.updateComplete;
    const review = this.renderRoot.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>("review-view");
    await review?.updateComplete;
    review?.focus();
  }

  #link(view: (typeof views)[number]): TemplateResult {
    const name = messages().views[view];
    const { view: open } = this.app.route;
    // What all workspaces have is a part of the settings, and what directories changed one of the activity.
    const within = { workspaces: "settings", directory: "activity" } as const;
    const here = open === view || within[open as keyof typeof within] === view;
    return html`<li><a href=${address(view)} data-text=${name} aria-current=${here ? "page" : "false"}>${name}</a></li>`;
  }

  #content(): TemplateResult {
    const { app } = this;
    const m = messages().page;
    if (app.failure) return pageFailure(app, app.failure);
    if (!app.me) return html`<p class="waiting quiet" role="status">${m.loading}</p>`;
    const loaded = this.#loaded.get(app.route.view);
    if (loaded === undefined) {
      void this.#load(app.route.view);
      return html`<p class="waiting quiet" role="status">${m.loading}</p>`;
    }
    return html`
      ${app.backend.reconciling ? html`<held-notice .app=${app}></held-notice>` : nothing}
      <draft-notice .app=${app}></draft-notice>
      ${loaded === "yes" ? elements[app.route.view](this) : this.#notLoaded(app.route.view)}
    `;
  }

  #notLoaded(view: Route["view"]): TemplateResult {
    return html`
      <section class="card stack">
        <h1 tabindex="-1">${messages().views[view]}</h1>
        <load-failure></load-failure>
      </section>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { view } = this.app.route;
    document.title = `${messages().views[view]} · ${messages().page.title}`;
    const before = this.#shown;
    this.#shown = this.app.route;
    if (this.switchedOn && (this.app.route.view !== "settings" || !this.app.draft.settings.enabled))
      this.switchedOn = false;
    // Who goes to another view by keyboard or by ear begins at its top. The first view is where the page begins anyway.
    if (before && !sameRoute(before, this.app.route) && before.view !== view) {
      window.scrollTo({ top: 0 });
      this.content.focus({ preventScroll: true });
    }
  }

  async #load(view: Route["view"]): Promise<void> {
    const loaded = await loaders[view]().then(
      () => "yes" as const,
      () => "failed" as const,
    );
    this.#loaded.set(view, loaded);
    this.requestUpdate();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.content.focus();
  }
}
