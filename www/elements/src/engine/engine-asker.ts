import type { Catalog } from "idp-group-sync";
import { Answers } from "./answers.js";
import { forget, type Queued, queueQuestion } from "./engine-queue.js";
import type { Facts, Question, Questions } from "./questions.js";
import { catalogsOf } from "./workspace-checks.js";

/**
 * Up to this much text a question is answered at once, which takes a few milliseconds: the outcome is then painted in the
 * same frame as the letter that was typed, sooner than a worker could be reached. What nobody waits for with each letter
 * gets less time. Counted in characters of the mapping, and some for each group of the catalog.
 */
const light: Record<Question, number> = {
  preview: 40_000,
  logins: 100_000,
  check: 6000,
  explain: 40_000,
  touched: 6000,
  target: 40_000,
  format: 40_000,
  convert: 20_000,
  rows: 20_000,
  also: 6000,
};
const CHARACTERS_OF_A_GROUP = 40;
const CHARACTERS_OF_A_USER = 60;

let askers = 0;

/** An element's line to the engine. */
export class EngineAsker {
  readonly id = ++askers;
  readonly #answers = new Answers();
  readonly #tickets = new Map<Question, number>();

  /**
   * Asks the engine, which answers at once if the work is light, and otherwise later. Asking the same question again
   * withdraws the earlier one: its answer, if it is still to come, is dropped.
   */
  ask<Q extends Question>(
    question: Q,
    facts: Facts,
    words: Questions[Q]["words"],
    answered: (answer: Questions[Q]["answer"]) => void,
  ): void {
    const ticket = this.#newTicket(question);
    if (weight(question, facts, words) < light[question]) {
      answered(this.#answers.answer(question, facts, words));
      return;
    }
    const queued: Queued = {
      asker: this.id,
      question,
      facts,
      words,
      answers: this.#answers,
      wanted: () => this.#tickets.get(question) === ticket,
      answered: (answer) => answered(answer as Questions[Q]["answer"]),
    };
    queueQuestion(queued);
  }

  /** Drops what was asked and not answered. */
  withdraw(question: Question): void {
    this.#newTicket(question);
  }

  /** Drops everything, and gives the engine's memory back, here and in the worker. The next question starts anew. */
  close(): void {
    for (const question of this.#tickets.keys()) this.#newTicket(question);
    this.#answers.free();
    forget(this.id);
  }

  #newTicket(question: Question): number {
    const ticket = (this.#tickets.get(question) ?? 0) + 1;
    this.#tickets.set(question, ticket);
    return ticket;
  }
}

function weight<Q extends Question>(question: Q, facts: Facts, words: Questions[Q]["words"]): number {
  if (words && "text" in words) return words.text.length;
  const { mapping, knownUsers } = facts;
  const catalogs = catalogsOf(facts);
  const users = question === "touched" ? knownUsers.length : 0;
  const texts = mapping.length * catalogs.length;
  return texts + weightOfGroups(catalogs) + users * CHARACTERS_OF_A_USER + weightOfLogins(facts);
}

/** Every workspace has a catalog, and all that inherit the mapping share it. */
function weightOfLogins({ settings, catalogs = {} }: Facts): number {
  if (!settings) return 0;
  const { workspaces, mapping } = settings;
  const texts = workspaces.reduce((all, own) => all + (own.mapping ?? mapping).length, 0);
  return texts + weightOfGroups(workspaces.flatMap(({ id }) => catalogs[id] ?? []));
}

function weightOfGroups(catalogs: readonly Catalog[]): number {
  return catalogs.reduce((all, { groups = [] }) => all + groups.length, 0) * CHARACTERS_OF_A_GROUP;
}
