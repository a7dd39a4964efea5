// Two processes on one PGlite folder would destroy it, so whoever has it listens on a socket in it. The process's id would not tell: in
// containers that share a folder, each process may have the same one.

import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { CannotStart } from "../cannot-start.ts";

/** Of the systems that have such sockets, what the one with the shortest addresses takes. */
const longestPath = 103;

/** The folder is this process's until it ends, however it ends. */
export async function lockFolder(folder: string): Promise<void> {
  const path = join(folder, "in-use");
  if (Buffer.byteLength(path) > longestPath) {
    throw new CannotStart(
      `the path of the data folder ${folder} is too long: set DATA_FOLDER to one of at most ${longestPath - "/in-use".length} bytes`,
    );
  }
  try {
    await listen(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (await answers(path)) {
      throw new CannotStart(
        `the data folder ${folder} is in use by another process: stop it, or set DATA_FOLDER or DATABASE_URL`,
      );
    }
    rmSync(path, { force: true }); // of a process that was killed
    await listen(path);
  }
  process.once("exit", () => rmSync(path, { force: true }));
}

async function listen(path: string): Promise<void> {
  const server = createServer((socket) => socket.destroy()).listen(path);
  await once(server, "listening");
  server.unref();
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== "ECONNREFUSED" && code !== "ENOENT"; // whoever may not connect still knows that somebody is there
  } finally {
    socket.destroy();
  }
}
