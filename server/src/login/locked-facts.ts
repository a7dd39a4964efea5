// What a decision about one user is made from, all of it locked before it is read: so that it still holds when it is carried out.

import type { InstanceSettings, LoginRequest, LoginWorkspace } from "idp-group-sync";
import { sql } from "kysely";
import type { DatabaseTransaction } from "../database/schema.ts";
import { currentSettings } from "../settings/versions.ts";
import { readCatalogs } from "../workspaces/catalogs.ts";
import { applyPlan } from "./apply-plan.ts";
import type { Decision } from "./audit.ts";
import type { EngineDocuments, EngineVersion } from "./engines.ts";
import { readMemberships, workspacesOf } from "./facts.ts";
import type { LockedUser } from "./find-user.ts";
import { readSeats, readTerms } from "./licence.ts";
import { lockInstance, lockWorkspaces } from "./locks.ts";
import { workspacesOfLogin } from "./login-request.ts";
import { LostCollision } from "./retry.ts";

export interface LockedFacts {
  settings: InstanceSettings;
  version: EngineVersion;
  /** What the engine is told, but for how the user is known and what is said of their groups. */
  request: Omit<LoginRequest, "method" | "claims" | "groups"> & { workspaces: LoginWorkspace[] };
  documents: () => Promise<EngineDocuments>;
  /** Those of the workspaces that exist. */
  existing: string[];
}

/** `find` locks the user, which comes first; see `locks.ts`. */
export async function lockFacts(
  transaction: DatabaseTransaction,
  find: (transaction: DatabaseTransaction) => Promise<LockedUser | undefined>,
  hasIdentityProvider: boolean,
): Promise<LockedFacts & { user: LockedUser | undefined }> {
  const seatsAreLimited = await rolesHaveLimitedSeats(transaction);
  await sql`savepoint nobody_new`.execute(transaction);
  const user = await find(transaction);
  // Whoever is new or may be restored comes one at a time, so that each counts the seats of the others; so does everyone if the seats of a role
  // are limited; and so do super admins, so that two of them are not archived as if the other one were left.
  const alone = seatsAreLimited || user?.isNew || user?.status === "archived" || user?.superAdmin;
  await lockInstance(transaction, alone ? "update" : "share");
  if (!seatsAreLimited && (await rolesHaveLimitedSeats(transaction)))
    throw new LostCollision("the licence has changed");

  const { version: settingsVersion, settings } = await currentSettings(transaction);
  const listed = settings.workspaces.map(({ id }) => id);
  const users = user ? [user.id] : [];
  const wanted = new Set([...listed, ...[...(await workspacesOf(transaction, users)).values()].flat()]);
  const locked = await lockWorkspaces(transaction, [...wanted]);
  const synced = locked.filter(({ id }) => listed.includes(id));
  const version: EngineVersion = {
    settings: settingsVersion,
    catalogs: Object.fromEntries(synced.map((workspace) => [workspace.id, workspace.catalog_version])),
  };

  const options = await transaction.selectFrom("instance").selectAll().executeTakeFirstOrThrow();
  const existing = locked.map(({ id }) => id);
  const membership = await readMemberships(transaction, users, existing);
  const own = existing.map((id) => membership(user?.id ?? null, id));
  return {
    user,
    settings,
    version,
    existing,
    request: {
      user: user && !user.isNew ? { exists: true, ...factsOfUser(user) } : { exists: false },
      licence: {
        ...(await readTerms(transaction, hasIdentityProvider)),
        seats: (await readSeats(transaction, users))(user?.id ?? null),
      },
      passwordLogin: options.password_login,
      signup: options.signup,
      workspaces: workspacesOfLogin(own, listed, existing),
    },
    documents: async () => ({ settings, catalogs: await readCatalogs(transaction, Object.keys(version.catalogs)) }),
  };
}

/** What a user's row says to the engine. */
export function factsOfUser({ status, superAdmin, exempt }: Pick<LockedUser, "status" | "superAdmin" | "exempt">) {
  return { status, superAdmin, exempt };
}

/** Whoever is refused is not created. */
export async function forgetNew(transaction: DatabaseTransaction): Promise<void> {
  await sql`rollback to savepoint nobody_new`.execute(transaction);
}

/** Carries out what there is to carry out, and gives the workspaces of it. */
export async function applyPlans(
  transaction: DatabaseTransaction,
  userId: number,
  { existing, request }: LockedFacts,
  { workspaces }: Pick<Decision, "workspaces">,
): Promise<Set<string>> {
  const applied = new Set<string>();
  for (const [index, { id, plan }] of workspaces.entries()) {
    // An invitation is accepted first; the login after that carries the plan out.
    if (plan.status !== "change" || !existing.includes(id) || request.workspaces[index]?.member === "invited") continue;
    await applyPlan(transaction, userId, id, plan);
    applied.add(id);
  }
  return applied;
}

async function rolesHaveLimitedSeats(transaction: DatabaseTransaction): Promise<boolean> {
  const { limited } = await transaction
    .selectFrom("licence")
    .select(sql<boolean>`seats_by_role is not null`.as("limited"))
    .executeTakeFirstOrThrow();
  return limited;
}
