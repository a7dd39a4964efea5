import { GroupSyncError } from "./error.js";
import type { InitSource } from "./platform.js";

/** Compiles what `init` takes, while it streams in where that is possible. */
export async function compile(source: InitSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof URL) {
    // Node fetches no file URLs.
    const file = source.protocol === "file:" ? readFile(source) : undefined;
    return file === undefined ? compileResponse(await fetch(source)) : new WebAssembly.Module(file);
  }
  // Where nothing has asked for it yet, Node loads `Response` for some 15 ms when it is named.
  const isBytes = source instanceof ArrayBuffer || ArrayBuffer.isView(source);
  if (!isBytes && typeof Response !== "undefined" && source instanceof Response) return compileResponse(source);
  return WebAssembly.compile(source as BufferSource);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new GroupSyncError("invalid-input", `\`${response.url}\` answered with status ${response.status}`, {
      path: "source",
    });
  }
  // Runtimes stream only what is served as WebAssembly.
  const streams = response.headers.get("Content-Type") === "application/wasm" && "compileStreaming" in WebAssembly;
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

interface FileSystem {
  readFileSync(url: URL): Uint8Array<ArrayBuffer>;
}

/** The bytes of a file where Node's modules are. They are asked for like this so that bundlers find no import of them. */
function readFile(url: URL): Uint8Array<ArrayBuffer> | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: "node:fs") => FileSystem | undefined } };
  return process?.getBuiltinModule?.("node:fs")?.readFileSync(url);
}
