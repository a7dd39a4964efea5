// prismaStore, by the packages of prisma/, which are large: `npm test -- stores-all`.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { prismaStore } from "idp-group-sync/store/prisma";
import { testStore } from "idp-group-sync/store-test";
import { emptyFolder, run } from "../package/support/project.mjs";
import { inPostgresql } from "./support/fixtures.mjs";
import { database } from "./support/postgresql.mjs";

const { url, query } = await database("prisma");
const client = await prismaClient(url);
after(() => client.$disconnect());

testStore({ test, createStore: () => inPostgresql(prismaStore(client), query) });

/** A client as a project would generate it. Only migrations need the engine that Prisma would download: any program stands for it. */
async function prismaClient(connectionString) {
  const folder = emptyFolder();
  cpSync(fileURLToPath(new URL("prisma/", import.meta.url)), folder, { recursive: true });
  await run("npm", ["ci", "--ignore-scripts", "--prefer-offline"], folder);
  const environment = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
  await run(process.execPath, [join("node_modules", "prisma", "build", "index.js"), "generate"], folder, environment);
  const outfile = join(folder, "client.mjs");
  await build({
    entryPoints: [join(folder, "client", "client.ts")],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "error",
  });
  const { PrismaClient } = await import(pathToFileURL(outfile).href);
  const { PrismaPg } = await import(pathToFileURL(join(folder, "node_modules/@prisma/adapter-pg/dist/index.mjs")).href);
  return new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
}
