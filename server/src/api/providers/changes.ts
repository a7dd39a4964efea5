// Providers made, changed and deleted: one at a time, and never so that no super admin comes in any more.

import { randomBytes } from "node:crypto";
import type { Application } from "../../application.ts";
import type { DatabaseTransaction } from "../../database/schema.ts";
import { inTransaction } from "../../login/retry.ts";
import { CannotChange } from "../../people/cannot-change.ts";
import { lockAsAdmin } from "../../people/change-user.ts";
import { superAdminComesIn } from "../../providers/sign-in-left.ts";
import { endSessions } from "../../sign-in/end-sessions.ts";
import { ApiError, missing } from "../errors.ts";
import { type ProviderInput, requireAddress, toBeStored } from "./input.ts";
import { usersByIssuer } from "./views.ts";

/** As many buttons as a page can have. */
const mostProviders = 20;

export function createProvider(
  application: Application,
  { issuer: text, ...input }: ProviderInput & { issuer: string },
  by: number,
): Promise<string> {
  const issuer = requireAddress("issuer", text, application.origin).href;
  const id = randomBytes(8).toString("hex");
  return asAdmin(application, by, async (transaction) => {
    const others = await transaction.selectFrom("providers").select("issuer").execute();
    if (others.some((other) => other.issuer === issuer)) {
      const message = "there is a provider of this issuer already";
      throw new ApiError(409, { code: "issuer-exists", message, path: "issuer" });
    }
    if (others.length >= mostProviders) {
      throw new ApiError(422, { code: "too-many-providers", message: `there are ${mostProviders} providers at most` });
    }
    await transaction
      .insertInto("providers")
      .values({ id, issuer, from_environment: false, changed_by: by, ...toBeStored(id, input, null, application) })
      .execute();
    return id;
  });
}

export function changeProvider(
  application: Application,
  id: string,
  { version, ...input }: ProviderInput & { version: number },
  by: number,
): Promise<void> {
  return asAdmin(application, by, async (transaction) => {
    const { configuration, secrets } = await lockProvider(transaction, id, version);
    const stored = toBeStored(id, input, { configuration, secrets }, application);
    const change = transaction
      .updateTable("providers")
      .set({ ...stored, version: version + 1, changed_at: application.clock(), changed_by: by })
      .where("id", "=", id);
    if (stored.enabled) await change.execute();
    else {
      await keepingAWayIn(transaction, () => change.execute());
      await endAllOf(transaction, id);
    }
  });
}

/** Its users stay, and nobody signs in as them. `users` is how many of them the admin has seen. */
export function deleteProvider(
  application: Application,
  id: string,
  seen: { version: number; users: number },
  by: number,
): Promise<void> {
  return asAdmin(application, by, async (transaction) => {
    const { issuer } = await lockProvider(transaction, id, seen.version);
    const users = (await usersByIssuer(transaction, [issuer])).get(issuer) ?? 0;
    if (users !== seen.users) {
      const message = `${users} users come from this provider, and not ${seen.users}`;
      throw new ApiError(409, { code: "losses-unconfirmed", message });
    }
    await keepingAWayIn(transaction, () => transaction.deleteFrom("providers").where("id", "=", id).execute());
    await endAllOf(transaction, id);
  });
}

function asAdmin<Result>(
  { database }: Application,
  by: number,
  run: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(database, async (transaction) => {
    await lockAsAdmin(transaction, by).catch((error: unknown) => {
      if (!(error instanceof CannotChange)) throw error;
      throw new ApiError(403, { code: "not-super-admin", message: "only a super admin may do this" });
    });
    return run(transaction);
  });
}

async function lockProvider(transaction: DatabaseTransaction, id: string, version: number) {
  const row = await transaction
    .selectFrom("providers")
    .select(["issuer", "configuration", "secrets", "version", "from_environment"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw missing("provider");
  const { configuration } = row;
  if (configuration === null) {
    const message = "this provider is configured where the server is started";
    throw new ApiError(409, { code: "from-environment", message });
  }
  if (row.version !== version) {
    throw new ApiError(409, { code: "stale-version", message: "somebody else has changed this provider" });
  }
  return { ...row, configuration };
}

async function keepingAWayIn(transaction: DatabaseTransaction, change: () => Promise<unknown>): Promise<void> {
  const before = await superAdminComesIn(transaction);
  await change();
  if (before && !(await superAdminComesIn(transaction))) {
    const message = "no super admin could sign in any more: give one a password, or another provider, first";
    throw new ApiError(409, { code: "last-way-in", message });
  }
}

async function endAllOf(transaction: DatabaseTransaction, id: string): Promise<void> {
  await transaction.deleteFrom("sign_in_attempts").where("provider_id", "=", id).execute();
  await endSessions(transaction, (one) => one("provider_id", "=", id), "provider-gone");
}
