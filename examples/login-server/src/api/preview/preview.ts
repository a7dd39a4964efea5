// What a login would come to. It is asked of the same engine, of the same facts, and nothing is locked, carried out or written down.

import { effectiveSettings, GroupSyncError, type InstanceSettings, type LoginRequest, LoginSync } from "idp-group-sync";
import type { Static } from "typebox";
import type { Database, DatabaseTransaction } from "../../database/schema.ts";
import { outsideOf, readMemberships, workspacesOf } from "../../login/facts.ts";
import { outcomeFields } from "../../login/fields.ts";
import { readSeats, readTerms } from "../../login/licence.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { ApiError, missing } from "../errors.ts";
import type { PreviewAnswer, PreviewBody } from "../schemas/trying-out.ts";
import { requireValid } from "../settings/stored.ts";

export function previewLogin(
  database: Database,
  body: Static<typeof PreviewBody>,
): Promise<Static<typeof PreviewAnswer>> {
  // All of it as it was at one moment.
  return database
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((transaction) => preview(transaction, body));
}

async function preview(
  transaction: DatabaseTransaction,
  { settings: unsaved, userId: asked, claims: pasted }: Static<typeof PreviewBody>,
): Promise<Static<typeof PreviewAnswer>> {
  const userId = asked ?? null;
  const user = userId === null ? null : await readUser(transaction, userId);
  const claims = pasted ?? user?.claims;
  if (!claims) throw withoutClaims(user !== null);
  if (unsaved) requireValid(unsaved);
  const { version, settings } = unsaved ? { version: null, settings: unsaved } : await currentSettings(transaction);

  const listed = settings.workspaces.map(({ id }) => id);
  const users = userId === null ? [] : [userId];
  const own = [...(await workspacesOf(transaction, users)).values()].flat();
  const existing = await existingWorkspaces(transaction, [...listed, ...own]);
  const ids = existing.map(({ id }) => id);
  const catalogs = await readCatalogs(
    transaction,
    ids.filter((id) => listed.includes(id)),
  );
  const options = await transaction.selectFrom("instance").selectAll().executeTakeFirstOrThrow();
  const gone = listed.filter((id) => !ids.includes(id));
  const memberships = await readMemberships(transaction, users, ids);
  const workspaces = [...ids.map((id) => memberships(userId, id)), ...gone.map(outsideOf)];
  const outcome = decide(settings, catalogs, {
    method: "oidc",
    claims,
    user: user ? { exists: true, status: user.status, superAdmin: user.super_admin } : { exists: false },
    licence: { ...(await readTerms(transaction, true)), seats: (await readSeats(transaction, users))(userId) },
    passwordLogin: options.password_login,
    signup: options.signup,
    workspaces,
  });
  return {
    settingsVersion: version,
    user: user && { id: user.id, name: user.name, email: user.email, emailVerified: user.emailVerified },
    claims,
    outcome: outcomeFields(outcome),
    workspaces: workspaces.map(({ id, member, membership }, index) => ({
      id,
      name: existing[index]?.name ?? id,
      member,
      membership: membership ?? null,
      effective: listed.includes(id) ? effectiveSettings(settings, id) : null,
    })),
  };
}

function decide(
  settings: InstanceSettings,
  catalogs: ConstructorParameters<typeof LoginSync>[1],
  request: LoginRequest,
) {
  const sync = new LoginSync(settings, catalogs);
  try {
    return sync.decide(request);
  } catch (error) {
    if (!(error instanceof GroupSyncError && error.path?.startsWith("request.claims"))) throw error;
    throw new GroupSyncError(error.code, error.message, { path: error.path.slice("request.".length), cause: error });
  } finally {
    sync.free();
  }
}

function withoutClaims(isUser: boolean): ApiError {
  if (!isUser) return new ApiError(400, { code: "invalid-input", message: "name a user, or give claims" });
  const message = "this user has not signed in with single sign-on yet, so their claims are not known; give some";
  return new ApiError(422, { code: "no-known-claims", message, path: "claims" });
}

async function readUser(transaction: DatabaseTransaction, id: number) {
  const user = await transaction
    .selectFrom("users")
    .leftJoin("known_claims", "known_claims.user_id", "users.id")
    .select(["users.id", "name", "email", "email_verified as emailVerified", "status", "super_admin", "claims"])
    .where("users.id", "=", id)
    .executeTakeFirst();
  if (!user) throw missing("user");
  return user;
}

/** In the order in which a login takes them. */
async function existingWorkspaces(transaction: DatabaseTransaction, ids: string[]) {
  return transaction.selectFrom("workspaces").select(["id", "name"]).where("id", "in", ids).orderBy("id").execute();
}
