import { type Answers, UnknownQuestion } from "./answers.js";
import type { Facts, Question } from "./questions.js";
import type { WorkerReply, WorkerRequest } from "./worker-protocol.js";

// Heavy questions, one at a time: the most urgent first, and none whose answer nobody waits for any more.

/** A question that waits for its turn. */
export interface Queued {
  asker: number;
  question: Question;
  facts: Facts;
  words: unknown;
  /** Answers in the page, where there is no worker. */
  answers: Answers;
  /** Whether the asker still waits for this answer. */
  wanted(): boolean;
  answered(answer: unknown): void;
}

/** The order in which questions are taken, and whether they wait for a pause in typing. */
const urgency: Record<Question, { rank: number; patient: boolean }> = {
  preview: { rank: 0, patient: false },
  logins: { rank: 0, patient: false },
  convert: { rank: 1, patient: false },
  rows: { rank: 1, patient: false },
  target: { rank: 2, patient: false },
  format: { rank: 2, patient: false },
  explain: { rank: 3, patient: false },
  check: { rank: 4, patient: true },
  touched: { rank: 5, patient: false },
  also: { rank: 5, patient: false },
};

/** How long a pause a patient question waits for, at most: long enough not to get in the way of the next letter. */
const PAUSE = 400;
/** What takes no longer than this gets in nobody's way. */
const BRIEF = 10;

let waiting: (Queued & { notBefore: number })[] = [];
let busy = false;
let wakeUp: ReturnType<typeof setTimeout> | undefined;
const lasted = new Map<Question, number>();

/** Queues a question. Earlier ones of the same asker that nobody wants any more leave the queue. */
export function queueQuestion(queued: Queued): void {
  const last = lasted.get(queued.question) ?? 0;
  const pause = urgency[queued.question].patient && last > BRIEF ? Math.min(PAUSE, last * 3) : 0;
  waiting = waiting.filter((other) => other.wanted());
  waiting.push({ ...queued, notBefore: performance.now() + pause });
  takeNext();
}

function takeNext(): void {
  if (busy) return;
  clearTimeout(wakeUp);
  waiting = waiting.filter((queued) => queued.wanted());
  const now = performance.now();
  const due = waiting.filter(({ notBefore }) => notBefore <= now);
  const next = due.toSorted((a, b) => urgency[a.question].rank - urgency[b.question].rank)[0];
  if (next) {
    waiting = waiting.filter((queued) => queued !== next);
    void answer(next);
  } else if (waiting.length > 0) {
    wakeUp = setTimeout(takeNext, Math.min(...waiting.map(({ notBefore }) => notBefore)) - now);
  }
}

async function answer(queued: Queued): Promise<void> {
  busy = true;
  const start = performance.now();
  try {
    const answer = await (inWorker(queued) ?? inPage(queued));
    lasted.set(queued.question, performance.now() - start);
    if (queued.wanted()) queued.answered(answer);
  } finally {
    busy = false;
    takeNext();
  }
}

/** Asks once the page has painted what it has to show, so that a letter is seen before its outcome is worked out. */
async function inPage({ answers, question, facts, words }: Queued): Promise<unknown> {
  await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return answers.answer(question, facts, words as never);
}

let createWorker: (() => Worker) | undefined;
let worker: Worker | undefined;
/** What the worker has been told, so that only changes are sent. */
const told = new Map<number, Facts>();

/**
 * Has large mappings answered by a worker, so that the page goes on answering keys meanwhile. Without one, the page
 * itself does the work, when the one who types pauses.
 *
 * @param create makes a worker that runs `idp-group-sync-elements/engine-worker`
 */
export function useEngineWorker(create: () => Worker): void {
  createWorker = create;
}

/** Tells the worker that an asker is gone. */
export function forget(asker: number): void {
  if (told.delete(asker)) worker?.postMessage({ kind: "forget", asker } satisfies WorkerRequest);
}

function inWorker(queued: Queued): Promise<unknown> | undefined {
  if (!createWorker) return undefined;
  const { asker, question, facts, words } = queued;
  try {
    worker ??= createWorker();
    worker.postMessage({ kind: "ask", asker, question, words, changed: changes(facts, told.get(asker)) });
  } catch {
    // The page may start no worker, or was handed values that can't be sent to one.
    return undefined;
  }
  told.set(asker, facts);
  return replyOf(worker).catch((error) => {
    if (error instanceof UnknownQuestion) return inPage(queued);
    if (!(error instanceof WorkerLost)) throw error;
    createWorker = undefined;
    worker = undefined;
    told.clear();
    return inPage(queued);
  });
}

/** The worker could not be loaded, or stopped. */
class WorkerLost extends Error {}

function replyOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const { signal } = listening;
    const settle = (settled: () => void) => {
      listening.abort();
      settled();
    };
    const lost = () => settle(() => reject(new WorkerLost("the engine's worker stopped")));
    worker.addEventListener("error", lost, { signal });
    worker.addEventListener("messageerror", lost, { signal });
    worker.addEventListener(
      "message",
      ({ data }: MessageEvent<WorkerReply>) =>
        settle(() => {
          if ("answer" in data) resolve(data.answer);
          else reject("fault" in data ? new Error(data.fault) : new UnknownQuestion());
        }),
      { signal },
    );
  });
}

function changes(facts: Facts, before: Facts | undefined): Partial<Facts> {
  const changed = Object.entries(facts).filter(([name, value]) => before?.[name as keyof Facts] !== value);
  return Object.fromEntries(changed);
}
