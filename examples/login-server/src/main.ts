// The process: reads the environment, starts everything, says where it is, and ends it in order.

import { setTimeout as delay } from "node:timers/promises";
import { announce } from "./announce.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { ensureFirstAdmin } from "./database/first-admin.ts";
import { openPGlite } from "./database/pglite.ts";
import { openPostgres } from "./database/postgres.ts";
import { prepareDatabase } from "./database/prepare.ts";
import type { Database } from "./database/schema.ts";
import { type DevelopmentIdentityProvider, startIdentityProvider } from "./development/identity-provider.ts";
import { seed } from "./development/seed.ts";
import { buildServer } from "./server.ts";

try {
  await run(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(config: Config): Promise<void> {
  const database = await openDatabase(config);
  await prepareDatabase(database);
  const development = await startDevelopment(config, database);
  if (config.firstAdmin) await ensureFirstAdmin(database, config.firstAdmin);
  const { identityProvider } = config;
  const server = await buildServer({
    database,
    origin: config.origin,
    oidc: development?.options ?? (identityProvider && "issuer" in identityProvider ? identityProvider : null),
    logger: { level: config.logLevel },
    trustProxy: config.trustProxy,
    sessionHours: config.sessionHours,
  });
  await server.listen({ host: config.host, port: config.port });
  announce(config, development);

  let ending = false;
  const end = async (signal: NodeJS.Signals) => {
    if (ending) process.exit(1); // asked twice
    ending = true;
    server.log.info({ signal }, "ending");
    // Requests under way are answered, and their transactions come to an end; but not for ever.
    delay(patience, undefined, { ref: false }).then(() => process.exit(1));
    await server.close();
    await development?.close();
    await database.destroy();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(signal));
}

const patience = 10_000;

async function openDatabase({ database, logLevel }: Config): Promise<Database> {
  if ("folder" in database) return openPGlite(database.folder);
  const onIdleError = (error: Error) => {
    if (logLevel !== "silent") console.error(`a connection to the database broke: ${error.message}`);
  };
  return openPostgres(database.url, { onIdleError });
}

/** The identity provider for development and what goes with it, where no other is configured. */
async function startDevelopment(
  { identityProvider }: Config,
  database: Database,
): Promise<DevelopmentIdentityProvider | null> {
  if (!identityProvider || "issuer" in identityProvider) return null;
  const development = await startIdentityProvider(identityProvider.developmentPort, identityProvider.origins);
  await seed(database, development.options.issuer);
  return development;
}
