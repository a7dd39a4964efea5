// One or more servers on one database, and what tests do with them.

import type { SettingsCommand } from "idp-group-sync";
import type { Database } from "../../../src/database/schema.ts";
import { changeSettings, currentSettings } from "../../../src/settings/versions.ts";
import { hashPassword } from "../../../src/sign-in/passwords.ts";
import { type StubIdentityProvider, stubIdentityProvider } from "../../support/stub-identity-provider.ts";
import { HttpBrowser } from "./http-browser.ts";
import { type Environment, freePort, ServerProcess } from "./server-process.ts";
import { newStore, type Store } from "./store.ts";

export const admin = { email: "super@example.com", password: "only for these tests" };

export interface Deployment {
  store: Store;
  servers: ServerProcess[];
  /** The first one. */
  server: ServerProcess;
  newBrowser(server?: ServerProcess): HttpBrowser;
  /** Works on the database. Servers on the embedded one are ended meanwhile, and started again. */
  withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DeploymentWithIdp extends Deployment {
  idp: StubIdentityProvider;
}

export interface DeploymentOptions {
  /** How the database is set up. */
  prepare?: (database: Database) => Promise<void>;
  environments?: Environment[];
  /** Changes where the servers find the database. */
  reach?: (environment: Environment) => Promise<Environment>;
}

/** With the identity provider for development, its accounts and its data. */
export async function developmentDeployment(): Promise<Deployment> {
  return deploy({ environments: [{ IDENTITY_PROVIDER_PORT: String(await freePort()) }] });
}

/** With an identity provider that says what a test tells it, a super admin with a password, and settings that are switched on. */
export async function deployment({
  prepare,
  environments = [{}],
  ...options
}: DeploymentOptions = {}): Promise<DeploymentWithIdp> {
  const idp = await stubIdentityProvider();
  const { issuer, clientId, clientSecret, scope } = idp.options;
  const oidc = {
    OIDC_ISSUER: issuer.origin,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret ?? "",
    OIDC_SCOPE: scope,
  };
  const deployed = await deploy({
    ...options,
    environments: environments.map((environment) => ({ ...oidc, ...environment })),
    prepare: async (database) => {
      await addWorkspace(database, "main", groups);
      await configure(database, { type: "enable" });
      await prepare?.(database);
    },
  }).catch(async (error) => {
    await idp.stop();
    throw error;
  });
  return {
    ...deployed,
    idp,
    async close() {
      await deployed.close();
      await idp.stop();
    },
  };
}

async function deploy({ prepare, environments = [{}], reach }: DeploymentOptions): Promise<Deployment> {
  const store = await newStore();
  const servers: ServerProcess[] = [];
  const close = async () => {
    for (const one of servers) await one.stop();
    await store.remove();
  };
  try {
    if (prepare) await store.use(prepare);
    const where = reach ? await reach(store.environment) : store.environment;
    for (const environment of environments) servers.push(await ServerProcess.start({ ...where, ...environment }));
  } catch (error) {
    await close(); // or the tests that failed would not end
    throw error;
  }
  const [server] = servers;
  if (!server) throw new Error("a deployment has at least one server");
  return {
    store,
    servers,
    server,
    newBrowser: ({ origin } = server) => new HttpBrowser(origin),
    async withDatabase(work) {
      if (store.shared) return store.use(work);
      const running = servers.filter(({ isRunning }) => isRunning);
      for (const one of running) await one.stop();
      const result = await store.use(work);
      for (const one of running) await one.start();
      return result;
    },
    close,
  };
}

export interface NewGroup {
  name: string;
  requires?: string;
}

const groups: NewGroup[] = [
  { name: "sales" },
  { name: "marketing" },
  { name: "chess" },
  { name: "operators", requires: "builder" },
];

export async function addWorkspace(database: Database, id: string, itsGroups: NewGroup[]): Promise<void> {
  await database
    .insertInto("workspaces")
    .values({ id, name: id })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((set) => ({ catalog_version: set("workspaces.catalog_version", "+", 1) })),
    )
    .execute();
  const rows = itsGroups.map(({ name, requires = null }) => ({ workspace_id: id, name, requires }));
  await database.insertInto("groups").values(rows).execute();
}

/** Changes the settings as the super admin does, who is made if there is none. */
export async function configure(database: Database, ...commands: SettingsCommand[]): Promise<void> {
  const { version } = await currentSettings(database);
  const update = await changeSettings(database, {
    seen: version,
    commands,
    actor: { id: await superAdmin(database), superAdmin: true },
    review: async () => null,
  });
  if (update.status !== "saved") throw new Error(JSON.stringify(update));
}

async function superAdmin(database: Database): Promise<number> {
  const { email, password } = admin;
  const found = await database.selectFrom("users").select("id").where("email", "=", email).executeTakeFirst();
  if (found) return found.id;
  const values = { email, super_admin: true, password_hash: await hashPassword(password) };
  return (await database.insertInto("users").values(values).returning("id").executeTakeFirstOrThrow()).id;
}
