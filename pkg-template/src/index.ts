/**
 * The engine by itself, in Node and in browsers: what a token gives, what changes, and what a mapping would do.
 *
 * It is ready when imported. The WebAssembly module is inlined, so nothing is fetched or read, and a bundler cannot lose it.
 *
 * @packageDocumentation
 * @category The engine
 */

import { start, started } from "./engine.js";
import { base64 } from "./generated/module.js";

if (!started()) start(decode(base64));

export * from "./api.js";

function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array as Decoder;
  if (bytes.fromBase64 !== undefined) return bytes.fromBase64(text);
  // Asked for like this, bundlers for browsers put nothing in its place.
  const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } };
  return Buffer?.from(text, "base64") ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** What newer runtimes have. */
interface Decoder {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}
