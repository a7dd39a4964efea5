import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, LitElement } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { admin } from "../styles/admin.js";

/**
 * A question that has to be answered first. The browser's own dialog: it keeps the focus in, and gives it back.
 *
 * @slot - What is asked.
 * @slot actions - The answers.
 * @fires dialog-close - It was closed, by an answer or by Escape.
 */
@customElement("modal-dialog")
export class ModalDialog extends LitElement {
  static override styles = [
    shared,
    admin,
    css`
      dialog {
        width: min(36rem, calc(100vw - 2rem));
        max-height: calc(100vh - 2rem);
        padding: var(--wa-space-m);
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-l);
        background: var(--gs-card);
        color: var(--wa-color-text-normal);
        overflow: auto;
      }

      dialog::backdrop {
        background: rgb(10 12 20 / 55%);
      }

      .body {
        display: grid;
        gap: var(--wa-space-s);
        margin-block: var(--wa-space-s) var(--wa-space-m);
        line-height: 1.5;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-xs);
        justify-content: end;
      }
    `,
  ];

  /** What it is about. */
  @property() heading = "";
  @property({ type: Boolean, reflect: true }) open = false;

  @query("dialog") private dialog!: HTMLDialogElement;

  override render() {
    return html`
      <dialog aria-labelledby="heading" @close=${() => this.dispatchEvent(new CustomEvent("dialog-close"))}>
        <h2 id="heading">${this.heading}</h2>
        <div class="body"><slot></slot></div>
        <div class="actions"><slot name="actions"></slot></div>
      </dialog>
    `;
  }

  protected override updated(): void {
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open && this.dialog.open) this.dialog.close();
  }
}
