// A thread of `impact`: compares the users of the blocks that it is given, and at last says its totals.
import { parentPort, workerData } from "node:worker_threads";
import { type GroupSyncConfig, Impact, type ImpactChange, type ImpactSummary } from "idp-group-sync";
import { type Block, chunkSize, readBlock } from "./user-blocks.js";

/** What a thread is started with. */
export interface WorkerData {
  before: GroupSyncConfig;
  after: GroupSyncConfig;
  /** The file of the users, which the threads share. */
  fd: number;
}

/** What a thread is asked. */
export type Request = Block | "totals";

/** What a thread answers about a block. */
export interface BlockAnswer {
  changes: ImpactChange[];
  lines: number;
  /** Why the file could not be read. */
  unreadable?: { code: string | undefined; message: string };
}

/** What a thread answers at last. */
export type TotalsAnswer = ImpactSummary;

const { before, after, fd } = workerData as WorkerData;
const impact = new Impact(before, after);
const buffer = new Uint8Array(chunkSize);

function compare(block: Block): BlockAnswer {
  const changes: ImpactChange[] = [];
  try {
    const lines = readBlock(fd, block, buffer, (bytes) => {
      for (const change of impact.push(bytes)) changes.push(change);
    });
    return { changes, lines };
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    return { changes, lines: 0, unreadable: { code, message } };
  }
}

let isFirst = true;
parentPort?.on("message", (request: Request) => {
  if (request === "totals") {
    parentPort?.postMessage(impact.finish().summary);
    parentPort?.close();
    return;
  }
  // Only the first line of the file may have a byte order mark, so elsewhere a blank one stands before the first.
  if (isFirst && request.start > 0) impact.push("\n");
  isFirst = false;
  parentPort?.postMessage(compare(request));
});
