// Ports for servers that have to be told theirs before they listen.

import { createServer } from "node:net";

/**
 * Below the ports that systems give to whoever asks for any, from 32,768 on: nobody gets this one before the server has it. Processes begin
 * at different ones, and go on from there.
 */
const [lowest, ports] = [20_000, 12_000];
let last = Math.floor(Math.random() * ports);

export async function freePort() {
  for (let tries = 0; tries < ports; tries += 1) {
    last = (last + 1) % ports;
    const port = lowest + last; // meanwhile somebody else may ask
    if (await isFree(port)) return port;
  }
  throw new Error("the system has no free port");
}

/** At every address of this machine. */
function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
