// Reading what a command is given: files, or standard input for `-`.
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { InputError } from "./exit.js";
import { Lines } from "./lines.js";
import { isToken } from "./secret.js";
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
  const name = path === "-" ? "<stdin>" : path;
  let bytes: Buffer;
  try {
    bytes = path === "-" ? await buffer(process.stdin) : await readFile(path);
  } catch (error) {
    throw unreadable(path, description, error);
  }
  return { name, text: decode(bytes, name), ...(path === "-" ? {} : { file: path }) };
}

/**
 * The text of bytes in UTF-8, or in UTF-16 as some Windows programs write it, which then begins with a byte order mark.
 *
 * @throws {InputError} with line and column if they are neither: what would be read in their place names other groups
 */
export function decode(bytes: Buffer, name: string): string {
  const encoding = byteOrderMarks[bytes.subarray(0, 2).toString("hex")] ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const { line, column } = firstFault(bytes, encoding);
    const kind = encoding === "utf-8" ? "UTF-8" : "UTF-16";
    throw new InputError(`${visible(name)}:${line}:${column}: this is not ${kind}; save the file as UTF-8`);
  }
}

const byteOrderMarks: Record<string, string> = { fffe: "utf-16le", feff: "utf-16be" };

/** Where the first bytes stand that mean nothing: each such is read as U+FFFD, which bytes can also mean. */
function firstFault(bytes: Buffer, encoding: string) {
  const text = new TextDecoder(encoding).decode(bytes);
  const lines = new Lines(text);
  const places = Array.from(text.matchAll(/\uFFFD/g), ({ index }) => index);
  const isMeant = (place: number) => {
    const start = Buffer.byteLength(text.slice(0, place)) + (startsWithMark(bytes) ? 3 : 0);
    return encoding === "utf-8" && bytes.subarray(start, start + 3).equals(replacement);
  };
  return lines.placeOf(places.find((place) => !isMeant(place)) ?? text.length);
}

const replacement = Buffer.from("\uFFFD");
const startsWithMark = (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from("\uFEFF"));

/** The sentence for a file that could not be read. */
export function unreadable(path: string, description: string, error: unknown): InputError {
  if (isToken(path)) {
    return new InputError(
      `${visible(path)}: this is a token, not a file; a token is a secret, so give it in a file or on standard input (\`-\`)`,
    );
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return new InputError(`${visible(path)}: ${description} can't be read: ${reasons[code ?? ""] ?? message}`);
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  ENAMETOOLONG: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read this file",
  EPERM: "you may not read this file",
};
