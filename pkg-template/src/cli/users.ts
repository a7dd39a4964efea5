// The users of a comparison, piece by piece.
import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { InputError } from "./exit.js";
import { unreadable } from "./inputs.js";
import { chunkSize } from "./user-blocks.js";
import { visible } from "./visible.js";

export interface Users {
  /** How messages call the file. */
  name: string;
  /** Its size in bytes, where that is known. */
  size: number | undefined;
  /** What is opened, where any part of it can be read by itself. */
  file: FileHandle | undefined;
  /** The pieces, in order. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Opens a file of users, or standard input for `-`. */
export async function openUsers(path: string): Promise<Users> {
  if (path === "-") {
    const name = "<stdin>";
    return { name, size: undefined, file: undefined, chunks: () => checked(name, process.stdin) };
  }
  try {
    const file = await open(path);
    const status = await file.stat();
    if (status.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    const chunks = () => checked(path, file.createReadStream({ highWaterMark: chunkSize }));
    if (!status.isFile()) return { name: path, size: undefined, file: undefined, chunks };
    return { name: path, size: status.size, file, chunks };
  } catch (error) {
    throw unreadable(path, "the users", error);
  }
}

/** Refuses a file that is not what it should be, before parts of it are read. */
export function checkStart(name: string, file: FileHandle): void {
  const start = new Uint8Array(2);
  try {
    readSync(file.fd, start, 0, start.length, 0);
  } catch (error) {
    throw unreadable(name, "the users", error);
  }
  refuseUtf16(name, start);
}

/** The pieces as they come, if they can be what they should be. */
async function* checked(name: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let isFirst = true;
  try {
    for await (const chunk of chunks) {
      if (isFirst) refuseUtf16(name, chunk);
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(name, "the users", error);
  }
}

function refuseUtf16(name: string, [first, second]: Uint8Array): void {
  if (first !== 0xff || second !== 0xfe) return;
  throw new InputError(`${visible(name)}: the users are written in UTF-16; write them in UTF-8`);
}
