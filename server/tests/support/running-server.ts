// A server in this process, with an identity provider that can misbehave, and a log that can be read.

import { Writable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { Response } from "light-my-request";
import { buildServer, type ServerOptions } from "../../src/server.ts";
import { Browser } from "./browser.ts";
import { type Instance, newInstance } from "./instance.ts";
import { type StubIdentityProvider, stubIdentityProvider } from "./stub-identity-provider.ts";

export interface RunningServer {
  instance: Instance;
  server: FastifyInstance;
  idp: StubIdentityProvider;
  /** What was logged so far. */
  log: Record<string, unknown>[];
  /** Moves the server's clock on. */
  pass(minutes: number): void;
  newBrowser(): Browser;
  /** The whole way out and back. */
  signIn(browser: Browser, claims: Record<string, unknown>): Promise<Response>;
  close(): Promise<void>;
}

export async function runningServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const instance = await newInstance();
  const idp = await stubIdentityProvider();
  const log: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(line, _encoding, done) {
      log.push(JSON.parse(String(line)));
      done();
    },
  });
  let passed = 0;
  const server = await buildServer({
    database: instance.database,
    origin: new URL("http://localhost:3000"),
    oidc: idp.options,
    clock: () => new Date(Date.now() + passed),
    logger: { level: "info", stream },
    limits: { oidc: 1000, password: 1000 },
    ...options,
  });
  return {
    instance,
    server,
    idp,
    log,
    pass(minutes) {
      passed += minutes * 60_000;
    },
    newBrowser: () => new Browser(server),
    async signIn(browser, claims) {
      idp.claims = claims;
      const { headers } = await browser.get("/sign-in/oidc");
      return browser.get(idp.authorise(String(headers.location)));
    },
    async close() {
      await server.close();
      await idp.stop();
      await instance.close();
    },
  };
}
