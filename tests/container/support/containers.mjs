// The image, and containers of it, by Podman or Docker; CONTAINER_ENGINE names which.

import { spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../../../scripts/setup/place.mjs";
import { freePort } from "../../../scripts/test/free-port.mjs";

const image = "idp-group-sync-server-test";

export const engine =
  process.env.CONTAINER_ENGINE ??
  ["podman", "docker"].find((program) => spawnSync(program, ["--version"]).status === 0) ??
  "podman";

const isPodman = engine === "podman";

/** As an operator runs it; and Podman gives no folders in memory either, as Docker and Kubernetes give none. */
const strict = ["--read-only", "--cap-drop=all", ...(isPodman ? ["--read-only-tmpfs=false"] : [])];

/** A machine may be busy with much else. */
const patience = 180_000;

/** What the engine prints on standard output; `all` adds what it prints on standard error. */
export function ask(args, { all = false } = {}) {
  const { status, stdout, stderr, error } = spawnSync(engine, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`\`${engine} ${args.join(" ")}\` failed: ${error?.message ?? stdout + stderr}`);
  return all ? stdout + stderr : stdout.trim();
}

export function buildImage() {
  ask(["build", ...(isPodman ? ["--format=docker"] : []), "--file=server/Containerfile", `--tag=${image}`, "."]);
}

/** What a command prints in a container that is gone afterwards. */
export const runIn = (command, ...args) => ask(["run", "--rm", ...strict, `--entrypoint=${command}`, image, ...args]);

const volumes = [];

/** A volume that goes with `removeVolumes`. */
export function newVolume() {
  const name = ask(["volume", "create"]);
  volumes.push(name);
  return name;
}

/** Once no container has them any more. */
export const removeVolumes = () => volumes.splice(0).map((name) => ask(["volume", "rm", name]));

export class Container {
  #id;
  origin = null;

  /** On the network of the host, where PostgreSQL is. It is gone after the test. */
  static async start(context, environment, ...options) {
    const port = await freePort();
    const container = new Container(context, { PORT: port, HOST: "127.0.0.1", ...environment }, [
      "--network=host",
      ...options,
    ]);
    container.origin = `http://localhost:${port}`;
    return container;
  }

  /** On a network of its own, with its port published. */
  static startApart(context, environment, ...options) {
    const container = new Container(context, environment, ["--publish=127.0.0.1::3000", ...options]);
    return container;
  }

  constructor(context, environment, options) {
    const variables = Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`);
    this.#id = ask(["run", "--detach", ...strict, ...variables, ...options, image]);
    context.after(() => ask(["rm", "--force", "--volumes", this.#id]));
  }

  get isRunning() {
    return this.#state("Running") === "true";
  }

  get log() {
    return ask(["logs", this.#id], { all: true });
  }

  async ready() {
    this.origin ??= `http://${ask(["port", this.#id, "3000/tcp"])}`;
    // Docker opens connections before there is a server, and Node 20 then never says how the request ended.
    await this.#until(async () => (await Promise.race([fetch(`${this.origin}/readyz`), delay(2000)]))?.ok);
  }

  /** By the health check of the image. */
  async healthy() {
    if (isPodman) ask(["healthcheck", "run", this.#id]);
    else await this.#until(() => this.#state("Health.Status") === "healthy");
  }

  exec(...command) {
    return ask(["exec", this.#id, ...command]);
  }

  /** By SIGTERM. Gives the exit code, which is 137 if that was not enough. */
  stop() {
    ask(["stop", "-t", "60", this.#id]);
    return this.ended();
  }

  kill() {
    ask(["kill", this.#id]);
    return this.ended();
  }

  /** Waits for the end, and gives the exit code. */
  ended() {
    return Number(ask(["wait", this.#id]));
  }

  #state(field) {
    return ask(["inspect", `--format={{.State.${field}}}`, this.#id]);
  }

  async #until(holds) {
    const deadline = Date.now() + patience;
    for (;;) {
      if (await Promise.resolve(holds()).catch(() => false)) return;
      if (!this.isRunning) throw new Error(`the container ended: ${this.log}`);
      if (Date.now() > deadline) throw new Error(`the container does not answer: ${this.log}`);
      await delay(200);
    }
  }
}
