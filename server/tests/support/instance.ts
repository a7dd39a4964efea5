// An instance of the application in an empty database, and what tests do with it.

import type { LoginOutcome, SettingsCommand } from "idp-group-sync";
import { prepareDatabase } from "../../src/database/prepare.ts";
import type { Database } from "../../src/database/schema.ts";
import { Engines } from "../../src/login/engines.ts";
import { outcomeFields, type PlanFields } from "../../src/login/fields.ts";
import { type Proof, type SyncedLogin, syncLogin } from "../../src/login/sync-login.ts";
import { changeSettings, currentSettings } from "../../src/settings/versions.ts";
import { emptyDatabase } from "./empty-database.ts";

export const issuer = "https://idp.example";

export interface Instance {
  database: Database;
  engines: Engines;
  login(proof: Proof): Promise<SyncedLogin>;
  /** A sign-in with a token that has these groups; without groups, the token has no such claim. */
  signIn(subject: string, groups?: unknown): Promise<LoginOutcome>;
  /** Runs commands as the super admin. */
  command(...commands: SettingsCommand[]): Promise<void>;
  addGroup(workspace: string, name: string, requires?: string): Promise<void>;
  /** `"role: group, group"`, or `"none"` for somebody who is no member. */
  has(subject: string, workspace?: string): Promise<string>;
  close(): Promise<void>;
}

export async function newInstance(): Promise<Instance> {
  const { database, drop } = await emptyDatabase();
  await prepareDatabase(database);
  const engines = new Engines();
  let requests = 0;

  const instance: Instance = {
    database,
    engines,
    login(proof) {
      requests += 1;
      return syncLogin(
        { database, engines, hasIdentityProvider: true, now: new Date(), requestId: `request-${requests}` },
        proof,
      );
    },
    async signIn(subject, groups) {
      const claims = groups === undefined ? { sub: subject } : { sub: subject, groups };
      return (await instance.login({ method: "oidc", issuer, claims })).outcome;
    },
    async command(...commands) {
      for (const command of commands) {
        const { version } = await currentSettings(database);
        const actor = { id: await superAdmin(), superAdmin: true };
        const update = await changeSettings(database, {
          seen: version,
          commands: [command],
          actor,
          review: async () => null,
        });
        if (update.status !== "saved") throw new Error(`${command.type}: ${JSON.stringify(update)}`);
      }
    },
    async addGroup(workspace, name, requires) {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto("workspaces")
          .values({ id: workspace, name: workspace })
          .onConflict((conflict) => conflict.column("id").doNothing())
          .execute();
        await transaction
          .updateTable("workspaces")
          .set((set) => ({ catalog_version: set("catalog_version", "+", 1) }))
          .where("id", "=", workspace)
          .execute();
        await transaction
          .insertInto("groups")
          .values({ workspace_id: workspace, name, requires: requires ?? null })
          .execute();
      });
    },
    async has(subject, workspace = "main") {
      const membership = await database
        .selectFrom("memberships")
        .innerJoin("users", "users.id", "memberships.user_id")
        .select(["user_id", "role"])
        .where("subject", "=", subject)
        .where("workspace_id", "=", workspace)
        .executeTakeFirst();
      if (!membership) return "none";
      const groups = await database
        .selectFrom("group_memberships")
        .innerJoin("groups", "groups.id", "group_memberships.group_id")
        .select("name")
        .where("user_id", "=", membership.user_id)
        .where("groups.workspace_id", "=", workspace)
        .orderBy("groups.id")
        .execute();
      return `${membership.role}: ${groups.map(({ name }) => name).join(", ")}`.replace(/: $/, "");
    },
    async close() {
      engines.free();
      await drop();
    },
  };

  async function superAdmin(): Promise<number> {
    const email = "super@example.com";
    const found = await database.selectFrom("users").select("id").where("email", "=", email).executeTakeFirst();
    if (found) return found.id;
    const values = { email, super_admin: true };
    return (await database.insertInto("users").values(values).returning("id").executeTakeFirstOrThrow()).id;
  }

  return instance;
}

export function planOf(outcome: LoginOutcome, workspace = "main"): PlanFields {
  const found = outcomeFields(outcome).workspaces.find(({ id }) => id === workspace);
  if (!found) throw new Error(`no plan for ${workspace}`);
  return found.plan;
}
