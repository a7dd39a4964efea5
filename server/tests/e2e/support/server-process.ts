// The server as it runs in earnest: a process of its own, configured by its environment.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export type Environment = Record<string, string>;

const main = fileURLToPath(new URL("../../../src/main.js", import.meta.url));

/** A machine may be busy with much else. */
const patience = 90_000;

export class ServerProcess {
  readonly origin: string;
  /** The lines of JSON that it has logged, those of earlier runs included. */
  readonly log: Record<string, unknown>[] = [];
  readonly #environment: Environment;
  #child: ChildProcess | null = null;
  #errors = "";

  private constructor(port: number, environment: Environment) {
    this.origin = `http://localhost:${port}`;
    this.#environment = { ...environment, PORT: String(port) };
  }

  /** Keeps its port for as long as it is used, so that browsers find it again. */
  static async start(environment: Environment): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), environment);
    await server.start();
    return server;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async start(): Promise<void> {
    const { PATH = "" } = process.env;
    const child = spawn(process.execPath, ["--enable-source-maps", main], {
      env: { PATH, SIGN_INS_PER_MINUTE: "100000", PASSWORDS_PER_MINUTE: "100000", ...this.#environment },
      cwd: tmpdir(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#errors += text;
    });
    this.#readLog(child);
    const deadline = Date.now() + patience;
    while (!(await this.#answers())) {
      if (!this.isRunning) throw new Error(`the server ended at once: ${this.#errors}`);
      if (Date.now() > deadline) {
        await this.kill();
        throw new Error(`the server does not answer: ${this.#errors}`);
      }
      await delay(20);
    }
  }

  /** As an operator ends it. Gives the exit code; `null` if it was not running. */
  stop(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  /** As the system ends it when it has no memory left: in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** What it has written to standard error since it was started. */
  get errors(): string {
    return this.#errors;
  }

  /** What the log says of the error of a request. Lines take a moment to come out of another process. */
  async loggedOf(request: string): Promise<unknown> {
    for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(10)) {
      const line = this.log.find(({ reqId, err }) => reqId === request && err);
      if (line) return line.err;
    }
    return null;
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    const child = this.#child;
    if (!child || !this.isRunning) return null;
    const ended = once(child, "exit");
    child.kill(signal);
    const [code] = await ended;
    return code;
  }

  #readLog(child: ChildProcess): void {
    let rest = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("{")) this.log.push(JSON.parse(line));
    });
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.origin}/healthz`)).ok;
    } catch {
      return false;
    }
  }
}

/**
 * Below the ports that systems give to whoever asks for any, from 32,768 on: nobody gets this one before the server has it, or while it is
 * killed. Processes at the same time begin at different ones.
 */
const [lowest, ports] = [20_000, 12_000];
let last = (process.pid * 16) % ports;

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < ports; tries += 1) {
    last = (last + 1) % ports;
    const port = lowest + last; // meanwhile somebody else may ask
    if (await isFree(port)) return port;
  }
  throw new Error("the system has no free port");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(port, "localhost", () => server.close(() => resolve(true)));
  });
}
