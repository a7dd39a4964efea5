// Providers on this machine, which answer as the documentation of their APIs says; and a clock that no test has to wait for.

import { createServer } from "node:http";

/**
 * Serves a provider until the test ends. `answer` gets each request, and gives what is answered: an object is JSON, with status 200 where it
 * says no other.
 */
export async function provider(t, answer) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return; // Whoever asked has gone.
    }
    const url = new URL(incoming.url, "http://localhost");
    const { method, headers } = incoming;
    const body = Buffer.concat(chunks).toString();
    const request = { method, headers, body, path: url.pathname, query: Object.fromEntries(url.searchParams) };
    requests.push(request);
    const answered = await answer(request, requests.length);
    if (answered === undefined) return; // It never answers.
    const { status = 200, headers: more = {}, json, text = JSON.stringify(json) } = answered;
    outgoing.writeHead(status, { "content-type": "application/json", ...more }).end(text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { base: `http://127.0.0.1:${server.address().port}`, requests };
}

/** How a directory is read, and what it has told meanwhile of its groups. */
export function listener() {
  const told = [];
  return { told, group: (id, name) => told.push([id, name]) };
}

/** A clock that goes on by what is waited, and what was waited. */
export function clock() {
  let time = Date.parse("2026-03-01T12:00:00Z");
  const waits = [];
  return {
    waits,
    advance: (milliseconds) => {
      time += milliseconds;
    },
    options: {
      now: () => time,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        time += milliseconds;
      },
    },
  };
}

/** All that a list of users gives. */
export async function all(users) {
  const found = [];
  for await (const user of users) found.push(user);
  return found;
}

/** What a promise is rejected with. */
export async function rejection(promise) {
  return promise.then(
    (value) => {
      throw new Error(`it gave ${JSON.stringify(value)}`);
    },
    (error) => error,
  );
}
