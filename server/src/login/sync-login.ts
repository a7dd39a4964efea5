// One login, in one transaction: lock, read, let the engine decide, carry out, write down. Either all of it happens or nothing.

import type { LoginOutcome } from "idp-group-sync";
import { sql } from "kysely";
import { rememberClaims } from "../claims/known-claims.ts";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { currentSettings } from "../settings/versions.ts";
import { readCatalogs } from "../workspaces/catalogs.ts";
import { applyPlan } from "./apply-plan.ts";
import { writeAudit } from "./audit.ts";
import type { Engines, EngineVersion } from "./engines.ts";
import { readMemberships, workspacesOf } from "./facts.ts";
import { forgetNowAndThen, typedAddress } from "./failures.ts";
import { type LockedUser, lockUserById, lockUserOfIdentity, welcome } from "./find-user.ts";
import { identityOf } from "./identity.ts";
import { readSeats, readTerms } from "./licence.ts";
import { lockInstance, lockWorkspaces } from "./locks.ts";
import { workspacesOfLogin } from "./login-request.ts";
import { LostCollision, retryCollisions } from "./retry.ts";

/** How somebody has proved who they are. */
export type Proof =
  /** By a token that was verified; `invitationHash` is of the secret in the link that they followed. */
  | {
      method: "oidc";
      issuer: string;
      claims: Record<string, unknown>;
      invitationHash?: string | null;
      /** Nobody signs in: a session is synced again. It is written down only if something came of it. */
      isRefresh?: boolean;
    }
  /** By a password that was verified; `userId` is `null` if it is nobody's. */
  | { method: "password"; email: string; userId: number | null };

export interface LoginContext {
  database: Database;
  engines: Engines;
  /** Whether single sign-on is configured. */
  hasIdentityProvider: boolean;
  now: Date;
  requestId: string;
}

export interface SyncedLogin {
  outcome: LoginOutcome;
  /** `null` for a refresh that changed nothing. */
  auditId: number | null;
  /** `null` for somebody who was refused and has no account. */
  userId: number | null;
}

export async function syncLogin(context: LoginContext, proof: Proof): Promise<SyncedLogin> {
  const login = await retryCollisions(() =>
    context.database
      .transaction()
      // Each statement sees what was committed before it began, so what is read after a lock is up to date.
      .setIsolationLevel("read committed")
      .execute((transaction) => decideAndApply(transaction, context, proof)),
  );
  if (isNobodys(proof) && login.auditId !== null) await forgetNowAndThen(context.database, login.auditId);
  return login;
}

/** Whoever likes can type such, as often as they like. */
function isNobodys(proof: Proof): boolean {
  return proof.method === "password" && proof.userId === null;
}

async function decideAndApply(
  transaction: DatabaseTransaction,
  { engines, hasIdentityProvider, now, requestId }: LoginContext,
  proof: Proof,
): Promise<SyncedLogin> {
  const identity = proof.method === "oidc" ? identityOf(proof.issuer, proof.claims) : null;
  const oneAtATime = await rolesHaveLimitedSeats(transaction);
  await sql`savepoint nobody_new`.execute(transaction);
  const user = await findUser(transaction, proof, identity);
  // New users come one at a time, so that each counts the seats of the others; so does everyone if the seats of a role are limited.
  await lockInstance(transaction, user?.isNew || oneAtATime ? "update" : "share");
  if (!oneAtATime && (await rolesHaveLimitedSeats(transaction))) throw new LostCollision("the licence has changed");

  const { version: settingsVersion, settings } = await currentSettings(transaction);
  const listed = settings.workspaces.map(({ id }) => id);
  const userId = user?.id ?? null;
  const users = userId === null ? [] : [userId];
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
  const own = existing.map((id) => membership(userId, id));
  const workspaces = workspacesOfLogin(own, listed, existing);
  const request = {
    method: proof.method,
    ...(proof.method === "oidc" && { claims: proof.claims }),
    user: user && !user.isNew ? { exists: true, status: user.status, superAdmin: user.superAdmin } : { exists: false },
    licence: {
      ...(await readTerms(transaction, hasIdentityProvider)),
      seats: (await readSeats(transaction, users))(userId),
    },
    passwordLogin: options.password_login,
    signup: options.signup,
    workspaces,
  };
  const documents = async () => ({
    settings,
    catalogs: await readCatalogs(transaction, Object.keys(version.catalogs)),
  });
  const outcome = await engines.use(version, documents, (sync) => sync.decide(request));

  const applied = new Set<string>();
  if (outcome.allowed && userId !== null) {
    await welcome(transaction, userId, identity);
    for (const [index, { id, plan }] of outcome.workspaces.entries()) {
      // An invitation is accepted first; the login after that carries the plan out.
      if (plan.status !== "change" || !existing.includes(id) || workspaces[index]?.member === "invited") continue;
      await applyPlan(transaction, userId, id, plan);
      applied.add(id);
    }
  } else {
    await sql`rollback to savepoint nobody_new`.execute(transaction); // whoever is refused is not created
  }

  const known = outcome.allowed || !user?.isNew ? userId : null;
  if (known !== null && proof.method === "oidc") {
    await rememberClaims(transaction, known, { claims: proof.claims, settings, at: now });
  }
  const passing = isNobodys(proof);
  const isRefresh = proof.method === "oidc" && proof.isRefresh === true;
  const email = proof.method === "password" ? proof.email : "";
  const subject = identity?.subject ?? (passing ? typedAddress(email) : email);
  const login = {
    at: now,
    requestId,
    method: isRefresh ? "refresh" : proof.method,
    userId: known,
    subject,
    version,
    outcome,
    applied,
    passing,
  };
  const isNothing = isRefresh && outcome.allowed && applied.size === 0;
  return { outcome, auditId: isNothing ? null : await writeAudit(transaction, login), userId: known };
}

async function findUser(
  transaction: DatabaseTransaction,
  proof: Proof,
  identity: ReturnType<typeof identityOf> | null,
): Promise<LockedUser | undefined> {
  if (identity) {
    const invitation = proof.method === "oidc" ? proof.invitationHash : null;
    return lockUserOfIdentity(transaction, identity, invitation ?? null);
  }
  return proof.method === "password" && proof.userId !== null ? lockUserById(transaction, proof.userId) : undefined;
}

async function rolesHaveLimitedSeats(transaction: DatabaseTransaction): Promise<boolean> {
  const { limited } = await transaction
    .selectFrom("licence")
    .select(sql<boolean>`seats_by_role is not null`.as("limited"))
    .executeTakeFirstOrThrow();
  return limited;
}
