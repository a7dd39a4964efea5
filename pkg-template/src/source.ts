import { GroupSyncError } from "./error.js";
import type { InitSource, InitSyncSource } from "./platform.js";

/** Compiles what `initSync` takes. */
export function compileSync(source: InitSyncSource): WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source;
  return new WebAssembly.Module(source as BufferSource);
}

/** Compiles what `init` takes, while it streams in where that is possible. */
export async function compile(source: InitSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof URL) return compile(await load(source));
  if (typeof Response === "undefined" || !(source instanceof Response)) {
    return WebAssembly.compile(source as BufferSource);
  }
  if (!source.ok) {
    throw new GroupSyncError("invalid-input", `\`${source.url}\` answered with status ${source.status}`, {
      path: "source",
    });
  }
  // Runtimes stream only what is served as WebAssembly.
  const streams = source.headers.get("Content-Type") === "application/wasm" && "compileStreaming" in WebAssembly;
  if (streams) return WebAssembly.compileStreaming(source);
  return WebAssembly.compile(await source.arrayBuffer());
}

async function load(url: URL): Promise<Response | Uint8Array<ArrayBuffer>> {
  // Node fetches no file URLs. Its module is asked for like this so that bundlers for browsers find no import of it.
  const fs = url.protocol === "file:" ? nodeModule("node:fs/promises") : undefined;
  return fs === undefined ? fetch(url) : fs.readFile(url);
}

interface NodeModules {
  "node:fs/promises": { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
}

function nodeModule<Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: Name) => NodeModules[Name] };
  };
  return process?.getBuiltinModule?.(name);
}
