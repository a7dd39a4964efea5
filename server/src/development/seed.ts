// What an empty instance gets for development: workspaces, groups, settings, and people whom a login alone could not make.

import { applyCommand, type SettingsCommand } from "idp-group-sync";
import type { DevelopmentData } from "../config.ts";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { lockInstance } from "../login/locks.ts";
import { currentSettings } from "../settings/versions.ts";
import { hashPassword } from "../sign-in/passwords.ts";
import { demonstrate } from "./demonstration.ts";

export const developmentPassword = "only for development";

/** Those who have a password. */
export const passwordAccounts = [
  { email: "super@example.com", name: "Sue Super", superAdmin: true },
  { email: "pat@example.com", name: "Pat Password", superAdmin: false },
];

const [superAdminAccount] = passwordAccounts;

/** Said where people sign in, so that nobody has to look for it in the terminal. */
export const signInNote = `For development: the super admin, who configures group sync, is ${superAdminAccount?.email} with the password \u201c${developmentPassword}\u201d. Single sign-on offers an account for each scenario.`;

const groups = [
  { workspace_id: "main", name: "engineers", requires: null },
  { workspace_id: "main", name: "operators", requires: "builder" },
  { workspace_id: "main", name: "developers", requires: "builder" },
  { workspace_id: "main", name: "marketing", requires: null },
  { workspace_id: "main", name: "sales", requires: null },
  { workspace_id: "product", name: "developers", requires: "builder" },
  { workspace_id: "product", name: "designers", requires: null },
  { workspace_id: "directory", name: "sales", requires: null },
  { workspace_id: "directory", name: "Research, Europe", requires: "builder" },
];

const commands: SettingsCommand[] = [
  { type: "set-mapping", mapping: "Marketing Team -> marketing\nSales Team -> sales" },
  { type: "add-workspace", workspace: "product" },
  { type: "set-mapping", mapping: "# here, engineers are developers\nengineers -> developers", workspace: "product" },
  { type: "add-workspace", workspace: "directory" },
  { type: "set-claim", claim: { name: "ldap_groups", item: "ldap-cn" }, workspace: "directory" },
  { type: "enable" },
];

/** Does nothing in an instance that has users. */
export async function seed(database: Database, issuer: URL, data: DevelopmentData = "settings"): Promise<void> {
  const superAdmin = await seedTables(database, issuer, data);
  if (superAdmin !== null && data === "demonstration") await demonstrate(database, issuer, superAdmin);
}

/** Gives the id of the super admin, or `null` if there was somebody already. */
async function seedTables(database: Database, issuer: URL, data: DevelopmentData): Promise<number | null> {
  const passwordHash = await hashPassword(developmentPassword);
  return database.transaction().execute(async (transaction) => {
    await lockInstance(transaction, "update");
    if (await transaction.selectFrom("users").select("id").limit(1).executeTakeFirst()) return null;
    await transaction
      .insertInto("workspaces")
      .values([
        { id: "product", name: "Product" },
        { id: "directory", name: "Directory" },
      ])
      .execute();
    await transaction.insertInto("groups").values(groups).execute();
    const superAdmin = await addPeople(transaction, issuer, passwordHash);
    if (data !== "empty") await configure(transaction, superAdmin);
    return superAdmin;
  });
}

/** Gives the id of the super admin. */
async function addPeople(transaction: DatabaseTransaction, issuer: URL, passwordHash: string): Promise<number> {
  const withPassword = await transaction
    .insertInto("users")
    .values(
      passwordAccounts.map(({ email, name, superAdmin }) => {
        return { email, name, super_admin: superAdmin, password_hash: passwordHash };
      }),
    )
    .returning("id")
    .execute();
  const { id: invited } = await transaction
    .insertInto("users")
    .values({ email: "ivy@example.com", status: "invited" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto("users")
    .values({ issuer: issuer.href.replace(/\/$/, ""), subject: "arne", name: "Arne Archived", status: "archived" })
    .execute();
  await transaction
    .insertInto("memberships")
    .values([
      ...withPassword.map(({ id }) => ({ user_id: id, workspace_id: "main", role: "builder" })),
      { user_id: invited, workspace_id: "product", role: "end-user", status: "invited" as const },
    ])
    .execute();
  const [superAdmin] = withPassword;
  if (!superAdmin) throw new Error("the database made no super admin");
  return superAdmin.id;
}

/** The whole set-up is one version of the settings. */
async function configure(transaction: DatabaseTransaction, superAdmin: number): Promise<void> {
  const { version, settings } = await currentSettings(transaction);
  const configured = commands.reduce((before, command) => {
    const change = applyCommand(before, command, { superAdmin: true });
    if (change.status !== "applied") throw new Error(`the settings for development do not take \`${command.type}\``);
    return change.settings;
  }, settings);
  await transaction
    .insertInto("settings_versions")
    .values({ version: version + 1, document: JSON.stringify(configured), changed_by: superAdmin })
    .execute();
}
