// Stands between a server and PostgreSQL, and can break off at any statement: before the database has it, or after, but before the answer.

import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Environment } from "./server-process.ts";

export interface Statement {
  sql: string;
  connection: number;
}

/**
 * What becomes of a statement: it and its answer pass; the connection breaks, before the database has it or after; or it waits, before or
 * after, until the connection ends; or nothing is heard on this connection any more, as behind a cable that was cut.
 */
export type Fate = "passes" | "breaks before" | "breaks after" | "waits before" | "waits after" | "falls silent";

export class DatabaseProxy {
  /** Decides about each statement. */
  fateOf: (statement: Statement) => Fate = () => "passes";
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #connections = 0;
  #port = 0;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((client) => this.#connect(client));
  }

  /** Before the database that the environment names; gives the environment that names the proxy instead. */
  static async before({ DATABASE_URL = "", ...others }: Environment): Promise<[DatabaseProxy, Environment]> {
    const url = new URL(DATABASE_URL);
    const proxy = new DatabaseProxy(new URL(url));
    await proxy.up();
    url.host = `127.0.0.1:${proxy.#port}`;
    return [proxy, { ...others, DATABASE_URL: url.href }];
  }

  /** The database is there again. */
  async up(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    this.#port = typeof address === "object" && address ? address.port : 0;
  }

  /** The database is gone, for those who are connected and for those who come. */
  async down(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #connect(client: Socket): void {
    this.#connections += 1;
    const connection = this.#connections;
    const database = connect(Number(this.#target.port || 5432), this.#target.hostname);
    let silent = false;
    const end = () => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      this.#sockets.add(socket);
      socket.setNoDelay();
      socket
        .on("error", () => {})
        .on("close", () => {
          this.#sockets.delete(socket);
          if (!silent || socket === client) end(); // behind a cable that was cut, nobody hears that the other side has hung up
        });
    }
    let onAnswer: ((bytes: Buffer) => void) | null = null;
    database.on("data", (bytes) => (onAnswer ? onAnswer(bytes) : client.write(bytes)));
    const messages = new FrontendMessages((bytes, sql) => {
      if (silent) return;
      const fate = sql === null ? "passes" : this.fateOf({ sql, connection });
      if (fate === "breaks before") return end();
      if (fate === "waits before") return;
      if (fate === "falls silent") {
        silent = true;
        onAnswer = () => {};
        return;
      }
      if (fate === "waits after") onAnswer = () => {};
      if (fate === "breaks after") onAnswer = untilReady(end);
      database.write(bytes);
    });
    client.on("data", (bytes) => messages.push(bytes));
  }
}

/** Calls back once the answer is complete: the database says that it is ready for the next statement. */
function untilReady(done: () => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const type = String.fromCharCode(rest.readUInt8(0));
      rest = rest.subarray(1 + rest.readInt32BE(1));
      if (type === "Z") done();
    }
  };
}

/** Cuts what a client of PostgreSQL sends into statements, each with all messages that belong to it. */
class FrontendMessages {
  readonly #take: (bytes: Buffer, sql: string | null) => void;
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;
  #statement: Buffer[] = [];
  #sql = "";

  /** `sql` is `null` for what is no statement: the beginning of a connection, and its end. */
  constructor(take: (bytes: Buffer, sql: string | null) => void) {
    this.#take = take;
  }

  push(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let message = this.#next(); message; message = this.#next()) this.#read(message);
  }

  #next(): Buffer | null {
    const head = this.#begun ? 1 : 0; // the first message has no type
    if (this.#rest.length < head + 4) return null;
    const length = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < length) return null;
    const message = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return message;
  }

  #read(message: Buffer): void {
    const type = this.#begun ? String.fromCharCode(message.readUInt8(0)) : "startup";
    this.#begun = true;
    if (type === "startup" || type === "p" || type === "X") {
      this.#take(message, null);
      return;
    }
    this.#statement.push(message);
    if (type === "Q") this.#sql = message.toString("utf8", 5, message.length - 1);
    // The name of the statement comes first; pg names none.
    if (type === "P") this.#sql = message.toString("utf8", 6, message.indexOf(0, 6));
    if (type !== "Q" && type !== "S") return;
    this.#take(Buffer.concat(this.#statement), this.#sql);
    this.#statement = [];
  }
}
