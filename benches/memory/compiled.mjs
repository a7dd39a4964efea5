// One measurement of memory.mjs: compiles the same object many times, and prints what each takes.

import { compileByHand } from "../decide/hand.mjs";
import { configuration, settings } from "../decide/inputs.mjs";

const [kind, entries, workspaces] = process.argv.slice(2).map((word, index) => (index === 0 ? word : Number(word)));

/** So many that a page of the module's memory, in which it grows, weighs little. */
const COPIES = 100;

// The module's memory is the only one that the package makes.
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given);
    memories.push(this.exports.memory);
  }
};

const { GroupSync, LoginSync } = await import("idp-group-sync");

const config = configuration(entries);
const { settings: instance, catalogs } = settings(config, workspaces);
const compile = kind === "group-sync" ? () => new GroupSync(config) : () => new LoginSync(instance, catalogs);
const input = kind === "group-sync" ? config : { ...instance, catalogs };

// The first fills what is made once; memory that the reading of the input took is used again by the second.
const first = [compile(), compile()];
const before = moduleMemory();
const started = performance.now();
const held = Array.from({ length: COPIES }, compile);
const milliseconds = (performance.now() - started) / COPIES;
const compiled = (moduleMemory() - before) / COPIES;

globalThis.gc();
const heapBefore = process.memoryUsage().heapUsed;
const byHand = Array.from({ length: COPIES }, () => compileByHand(config));
globalThis.gc();
const hand = (process.memoryUsage().heapUsed - heapBefore) / COPIES;

console.log(JSON.stringify({ input: JSON.stringify(input).length, hand, compiled, milliseconds }));
for (const object of [...first, ...held]) object.free();
byHand.length = 0;

function moduleMemory() {
  return memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}
