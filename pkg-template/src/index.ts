// `idp-group-sync`: ready when imported. The module is inlined, so nothing is fetched or read, and a bundler cannot lose it.
import { start, started } from "./engine.js";
import { base64 } from "./generated/module.js";

if (!started()) start(new WebAssembly.Module(decode(base64)));

export * from "./api.js";

function decode(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = characters.charCodeAt(index);
  return bytes;
}
