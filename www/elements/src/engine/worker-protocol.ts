import type { Facts, Question } from "./questions.js";

/** What the page posts to the worker: a question, with the facts that have changed since the asker's last, or a farewell. */
export type WorkerRequest =
  | { kind: "ask"; asker: number; question: Question; words: unknown; changed: Partial<Facts> }
  | { kind: "forget"; asker: number };

/** What the worker posts back, one for each question, in order. What it does not know, the page answers itself. */
export type WorkerReply = { answer: unknown } | { fault: string } | { unknown: true };
