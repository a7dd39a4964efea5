// Running other programs, and stopping with a sentence instead of a stack trace.

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { environment, root } from "./place.mjs";

/** Something that set-up cannot put right; its message says what the reader can do. */
export class Stop extends Error {}

/** Says what set-up does, apart from the output of the programs that it runs. */
export function say(text) {
  console.log(`\n[setup] ${text}`);
}

/** Everything that a command prints, or null if it is not there or fails. */
export function output(command, args) {
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    env: environment(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout : null;
}

/** Runs a command with its output shown; true if it succeeded. */
export function succeeds(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: environment(env),
    stdio: ["ignore", "inherit", "inherit"],
  });
  return status === 0;
}

/** npm itself, by the path that npm hands to its scripts: that works on every system, and is the npm that was called. */
export function npm(args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? succeeds(process.execPath, [script, ...args]) : succeeds("npm", args);
}

/** Runs a command to its end, like a shell's last command: its output, its signals and its exit code are ours. */
export function become(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(), stdio: "inherit", ...options });
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
    child.on("error", (error) => reject(new Stop(`cannot start \`${command}\`: ${error.message}`)));
    child.on("exit", (code, signal) => resolve(signal ? 130 : (code ?? 1)));
  });
}

/** The full path of a program on the path, or null. */
export function findProgram(...names) {
  const folders = (environment().PATH ?? "").split(delimiter);
  for (const name of names) {
    for (const folder of folders) {
      for (const suffix of process.platform === "win32" ? [".exe", ".cmd"] : [""]) {
        const path = join(folder, name + suffix);
        if (folder && existsSync(path)) return path;
      }
    }
  }
  return null;
}

/** Runs a script's main function; a `Stop` is printed as its one sentence. */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`\n[stopped] ${error.message}`);
    process.exitCode = 1;
  }
}
