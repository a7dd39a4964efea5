import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { html, LitElement } from "lit";
import { customElement, state } from "lit/decorators.js";
import { followLanguage, words } from "../messages/language.js";
import { shared } from "../styles/shared.js";
import { chooseTheme, currentTheme, type Theme } from "./theme.js";

/** Switches between the light and the dark theme. */
@customElement("theme-toggle")
export class ThemeToggle extends LitElement {
  static override styles = shared;

  @state() private theme: Theme = currentTheme();

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const other = this.theme === "dark" ? "light" : "dark";
    return html`
      <wa-button size="s" appearance="plain" @click=${() => chooseTheme(other)}>
        <wa-icon
          name=${other === "dark" ? "moon" : "sun"}
          label=${other === "dark" ? words().theme.toDark : words().theme.toLight}
        ></wa-icon>
      </wa-button>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#read();
    document.addEventListener("theme-change", this.#read);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("theme-change", this.#read);
  }

  readonly #read = (): void => {
    this.theme = currentTheme();
  };
}
