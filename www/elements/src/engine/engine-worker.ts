// The engine, away from the page: large mappings are checked and resolved here while the page goes on answering keys.
import { Answers, UnknownQuestion } from "./answers.js";
import type { Facts } from "./questions.js";
import type { WorkerReply, WorkerRequest } from "./worker-protocol.js";

const askers = new Map<number, { facts: Partial<Facts>; answers: Answers }>();

addEventListener("message", ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.kind === "forget") {
    askers.get(data.asker)?.answers.free();
    askers.delete(data.asker);
    return;
  }
  const { asker, question, words, changed } = data;
  const known = askers.get(asker) ?? { facts: {}, answers: new Answers() };
  known.facts = { ...known.facts, ...changed };
  askers.set(asker, known);
  reply(() => known.answers.answer(question, known.facts as Facts, words as never));
});

function reply(answer: () => unknown): void {
  let message: WorkerReply;
  try {
    message = { answer: answer() };
  } catch (error) {
    if (error instanceof UnknownQuestion) message = { unknown: true };
    else message = { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  postMessage(message);
}
