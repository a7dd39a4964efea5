// The process: reads the environment, starts everything, says where it is, and ends it in order.

import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { announce } from "./announce.ts";
import { CannotStart } from "./cannot-start.ts";
import { type Config, readConfig } from "./config.ts";
import { ensureFirstAdmin } from "./database/first-admin.ts";
import { openPGlite } from "./database/pglite.ts";
import { openPostgres } from "./database/postgres.ts";
import { prepareDatabase } from "./database/prepare.ts";
import type { Database } from "./database/schema.ts";
import { reachDatabase, whyUnusable } from "./database/unusable.ts";
import { lockoutToTry } from "./development/demonstration.ts";
import type { DevelopmentIdentityProvider } from "./development/identity-provider.ts";
import { scimTokenForDevelopment } from "./development/scim-push.ts";
import { seed, signInNote } from "./development/seed.ts";
import { Encryption, keyBytes } from "./encryption.ts";
import { buildServer } from "./server.ts";
import { startTelemetry, type Telemetry } from "./telemetry/start.ts";
import { scimPath } from "./unreadable-address.ts";

/** How long the end may take, in milliseconds. */
const patience = 10_000;

// The first process of a container does not hear a signal that it does not listen for. Until the server runs there is nothing to
// end in order: what a migration has begun is undone by the database.
let end = (_signal: NodeJS.Signals): void => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => end(signal));

try {
  await run(readConfig(process.env), await startTelemetry(process.env));
} catch (error) {
  const message = whatToPutRight(error);
  if (message === null) throw error;
  console.error(message);
  process.exit(1);
}

function whatToPutRight(error: unknown): string | null {
  return error instanceof CannotStart ? error.message : whyUnusable(error);
}

async function run(config: Config, telemetry: Telemetry | null): Promise<void> {
  let server: FastifyInstance | undefined;
  let ending = false;
  const database = await openDatabase(config, (error) => {
    server?.log.warn({ err: error }, "a connection to the database broke while nobody used it");
  });
  await reachDatabase(database);
  await prepare(config, database);
  const development = await startDevelopment(config, database);
  const invitation = config.firstAdmin && (await ensureFirstAdmin(database, config.firstAdmin));
  const { identityProvider } = config;
  server = await buildServer({
    database,
    origin: config.origin,
    oidc: development?.options ?? (identityProvider && "issuer" in identityProvider ? identityProvider : null),
    groupSource: development?.groupSource ?? config.groupSource,
    logger: { level: config.logLevel },
    trustProxy: config.trustProxy,
    sessionHours: config.sessionHours,
    encryption: encryptionOf(config, development !== null),
    refreshMinutes: config.refreshMinutes,
    reconcile: config.reconcile,
    limits: config.limits,
    previewFolder: config.previewFolder,
    signInNote: development && signInNote,
    lockoutToTry: development && config.developmentData === "demonstration" ? lockoutToTry : null,
    isEnding: () => ending,
  });
  development?.offerScim({
    address: new URL(scimPath, config.origin),
    token: await scimTokenForDevelopment(database),
  });
  const listening = server.listen({ host: config.host, port: config.port }).catch(({ message }: Error) => {
    throw new CannotStart(`the server cannot listen: ${message}; set HOST and PORT to what this machine has free`);
  });

  const endInOrder = async (signal: NodeJS.Signals) => {
    if (ending) return; // a terminal's Ctrl-C comes twice: from itself, and from npm
    ending = true;
    server?.log.info({ signal }, "ending");
    // Of several addresses, the first is served while the others are still looked for.
    await listening;
    // It still answers, so that a load balancer can notice and send people elsewhere.
    await delay(config.shutdownDelaySeconds * 1000);
    // Requests under way are answered, and their transactions come to an end; but not for ever.
    delay(patience, undefined, { ref: false }).then(() => process.exit(1));
    // Browsers open connections that they may never use; near the deadline nobody waits for those.
    delay(patience / 2, undefined, { ref: false }).then(() => server?.server.closeAllConnections());
    await server?.close();
    await development?.close();
    await database.destroy();
    await telemetry?.stop();
  };
  end = (signal) => void endInOrder(signal);
  await listening;
  announce(config, development, invitation);
}

/** Nobody should have to make keys to try it out: those for development last as long as what its identity provider remembers. */
function encryptionOf({ encryptionKeys }: Config, isDevelopment: boolean): Encryption | null {
  if (encryptionKeys) return new Encryption(encryptionKeys);
  return isDevelopment ? new Encryption([randomBytes(keyBytes)]) : null;
}

function openDatabase({ database }: Config, onIdleError: (error: Error) => void): Promise<Database> | Database {
  return "folder" in database ? openPGlite(database.folder) : openPostgres(database.url, { onIdleError });
}

/** A new version may have to go through a large table, or to wait for another process that does: that takes as long as it takes. */
async function prepare(config: Config, database: Database): Promise<void> {
  if ("folder" in config.database) return prepareDatabase(database);
  const patient = openPostgres(config.database.url, { isPatient: true });
  await prepareDatabase(patient).finally(() => patient.destroy());
}

/** The identity provider for development and what goes with it, where no other is configured. */
async function startDevelopment(
  { identityProvider, developmentData }: Config,
  database: Database,
): Promise<DevelopmentIdentityProvider | null> {
  if (!identityProvider || "issuer" in identityProvider) return null;
  // Loaded only here: elsewhere it is not needed, nor has it to be installed.
  const { startIdentityProvider } = await import("./development/identity-provider.ts");
  const development = await startIdentityProvider(identityProvider.developmentPort, identityProvider.origins);
  await seed(database, development.options.issuer, developmentData);
  return development;
}
