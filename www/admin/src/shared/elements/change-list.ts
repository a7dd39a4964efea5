import { diffSettings, GroupSyncError, type InstanceSettings, type SettingsDiff } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { commandsBetween } from "../state/changes.js";
import { admin } from "../styles/admin.js";
import { commandText } from "../words/commands.js";
import { type ScopeLines, settingsDiffLines } from "../words/settings-diff.js";
import { AdminElement } from "./admin-element.js";
import { Printing } from "./printing.js";
import { showAll } from "./show-all.js";

/**
 * What a later version of the settings has otherwise than an earlier one, a line each: entries, choices, workspaces. Given are
 * both versions, or the difference as it was told.
 */
@customElement("change-list")
export class ChangeList extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      h3 {
        margin-block: var(--wa-space-xs) var(--wa-space-3xs);
      }

      h3:first-child {
        margin-block-start: 0;
      }

      ul {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }

      li {
        line-height: 1.6;
        overflow-wrap: anywhere;
      }

      /* In a row of a list, each place is a word before its lines. */
      :host([short]) ul {
        padding: 0;
        list-style: none;
      }

      :host([short]) li {
        line-height: 1.5;
      }
    `,
  ];

  @property({ attribute: false }) earlier: InstanceSettings | undefined;
  @property({ attribute: false }) later: InstanceSettings | undefined;
  @property({ attribute: false }) diff: SettingsDiff | undefined;
  /** How many changes there are that `diff` has not. */
  @property({ type: Number }) left = 0;
  /** At most four lines, and no headings. */
  @property({ type: Boolean, reflect: true }) short = false;

  @state() private all = false;
  readonly #printing = new Printing(this);
  #diff: SettingsDiff | null = null;

  override render() {
    const { earlier, later } = this;
    if (this.#diff) return this.#groups(settingsDiffLines(this.app, this.#diff));
    if (!earlier || !later) return nothing;
    // What is typed may be nothing that the engine would compare.
    const commands = commandsBetween(earlier, later);
    return html`<ul>${commands.map((command) => html`<li>${commandText(this.app, command)}</li>`)}</ul>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("diff") || changed.has("earlier") || changed.has("later")) {
      this.#diff = this.diff ?? differenceOf(this.earlier, this.later);
      this.all = false;
    }
  }

  #groups(groups: ScopeLines[]): TemplateResult {
    const m = messages().changes;
    const count = groups.reduce((sum, { lines }) => sum + lines.length, 0) + this.left;
    if (count === 0) return html`<p class="quiet">${m.nothing}</p>`;
    let room = this.short ? 4 : this.all || this.#printing.active ? Number.POSITIVE_INFINITY : 100;
    // One line more takes no more room than to say that there is one.
    if (count === room + 1 && this.left === 0) room += 1;
    const left = count - room;
    const shown = groups.flatMap(({ workspace, lines }) => {
      const fitting = lines.slice(0, room);
      room -= fitting.length;
      return fitting.length > 0 ? [{ workspace, lines: fitting }] : [];
    });
    const named = groups.some(({ workspace }) => workspace !== null);
    return html`
      ${shown.map(({ workspace, lines }) => (this.short ? this.#short(workspace, lines) : this.#group(workspace, lines, named)))}
      ${left > 0 ? this.#left(left, count) : nothing}
    `;
  }

  #group(workspace: string | null, lines: ScopeLines["lines"], named: boolean): TemplateResult {
    const name = workspace === null ? messages().settings.instance : this.app.nameOf(workspace);
    return html`
      ${named ? html`<h3>${name}</h3>` : nothing}
      <ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
    `;
  }

  #short(workspace: string | null, lines: ScopeLines["lines"]): TemplateResult {
    const where = workspace === null ? nothing : html`<b>${this.app.nameOf(workspace)}:</b> `;
    return html`<ul>
      ${lines.map((line) => html`<li>${where}${line}</li>`)}
    </ul>`;
  }

  #left(left: number, count: number): TemplateResult | typeof nothing {
    if (this.short || this.left > 0) return html`<span class="quiet">${messages().changes.more(left)}</span>`;
    return showAll(count - left, count, () => {
      this.all = true;
    });
  }
}

function differenceOf(earlier: InstanceSettings | undefined, later: InstanceSettings | undefined): SettingsDiff | null {
  if (!earlier || !later) return null;
  try {
    return diffSettings(earlier, later);
  } catch (error) {
    if (error instanceof GroupSyncError) return null;
    throw error;
  }
}
