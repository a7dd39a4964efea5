// The boundary to the engine: arguments go in as one JSON text, by their names, and the result comes out as JSON text, both through
// buffers that the engine keeps. All foreign code has run by the time a call crosses, so the engine is never entered twice.

import { call, type Instance } from "./engine.js";
import type { Glue } from "./generated/glue.js";
import { type Plain, withoutToJSON } from "./plain.js";

/** How many bytes of the engine's buffer for what goes in are kept from one call to the next, and how many it has at least. */
const MOST_KEPT = 1024 * 1024;
const LEAST = 64 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What an export does with the many bytes that were put into the engine's buffer. */
type Export<Result> = (glue: Glue, length: number) => Result;

/** Arguments by their names; one that is not there was not given. */
export type Arguments = Record<string, Plain | undefined>;

/** Runs one export on arguments, and reads its result. */
export function ask<Result>(target: Instance, given: Arguments, run: Export<number>): Result {
  return read(target, send(target, given, run));
}

/** Runs one export on arguments. */
export function send<Result>(target: Instance, given: Arguments, run: Export<Result>): Result {
  return call(target, (glue) => run(glue, putText(target, JSON.stringify(withoutToJSON(given)))));
}

/** Runs one export on bytes, and reads its result. */
export function askOfBytes<Result>(target: Instance, bytes: Uint8Array, run: Export<number>): Result {
  const length = call(target, (glue) => {
    room(target, bytes.length).set(bytes);
    return run(glue, bytes.length);
  });
  return read(target, length);
}

/** Reads the result that an export left in the engine's buffer, and that has so many bytes. */
export function read<Result>(target: Instance, bytes: number): Result {
  return JSON.parse(decoder.decode(new Uint8Array(target.memory.buffer, target.glue.result(), bytes)));
}

/** Puts a text into the engine's buffer, as UTF-8, and says how many bytes it has there. */
export function putText(target: Instance, text: string): number {
  const { read, written } = encoder.encodeInto(text, room(target, text.length));
  if (read === text.length) return written;
  // No code unit takes more than three bytes.
  const rest = text.slice(read);
  const buffer = room(target, written + 3 * rest.length);
  return written + encoder.encodeInto(rest, buffer.subarray(written)).written;
}

/** The engine's buffer for bytes that go in, with room for this many; what is in it stays. */
function room(target: Instance, bytes: number): Uint8Array {
  // A view has no length any more once the engine's memory has grown.
  const { length } = target.input;
  if (length === 0 || bytes > length || (length > MOST_KEPT && bytes <= LEAST)) {
    const size = Math.max(bytes, LEAST);
    const place = target.glue.reserve(size);
    target.input = new Uint8Array(target.memory.buffer, place, size);
  }
  return target.input;
}

/** Puts numbers into the engine's buffer for them. */
export function putNumbers(target: Instance, numbers: number[]): void {
  const { inputNumbers } = target;
  if (numbers.length > inputNumbers.room) {
    inputNumbers.room = Math.max(numbers.length, LEAST);
    inputNumbers.place = target.glue.reserveNumbers(inputNumbers.room) / Uint32Array.BYTES_PER_ELEMENT;
  }
  numbersOf(target).set(numbers, inputNumbers.place);
}

/** All of the engine's memory as numbers. */
export function numbersOf(target: Instance): Uint32Array {
  if (target.numbers.length === 0) target.numbers = new Uint32Array(target.memory.buffer);
  return target.numbers;
}
