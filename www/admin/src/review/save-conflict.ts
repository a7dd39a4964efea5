import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { StoredSettings } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { merge, type Question, type Side } from "../shared/state/merge.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { when } from "../shared/words/when.js";
import { questionText, sideText } from "./questions.js";
import "../shared/elements/change-list.js";
import "../shared/elements/side-choice.js";

/** Somebody else has saved in the meantime, and both changed one thing: what each did, and which of the two it is to be. */
@customElement("save-conflict")
export class SaveConflict extends AdminElement {
  static override styles = [shared, admin];

  @property({ attribute: false }) conflict!: StoredSettings;
  @state() private choices: ReadonlyMap<string, Side> = new Map();

  override render() {
    const m = messages().conflict;
    const { conflict, choices } = this;
    const { base, typed } = this.app.draft;
    const { questions } = merge(base, typed, conflict.settings, choices);
    const open = questions.filter(({ key }) => !choices.has(key)).length;
    const name = conflict.changedBy ? personName(conflict.changedBy) : m.somebody;
    return html`
      <div class="stack">
        <h1 tabindex="-1">${m.title}</h1>
        <p class="note warning" role="alert">${m.saved(name, when(conflict.changedAt), conflict.version)} ${m.explanation}</p>
        <section class="card stack" aria-labelledby="questions">
          <h2 id="questions">${m.questions(questions.length)}</h2>
          ${questions.map((question) => this.#question(question))}
        </section>
        <section class="card stack" aria-labelledby="theirs">
          <h2 id="theirs">${messages().merge.theirs}</h2>
          <change-list .app=${this.app} .earlier=${base} .later=${conflict.settings}></change-list>
        </section>
        <section class="card stack" aria-labelledby="yours">
          <h2 id="yours">${messages().merge.mine}</h2>
          <change-list .app=${this.app} .earlier=${base} .later=${typed}></change-list>
        </section>
        <div class="row">
          <wa-button variant="brand" ?disabled=${open > 0} @click=${() => this.app.settle(conflict, choices)}>${m.goOn}</wa-button>
          <wa-button appearance="outlined" @click=${() => this.app.discard()}>${m.discard}</wa-button>
          <span class="quiet" role="status">${open > 0 ? m.open(open) : ""}</span>
        </div>
        <p class="quiet">${m.hint}</p>
      </div>
    `;
  }

  #question(question: Question) {
    return html`
      <side-choice
        .question=${questionText(this.app, question)}
        .mine=${sideText(this.app, question, "mine")}
        .theirs=${sideText(this.app, question, "theirs")}
        .chosen=${this.choices.get(question.key)}
        @side-choose=${(event: CustomEvent<{ side: Side }>) => {
          this.choices = new Map(this.choices).set(question.key, event.detail.side);
        }}
      ></side-choice>
    `;
  }
}
