import "@awesome.me/webawesome/dist/components/button/button.js";
import { html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shared } from "../../../src/styles/shared.js";
import type { StoredSettings } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { merge, type Question, type Side } from "../state/merge.js";
import { admin } from "../styles/admin.js";
import { personName } from "../words/access.js";
import { questionText, sideText } from "../words/questions.js";
import { when } from "../words/when.js";
import { AdminElement } from "./admin-element.js";
import "./change-list.js";
import "./side-choice.js";

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
