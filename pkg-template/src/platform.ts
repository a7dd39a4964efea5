// Types of the platform, taken from where the consumer's `lib` declares them: this package asks neither for `dom` nor for
// Node's types.

type Url = typeof globalThis extends { URL: { prototype: infer Instance } } ? Instance : never;
type FetchResponse = typeof globalThis extends { Response: { prototype: infer Instance } } ? Instance : never;

/** A `WebAssembly.Module`. */
export type CompiledModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Instance } } }
  ? Instance
  : never;

/** What `initSync` takes: the bytes of the WebAssembly module, or the compiled module. */
export type InitSyncSource = ArrayBuffer | ArrayBufferView | CompiledModule;

/** What `init` takes: the module's URL, a response that carries it, its bytes, or the compiled module. */
export type InitSource = Url | FetchResponse | InitSyncSource;
