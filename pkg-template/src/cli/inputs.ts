// Reading what a command is given: files, or standard input for `-`.
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { InputError } from "./exit.js";
import { visible } from "./visible.js";

/** A text that was read. */
export interface SourceText {
  /** How messages call it. */
  name: string;
  /** The file, if it is one. */
  file?: string;
  text: string;
}

/** Reads a whole file as text. */
export async function readText(path: string, description: string): Promise<SourceText> {
  try {
    if (path === "-") return { name: "<stdin>", text: decode(await buffer(process.stdin)) };
    return { name: path, file: path, text: decode(await readFile(path)) };
  } catch (error) {
    throw unreadable(path, description, error);
  }
}

/** UTF-8, or UTF-16 as some Windows programs write it, which then begins with a byte order mark. */
function decode(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** The sentence for a file that could not be read. */
export function unreadable(path: string, description: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new InputError(`${visible(path)}: ${description} can't be read: ${reasons[code ?? ""] ?? message}`);
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read this file",
  EPERM: "you may not read this file",
};
