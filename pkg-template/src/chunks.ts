import { GroupSyncError } from "./error.js";
import { isWellFormed, kind } from "./plain.js";

const encoder = new TextEncoder();

/** Stands for a lone surrogate: it makes the line unreadable, where U+FFFD would make one name of different ones. */
const NOT_UTF_8 = Uint8Array.of(0xff);

/** The getter by which a typed array tells its class, whatever its own properties say. */
const classOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get;

/** Text that comes in chunks, split anywhere: strings, or bytes of UTF-8. */
export class Chunks {
  /** The first half of a surrogate pair whose second half is to come with the next chunk. */
  #high = "";

  /** The next chunk as bytes. */
  next(chunk: unknown): Uint8Array {
    if (typeof chunk === "string") return this.#ofText(chunk);
    const bytes = copyOf(chunk);
    return this.#high === "" || bytes.length === 0 ? bytes : joined([this.end(), bytes]);
  }

  /** What is left when nothing more comes, or nothing that a pair could end with. */
  end(): Uint8Array {
    const left = this.#high === "" ? new Uint8Array() : NOT_UTF_8;
    this.#high = "";
    return left;
  }

  #ofText(chunk: string): Uint8Array {
    let text = this.#high + chunk;
    this.#high = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
    if (this.#high !== "") text = text.slice(0, -1);
    if (isWellFormed(text)) return encoder.encode(text);
    const pieces = text.split(/\p{Surrogate}/u).map((piece) => encoder.encode(piece));
    return joined(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [NOT_UTF_8, piece])));
  }
}

/** The bytes of a `Uint8Array`, and nothing of what a script may have put over its properties: no foreign code runs. */
function copyOf(chunk: unknown): Uint8Array {
  if (classOf?.call(chunk) !== "Uint8Array") throw refused(`expected a string or a Uint8Array, found ${kind(chunk)}`);
  try {
    return new Uint8Array(chunk as Uint8Array);
  } catch {
    throw refused("expected bytes, found a Uint8Array whose buffer is detached");
  }
}

function refused(message: string): GroupSyncError {
  return new GroupSyncError("invalid-input", message, { path: "chunk" });
}

function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}
