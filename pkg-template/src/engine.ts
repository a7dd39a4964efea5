import { GroupSyncError, type GroupSyncErrorCode } from "./error.js";
import { createGlue, type Glue } from "./generated/glue.js";
import type { Diagnostic } from "./generated/types.js";
import type { InitSyncSource } from "./platform.js";

/** One instance of the WebAssembly module. */
export interface Instance {
  readonly glue: Glue;
  readonly memory: WebAssembly.Memory;
  /** Where what goes in is put; without length where the engine has no room for it yet, or its memory has grown. */
  input: Uint8Array;
  /** All of the memory as numbers; without length where it has grown. */
  numbers: Uint32Array;
  /** Where among them those go that go in, and how many there is room for. */
  inputNumbers: { place: number; room: number };
}

/** Kept, since an instance that stopped is replaced by a new one of the same module. */
let compiled: WebAssembly.Module | undefined;
let current: Instance | undefined;

/** True once a module is loaded. */
export function started(): boolean {
  return compiled !== undefined;
}

/** Makes the first instance. Does nothing once there is one: all entry points share it. */
export function start(source: InitSyncSource): void {
  if (compiled !== undefined) return;
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source as BufferSource);
  current = instantiate(module);
  compiled = module;
}

function instantiate(module: WebAssembly.Module): Instance {
  const glue = createGlue();
  const { memory } = glue.initSync({ module });
  const inputNumbers = { place: 0, room: 0 };
  return { glue, memory, input: new Uint8Array(), numbers: new Uint32Array(), inputNumbers };
}

/** The instance that calls go to; the one before it may have stopped. */
export function instance(): Instance {
  if (compiled === undefined) {
    throw new GroupSyncError(
      "not-initialised",
      "the engine has no WebAssembly module yet; await `init()` or call `initSync(module)` first",
    );
  }
  current ??= restart(compiled);
  return current;
}

function restart(module: WebAssembly.Module): Instance {
  try {
    return instantiate(module);
  } catch (cause) {
    throw new GroupSyncError("internal", "the engine could not be started anew; there may be too little memory", {
      cause,
    });
  }
}

/** True while this instance runs calls; false once it has stopped and was replaced. */
export function isRunning(target: Instance): boolean {
  return target === current;
}

/** Runs one call into the engine, and turns whatever it throws into a {@link GroupSyncError}. */
export function call<Result>(target: Instance, work: (glue: Glue) => Result): Result {
  try {
    return work(target.glue);
  } catch (thrown) {
    if (typeof thrown === "string") {
      const { code, message, ...details }: EngineError = JSON.parse(thrown);
      throw new GroupSyncError(code, message, details);
    }
    // Anything else (a trap, an exhausted stack) cut the engine short, and its memory may be in any state.
    if (isRunning(target)) current = undefined;
    throw new GroupSyncError(
      "internal",
      "the engine stopped unexpectedly and is started anew; construct the objects that you hold again",
      { cause: thrown },
    );
  }
}

/** What the engine throws of its own accord, as JSON text. */
interface EngineError {
  code: GroupSyncErrorCode;
  message: string;
  path?: string;
  diagnostics: Diagnostic[];
}
