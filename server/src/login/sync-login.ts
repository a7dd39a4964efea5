// One login, in one transaction: lock, read, let the engine decide, carry out, write down. Either all of it happens or nothing.

import type { LoginOutcome } from "idp-group-sync";
import { rememberClaims } from "../claims/known-claims.ts";
import { recordClaims } from "../claims/seen-claims.ts";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { recordLogin } from "../telemetry/metrics.ts";
import { inSpan } from "../telemetry/spans.ts";
import { writeAudit } from "./audit.ts";
import type { Engines } from "./engines.ts";
import { forgetNowAndThen, typedAddress } from "./failures.ts";
import {
  type LockedUser,
  lockUserById,
  lockUserOfIdentity,
  rememberDirectoryId,
  wasInvitedMeanwhile,
  welcome,
} from "./find-user.ts";
import { type Identity, identityOf } from "./identity.ts";
import { applyPlans, forgetNew, lockFacts } from "./locked-facts.ts";
import { inTransaction, LostCollision } from "./retry.ts";
import { spareUnseen } from "./spared-facts.ts";

/** How somebody has proved who they are. */
export type Proof =
  /** By a token that was verified; `invitationHash` is of the secret in the link that they followed. */
  | {
      method: "oidc";
      issuer: string;
      claims: Record<string, unknown>;
      invitationHash?: string | null;
      /** Who they are in the provider's directory, where another claim than the subject says it. */
      directoryId?: string | null;
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
  const begun = performance.now();
  const login = await inSpan("login", () =>
    inTransaction(context.database, (transaction) => decideAndApply(transaction, context, proof)),
  );
  recordLogin(isRefresh(proof) ? "refresh" : proof.method, login.outcome, performance.now() - begun);
  if (isNobodys(proof) && login.auditId !== null) await forgetNowAndThen(context.database, login.auditId);
  return login;
}

function isRefresh(proof: Proof): boolean {
  return proof.method === "oidc" && proof.isRefresh === true;
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
  const identity = identityOfProof(proof);
  const facts = await lockFacts(transaction, (locking) => findUser(locking, proof, identity), hasIdentityProvider);
  const { user, settings } = facts;
  if (user?.isNew && identity && (await wasInvitedMeanwhile(transaction, identity))) {
    throw new LostCollision("an invitation was made meanwhile");
  }
  const token = proof.method === "oidc" ? proof.claims : null;
  const { version, documents, said, first } = await spareUnseen(transaction, facts, token);
  const userId = user?.id ?? null;
  const request = {
    ...facts.request,
    method: proof.method,
    ...said,
  };
  const outcome = await engines.use(version, documents, (sync) => sync.decide(request));

  let applied = new Set<string>();
  if (outcome.allowed && userId !== null) {
    await welcome(transaction, userId, identity);
    applied = await applyPlans(transaction, userId, facts, outcome);
  } else {
    await forgetNew(transaction);
  }

  await recordClaims(transaction, first);
  const known = outcome.allowed || !user?.isNew ? userId : null;
  if (known !== null && proof.method === "oidc") {
    await rememberClaims(transaction, known, { claims: proof.claims, settings, at: now });
    if (identity?.directoryId) await rememberDirectoryId(transaction, known, identity.directoryId);
  }
  const passing = isNobodys(proof);
  const refresh = isRefresh(proof);
  const email = proof.method === "password" ? proof.email : "";
  const subject = identity?.subject ?? (passing ? typedAddress(email) : email);
  const login = {
    at: now,
    requestId,
    method: refresh ? "refresh" : proof.method,
    userId: known,
    subject,
    version,
    outcome,
    applied,
    passing,
  };
  const isNothing = refresh && outcome.allowed && applied.size === 0;
  return { outcome, auditId: isNothing ? null : await writeAudit(transaction, login), userId: known };
}

function identityOfProof(proof: Proof): Identity | null {
  if (proof.method !== "oidc") return null;
  const identity = identityOf(proof.issuer, proof.claims);
  return { ...identity, directoryId: proof.directoryId ?? identity.directoryId ?? null };
}

async function findUser(
  transaction: DatabaseTransaction,
  proof: Proof,
  identity: Identity | null,
): Promise<LockedUser | undefined> {
  if (identity) {
    const invitation = proof.method === "oidc" ? proof.invitationHash : null;
    return lockUserOfIdentity(transaction, identity, invitation ?? null);
  }
  return proof.method === "password" && proof.userId !== null ? lockUserById(transaction, proof.userId) : undefined;
}
