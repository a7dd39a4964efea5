// Servers that a test starts: in this process, or as programs of their own.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { basename } from "node:path";
import { freePort } from "../../../scripts/test/free-port.mjs";

/** Runs Node, or another command, with `args` in `folder`, and waits until it answers at `address`. */
export async function runServer(args, folder, env, address, command = process.execPath) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    stdio: "pipe",
  });
  const title = `\`${[basename(command), ...args].join(" ")}\``;
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      log += text;
    });
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  };
  try {
    for (let attempt = 0; !(await answers(address)); attempt += 1) {
      assert.equal(child.exitCode, null, `${title} ended:\n${log}`);
      assert.ok(attempt < 600, `${title} does not answer:\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } catch (error) {
    await stop(); // what still runs would keep the tests from ending
    throw error;
  }
  return { log: () => log, stop };
}

async function answers(address) {
  try {
    return (await fetch(address, { redirect: "manual" })).status > 0;
  } catch {
    return false;
  }
}

/** An address that nobody listens at. */
export const freeAddress = async () => `http://localhost:${await freePort()}`;

/** A server that answers nothing yet. */
export async function listening() {
  const server = createServer();
  await once(server.listen(0, "localhost"), "listening");
  return server;
}

export const addressOf = (server) => `http://localhost:${server.address().port}`;
