import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";

/** Says that all of this is made up, and offers what is worth trying with it. */
@customElement("demo-notice")
export class DemoNotice extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      p {
        font-size: var(--gs-small-size);
      }

      /* It keeps the button's place, so that nothing moves. */
      .awaited {
        visibility: hidden;
      }
    `,
  ];

  override render() {
    const m = messages().page;
    const { startAnew } = this.app.backend;
    const lockout = this.#mappingWithout(this.app.me?.lockoutToTry);
    if (!startAnew && lockout === null) return nothing;
    const isAwaited = startAnew && !this.app.me;
    return html`<p class="quiet">
      ${m.demo} ${startAnew ? m.demoStays : nothing}
      ${isAwaited ? html`<span class="awaited" aria-hidden="true">${m.tryLockout}</span>` : nothing}
      ${lockout === null ? nothing : html`<button class="link" type="button" @click=${() => this.#tryLockout(lockout)}>${m.tryLockout}</button>`}
      ${
        startAnew
          ? html`<button class="link" type="button" @click=${() => this.app.startAnew("sample")}>${m.startAnew}</button>
              <button class="link" type="button" @click=${() => this.app.startAnew("empty")}>${m.startEmpty}</button>`
          : nothing
      }
    </p>`;
  }

  /** The mapping without a line, if it has that, and no mistakes. */
  #mappingWithout(line: string | null | undefined): string | null {
    if (!line || this.app.draft.attempt("set-mapping")) return null;
    const lines = this.app.draft.settings.mapping.split("\n");
    return lines.includes(line) ? lines.filter((one) => one !== line).join("\n") : null;
  }

  #tryLockout(mapping: string): void {
    this.app.run({ type: "set-mapping", mapping });
    this.app.go("review");
  }
}
