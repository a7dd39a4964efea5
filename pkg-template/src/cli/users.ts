// The users of a comparison, piece by piece.
import { open } from "node:fs/promises";
import { InputError } from "./exit.js";
import { unreadable } from "./inputs.js";
import { visible } from "./visible.js";

export interface Users {
  /** How messages call the file. */
  name: string;
  /** Its size in bytes, where that is known. */
  size: number | undefined;
  chunks: AsyncIterable<Uint8Array>;
}

const chunkSize = 256 * 1024;

/** Opens a file of users, or standard input for `-`. */
export async function openUsers(path: string): Promise<Users> {
  if (path === "-") return { name: "<stdin>", size: undefined, chunks: checked("<stdin>", process.stdin) };
  try {
    const file = await open(path);
    const status = await file.stat();
    if (status.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    const size = status.isFile() ? status.size : undefined;
    return { name: path, size, chunks: checked(path, file.createReadStream({ highWaterMark: chunkSize })) };
  } catch (error) {
    throw unreadable(path, "the users", error);
  }
}

/** The pieces as they come, if they can be what they should be. */
async function* checked(name: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let isFirst = true;
  try {
    for await (const chunk of chunks) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) {
        throw new InputError(`${visible(name)}: the users are written in UTF-16; write them in UTF-8`);
      }
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(name, "the users", error);
  }
}
