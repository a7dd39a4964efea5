// What a login would come to. It is asked of the same engine, of the same facts, and nothing is locked, carried out or written down.

import { effectiveSettings, GroupSyncError, type InstanceSettings, type LoginRequest, LoginSync } from "idp-group-sync";
import type { Static } from "typebox";
import { unseenClaims } from "../../claims/seen-claims.ts";
import type { Database, DatabaseTransaction } from "../../database/schema.ts";
import { workspacesOf } from "../../login/facts.ts";
import { outcomeFields } from "../../login/fields.ts";
import { loginRequest } from "../../login/login-request.ts";
import { claimsOf, sparingUnseen } from "../../login/unseen-claims.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { ApiError, missing } from "../errors.ts";
import type { PreviewAnswer, PreviewBody } from "../schemas/trying-out.ts";
import { requireValid } from "../settings/stored.ts";
import { personOf, readLoginFacts, readPeople, readWorkspaces } from "./login-facts.ts";

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
  const [user = null] = userId === null ? [] : await readPeople(transaction, [userId]);
  if (userId !== null && !user) throw missing("user");
  const claims = pasted ?? user?.claims;
  if (!claims) throw withoutClaims(user !== null);
  if (unsaved) requireValid(unsaved);
  const { version, settings } = unsaved ? { version: null, settings: unsaved } : await currentSettings(transaction);

  const listed = settings.workspaces.map(({ id }) => id);
  const users = userId === null ? [] : [userId];
  const own = [...(await workspacesOf(transaction, users)).values()].flat();
  const existing = await readWorkspaces(transaction, [...listed, ...own]);
  const ids = existing.map(({ id }) => id);
  const unseen = await unseenClaims(transaction, claimsOf(settings));
  const facts = (await readLoginFacts(transaction, user ? [user] : [], ids))(user);
  const request = loginRequest(facts, { settings, existing: ids, claims, unseen });
  const catalogs = await readCatalogs(
    transaction,
    ids.filter((id) => listed.includes(id)),
  );
  const outcome = decide(sparingUnseen(settings, unseen), catalogs, request);
  return {
    settingsVersion: version,
    user: user && personOf(user),
    claims,
    outcome: outcomeFields(outcome),
    workspaces: request.workspaces.map(({ id, member, membership }, index) => ({
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
