import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html } from "lit";
import { customElement, query } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";

/** Opens the live preview, where it has no room beside the mapping. */
@customElement("drawer-button")
export class DrawerButton extends AdminElement {
  static override styles = [
    shared,
    css`
      button {
        padding: 0.3rem 0.7rem;
        border: 1px solid var(--wa-form-control-border-color);
        border-radius: var(--wa-form-control-border-radius);
        background: var(--gs-field);
        color: inherit;
        font: inherit;
        font-weight: var(--wa-font-weight-semibold);
        cursor: pointer;
      }

      @media (min-width: 75rem) {
        :host {
          display: none;
        }
      }
    `,
  ];

  @query("button") private button!: HTMLElement | null;
  #wasOpen = false;

  override render() {
    const { drawerOpen } = this.app;
    return html`
      <button type="button" aria-expanded=${drawerOpen ? "true" : "false"} @click=${this.#toggle}>
        ${messages().live.show}
      </button>
    `;
  }

  /** Who closes it goes on here. */
  protected override updated(): void {
    const { drawerOpen } = this.app;
    if (this.#wasOpen && !drawerOpen) this.button?.focus();
    this.#wasOpen = drawerOpen;
  }

  #toggle(): void {
    this.app.drawerOpen = !this.app.drawerOpen;
    this.app.changed();
  }
}
