// `impact` on several cores: a file in blocks, each compared by one of several threads, and what they say put in order.
import { on } from "node:events";
import type { FileHandle } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { Brake, GroupSyncConfig, ImpactChange, ImpactSummary } from "idp-group-sync";
import type { BlockAnswer, Request, TotalsAnswer, WorkerData } from "./impact-worker.js";
import { unreadable } from "./inputs.js";
import type { Block } from "./user-blocks.js";
import { checkStart, type Users } from "./users.js";

/** What a piece of the users comes to. */
export interface Compared {
  changes: ImpactChange[];
  /** How many bytes were read for it. */
  bytes: number;
}

/** So many blocks wait for a thread, or for those before them. */
const blocksAhead = 2;

const [smallestBlock, largestBlock] = [64 * 1024, 1024 * 1024];

/** A thread, with what it has done. */
interface Thread {
  worker: Worker;
  answers: AsyncIterator<unknown[]>;
  /** The lines of its blocks: how many lines of the thread's and of the file's stand before them. */
  blocks: { own: number; before: number; lines: number }[];
  own: number;
}

/** Compares the users of a file in so many threads. Returns the totals. */
export async function* compareInThreads(
  { name, size = 0 }: Users,
  file: FileHandle,
  [before, after]: [GroupSyncConfig, GroupSyncConfig],
  brake: Brake,
  count: number,
): AsyncGenerator<Compared, ImpactSummary> {
  checkStart(name, file);
  const blocks = blocksOf(size, count);
  const threads = Array.from({ length: count }, (_, index): Thread => {
    const workerData: WorkerData = { before, after, fd: file.fd };
    const worker = new Worker(new URL("./impact-worker.js", import.meta.url), { workerData });
    return { worker, answers: on(worker, "message", { close: ["exit"] }), blocks: [], own: index === 0 ? 0 : 1 };
  });
  /** Each thread has every so many blocks, so that it answers in their order. */
  const of = (block: number) => threads[block % count] as Thread;
  const ask = ({ worker }: Thread, request: Request | undefined) => request && worker.postMessage(request);
  try {
    for (let block = 0; block < blocksAhead * count; block += 1) ask(of(block), blocks[block]);
    let line = 0;
    for (const [index, { start, end }] of blocks.entries()) {
      const thread = of(index);
      const { changes, lines, unreadable: fault } = (await answer(thread)) as BlockAnswer;
      if (fault !== undefined) throw unreadable(name, "the users", fault);
      thread.blocks.push({ own: thread.own, before: line, lines });
      thread.own += lines;
      line += lines;
      ask(thread, blocks[index + blocksAhead * count]);
      yield { changes, bytes: Math.min(end, size) - start };
    }
    const totals = threads.map(async (thread) => {
      ask(thread, "totals");
      return inFile(thread, (await answer(thread)) as TotalsAnswer);
    });
    return await added(await Promise.all(totals), brake);
  } finally {
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
    await file.close();
  }
}

function blocksOf(size: number, threads: number): Block[] {
  const length = Math.min(largestBlock, Math.max(smallestBlock, Math.ceil(size / (4 * threads))));
  const blocks = [];
  for (let start = 0; start < size; start += length) blocks.push({ start, end: start + length });
  const last = blocks.pop();
  return [...blocks, { start: last?.start ?? 0, end: Number.POSITIVE_INFINITY }];
}

async function answer({ answers }: Thread): Promise<unknown> {
  const { value } = await answers.next();
  if (value === undefined) throw new Error("a thread ended before its work");
  return value[0];
}

/** What a thread says of its lines, with the numbers that they have in the file. */
function inFile({ blocks }: Thread, summary: ImpactSummary): ImpactSummary {
  const faults = summary.faults.map((fault) => {
    const block = blocks.findLast(({ own }) => own < fault.line);
    return block === undefined ? fault : { ...fault, line: block.before + fault.line - block.own };
  });
  return { ...summary, faults };
}

/** As many unreadable lines as an impact describes. */
const describedFaults = 100;

/** The totals of all threads; no thread could tell whether all together are too many. */
async function added(summaries: ImpactSummary[], brake: Brake): Promise<ImpactSummary> {
  const { mergeSummaries } = await import("idp-group-sync");
  // In the order of a single thread.
  const merged = mergeSummaries(summaries, brake);
  const counted = Object.entries(merged.roles).map(([role, { before, after }]) => [role, { before, after }]);
  const roles = Object.fromEntries(counted);
  const { faults: _, faultCount, ...counts } = { ...summaries[0], ...merged, roles };
  const faults = summaries.flatMap(({ faults }) => faults).sort((one, other) => one.line - other.line);
  return { ...counts, faults: faults.slice(0, describedFaults), faultCount };
}
