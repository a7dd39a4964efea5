// Which user somebody in a directory is. A directory speaks for the users of its own issuer alone: nobody else's account is taken because the
// directory says the same address, but an invitation, which waits for whoever has it.

import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { comparedAddress, comparedEmail } from "../login/addresses.ts";
import { type LockedUser, lockUserById, mayTake } from "../login/find-user.ts";
import { shownText } from "../login/identity.ts";
import { LostCollision } from "../login/retry.ts";
import type { ProviderConfiguration } from "../providers/configuration.ts";
import { issuerSpellings } from "../providers/issuer.ts";
import { conflict } from "./errors.ts";
import { type Fields, isFields } from "./read-value.ts";

export interface Provider {
  id: string;
  /** As the table `providers` has it. */
  issuer: string;
  /** Which of a group's two names mappings call it by. */
  groupNames: ProviderConfiguration["scimGroups"];
}

export async function findProvider(database: Database, id: string): Promise<Provider | undefined> {
  const row = await database
    .selectFrom("providers")
    .select(["id", "issuer", "configuration"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && { id: row.id, issuer: row.issuer, groupNames: row.configuration?.scimGroups ?? "displayName" };
}

/** What somebody is found by, of their row in `scim_users`. */
export interface Provisioned {
  id: string;
  user_id: number | null;
  external_id: string | null;
  user_name: string;
  user_name_key: string;
  email: string | null;
  resource: Fields;
}

/** The user who this person is, if there is one. */
export async function findLinked(
  transaction: DatabaseTransaction,
  provider: Provider,
  person: Provisioned,
): Promise<number | undefined> {
  return (
    person.user_id ??
    (await bySubject(transaction, provider, person)) ??
    (await deletedBefore(transaction, provider, person)) ??
    (await byAddress(transaction, provider, person))
  );
}

/** Locks the user's row, or makes one, which is to be rolled back where nobody is to be created. */
export async function lockLinked(
  transaction: DatabaseTransaction,
  provider: string,
  known: number | undefined,
  person: Provisioned,
): Promise<LockedUser> {
  if (known === undefined) return create(transaction, person);
  const user = await lockUserById(transaction, known);
  if (!user) throw new LostCollision("the user is gone");
  await rename(transaction, provider, known, person);
  return user;
}

async function bySubject(transaction: DatabaseTransaction, { issuer }: Provider, { id, external_id }: Provisioned) {
  if (external_id === null) return undefined;
  const found = await transaction
    .selectFrom("users")
    .select("id")
    .where("issuer", "in", issuerSpellings(issuer))
    .where((where) => where.or([where("subject", "=", external_id), where("directory_id", "=", external_id)]))
    .orderBy("id")
    .executeTakeFirst();
  if (!found) return undefined;
  await mustBeFree(transaction, found.id, id);
  return found.id;
}

/** Somebody who was deleted is the same person, unless the directory calls them by another id: addresses are given to others later. */
async function deletedBefore(transaction: DatabaseTransaction, provider: Provider, person: Provisioned) {
  const { external_id, user_name_key } = person;
  const found = await transaction
    .selectFrom("scim_users")
    .select("user_id")
    .where("provider_id", "=", provider.id)
    .where("deleted_at", "is not", null)
    .where("user_id", "is not", null)
    .where((where) => {
      const byName = where("user_name_key", "=", user_name_key);
      if (external_id === null) return byName;
      return where.or([where("external_id", "=", external_id), where.and([byName, where("external_id", "is", null)])]);
    })
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("scim_users as live")
            .select("live.id")
            .whereRef("live.user_id", "=", "scim_users.user_id")
            .where("live.deleted_at", "is", null),
        ),
      ),
    )
    .orderBy("deleted_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.user_id ?? undefined;
}

async function byAddress(transaction: DatabaseTransaction, { id, issuer }: Provider, person: Provisioned) {
  const addresses = addressesOf(person);
  if (addresses.length === 0) return undefined;
  const found = await transaction
    .selectFrom("users")
    .select([
      "id",
      "issuer",
      "subject",
      "status",
      "super_admin",
      "password_hash",
      "invitation_hash",
      "invitation_provider",
      "email_verified",
    ])
    .where(comparedEmail, "in", addresses)
    .where((where) =>
      where.or([
        where("email_verified", "=", true),
        where("subject", "is", null),
        where("password_hash", "is not", null),
      ]),
    )
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  const ordinary = found.filter((user) => !user.super_admin && user.password_hash === null);
  const spellings = issuerSpellings(issuer);
  const own = ordinary.find((user) => user.issuer !== null && spellings.includes(user.issuer) && user.email_verified);
  const invited = ordinary.find(
    (user) => user.subject === null && user.status === "invited" && user.invitation_hash === null,
  );
  const isForThem = invited !== undefined && (await mayTake(transaction, issuer, invited.invitation_provider));
  const linked = own ?? (isForThem ? invited : undefined);
  if (linked) {
    await mustBeFree(transaction, linked.id, person.id);
    return linked.id;
  }
  for (const user of found) {
    if (!(await releaseAddress(transaction, id, user.id))) {
      throw conflict("the e-mail address is that of an account which this identity provider does not manage");
    }
  }
  return undefined;
}

/**
 * Whoever a directory made, before they ever came, no longer stands in the way of another one with their address once it has deleted them again,
 * or is gone itself. Nobody else is active without having come.
 */
async function releaseAddress(transaction: DatabaseTransaction, provider: string, userId: number): Promise<boolean> {
  const links = await transaction
    .selectFrom("scim_users")
    .select(["provider_id", "deleted_at"])
    .where("user_id", "=", userId)
    .execute();
  if (!links.every((link) => link.provider_id === provider && link.deleted_at !== null)) return false;
  const { numUpdatedRows } = await transaction
    .updateTable("users")
    .set({ email: null })
    .where("id", "=", userId)
    .where("super_admin", "=", false)
    .where("subject", "is", null)
    .where("password_hash", "is", null)
    .where("email_verified", "=", false)
    .$if(links.length === 0, (query) =>
      query.where((is) => is.or([is("status", "=", "active"), is("archived_by_sync", "=", true)])),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function mustBeFree(transaction: DatabaseTransaction, userId: number, scimId: string): Promise<void> {
  const other = await transaction
    .selectFrom("scim_users")
    .select("id")
    .where("user_id", "=", userId)
    .where("deleted_at", "is", null)
    .where("id", "<>", scimId)
    .executeTakeFirst();
  if (other) throw conflict("there is already a user here for this person");
}

/** An address that a directory says is shown, and nobody comes in by it: it is not verified. */
async function create(transaction: DatabaseTransaction, person: Provisioned): Promise<LockedUser> {
  const created = await transaction
    .insertInto("users")
    .values({ issuer: null, subject: null, email: emailOf(person), email_verified: false, name: nameOf(person) })
    .onConflict((conflicting) => conflicting.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!created) throw new LostCollision("somebody else has the address since");
  return { id: created.id, status: "active", superAdmin: false, exempt: false, archivedBySync: false, isNew: true };
}

/** Whoever has not come yet is called as the directory calls them; after that, their tokens say it. */
async function rename(
  transaction: DatabaseTransaction,
  provider: string,
  userId: number,
  person: Provisioned,
): Promise<void> {
  const { email, name } = { email: emailOf(person), name: nameOf(person) };
  const waiting = transaction
    .updateTable("users")
    .where("id", "=", userId)
    .where("subject", "is", null)
    .where("password_hash", "is", null)
    .where("email_verified", "=", false);
  await waiting.set({ name }).where("name", "is distinct from", name).execute();
  const others = transaction
    .selectFrom("users")
    .select("id")
    .where("id", "<>", userId)
    .where(comparedEmail, "=", email === null ? "" : comparedAddress(email))
    .where((where) => where.or([where("subject", "is", null), where("password_hash", "is not", null)]));
  for (const other of email === null ? [] : await others.execute()) {
    if (!(await releaseAddress(transaction, provider, other.id))) {
      throw conflict("the e-mail address is that of another account");
    }
  }
  await waiting.set({ email }).where("email", "is distinct from", email).execute();
}

function addressesOf({ user_name, email }: Provisioned): string[] {
  return [...new Set([comparedAddress(user_name), email])].filter((address) => address !== null);
}

function emailOf({ resource, user_name }: Provisioned): string | null {
  const written = primaryEmail(resource) ?? user_name;
  return comparedAddress(written) === null ? null : written;
}

/** The address that the directory calls primary, or else its first one. */
export function primaryEmail({ emails }: Fields): string | null {
  const items = (Array.isArray(emails) ? emails : []).filter((item): item is Fields => isFields(item));
  const { value } = items.find(({ primary }) => primary === true) ?? items[0] ?? {};
  return comparedAddress(value) === null ? null : (value as string);
}

function nameOf({ resource, user_name }: Provisioned): string | null {
  const { displayName, name } = resource;
  const { formatted, givenName = "", familyName = "" } = isFields(name) ? name : {};
  return (
    shownText(displayName) ?? shownText(formatted) ?? shownText(`${givenName} ${familyName}`) ?? shownText(user_name)
  );
}
