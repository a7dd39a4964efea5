// PGlite behind PostgreSQL's wire protocol, so that the programs of the guide reach it as they stand, with `pg`.

import { once } from "node:events";
import { createServer } from "node:net";
import { PGlite } from "@electric-sql/pglite";

const sslRequest = 80877103;
const terminate = "X".charCodeAt(0);

/** A new, empty database, and its address. Transactions of several connections would mix, so there may be one at a time. */
export async function database() {
  const db = await PGlite.create();
  const sockets = new Set();
  const server = createServer(async (socket) => {
    sockets.add(socket.setNoDelay());
    try {
      await serve(db, socket);
    } catch (error) {
      if (error.code !== "ECONNRESET") throw error; // a program that ended
    }
    socket.end();
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  await once(server.listen(0, "localhost"), "listening");
  return {
    db,
    url: `postgres://postgres@localhost:${server.address().port}/postgres`,
    /** Cuts the connections that there are, as a server does that is started anew. */
    cut,
    async close() {
      cut();
      server.close();
      await db.close();
    },
  };
}

/** Answers the messages of one connection. */
async function serve(db, socket) {
  let received = Buffer.alloc(0);
  let isStarted = false;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      // A message is its kind, its length and its content; the first ones have no kind.
      const kind = isStarted ? 1 : 0;
      const length = received.length < kind + 4 ? Number.POSITIVE_INFINITY : kind + received.readInt32BE(kind);
      if (received.length < length) break;
      const message = received.subarray(0, length);
      received = received.subarray(length);
      if (isStarted && message[0] === terminate) return;
      if (!isStarted && message.readInt32BE(4) === sslRequest) {
        socket.write("N");
      } else {
        isStarted = true;
        socket.write(await db.execProtocolRaw(message));
      }
    }
  }
}
