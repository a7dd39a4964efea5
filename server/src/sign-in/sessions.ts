// Who is signed in, in the database: any process can look it up, and archiving somebody ends it, which a trigger of the table `users` does.

import type { Database, DatabaseTransaction, EndReason } from "../database/schema.ts";
import type { Encryption } from "../encryption.ts";
import { environmentProvider } from "../providers/environment.ts";
import { hashOf, newSecret } from "../secrets.ts";
import type { ProviderSession } from "./oidc-client.ts";
import { wasEnded } from "./provider-logouts.ts";

export interface SignedInUser {
  id: number;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  superAdmin: boolean;
  /** How this session was signed in. */
  method: string;
}

export interface SessionsOptions {
  database: Database;
  clock: () => Date;
  /** How long a session lasts; there is no extending it, so that groups are synced at least as often. */
  hours: number;
  /** How refresh tokens are kept, and how often they are used; `null` if they are not. */
  refresh?: { encryption: Encryption; minutes: number } | null;
}

/** Somebody was archived between the decision about their login and its session. */
export class Archived extends Error {}

/** The identity provider ended the session between the token and the session here. */
export class EndedAtProvider extends Error {}

export interface NewSession {
  userId: number;
  method: string;
  /** `null` with a password. */
  provider: (ProviderSession & { providerId: string }) | null;
}

export class Sessions {
  readonly #database: Database;
  readonly #clock: () => Date;
  readonly #refresh: SessionsOptions["refresh"];
  readonly seconds: number;

  constructor({ database, clock, hours, refresh = null }: SessionsOptions) {
    this.#refresh = refresh;
    this.#database = database;
    this.#clock = clock;
    this.seconds = hours * 60 * 60;
  }

  /** A new session, and the end of the one that the browser had: what somebody knew of it is worth nothing afterwards. */
  async start({ userId, method, provider }: NewSession, before?: string): Promise<string> {
    const token = newSecret();
    const now = this.#clock();
    const expires = new Date(now.getTime() + this.seconds * 1000);
    await this.#database.transaction().execute(async (transaction) => {
      if (provider && !(await isStillOffered(transaction, provider.providerId))) {
        throw new EndedAtProvider(`the provider of user ${userId} was switched off while they signed in`);
      }
      if (provider && (await wasEnded(transaction, provider))) {
        throw new EndedAtProvider(`the identity provider ended the session of user ${userId} while they signed in`);
      }
      if (before) await transaction.deleteFrom("sessions").where("token_hash", "=", hashOf(before)).execute();
      // Archiving somebody, which ends their sessions, waits for this lock or is seen here.
      const user = transaction.selectFrom("users").select("id").where("id", "=", userId);
      const welcome = await user.where("status", "<>", "archived").forShare().executeTakeFirst();
      if (!welcome) throw new Archived(`user ${userId} was archived while they signed in`);
      await transaction
        .insertInto("sessions")
        .values({
          token_hash: hashOf(token),
          user_id: userId,
          method,
          provider_id: provider?.providerId ?? null,
          issuer: provider?.issuer ?? null,
          subject: provider?.subject ?? null,
          sid: provider?.sid ?? null,
          id_token: provider?.idToken ?? null,
          ...this.#refreshing(provider?.refreshToken ?? null, hashOf(token), now),
          created_at: now,
          expires_at: expires,
        })
        .execute();
    });
    return token;
  }

  #refreshing(refreshToken: string | null, place: string, now: Date) {
    if (!this.#refresh || refreshToken === null) return { refresh_token: null, refresh_at: null };
    const { encryption, minutes } = this.#refresh;
    return {
      refresh_token: encryption.encrypt(refreshToken, place),
      refresh_at: new Date(now.getTime() + minutes * 60_000),
    };
  }

  async find(token: string): Promise<SignedInUser | null> {
    const row = await this.#database
      .selectFrom("sessions")
      .innerJoin("users", "users.id", "sessions.user_id")
      .select(["users.id", "users.email", "users.email_verified as emailVerified", "users.name"])
      .select(["users.super_admin as superAdmin", "sessions.method"])
      .where("token_hash", "=", hashOf(token))
      .where("expires_at", ">", this.#clock())
      .where("users.status", "<>", "archived")
      .executeTakeFirst();
    return row ?? null;
  }

  /** Why somebody else has ended the session of this browser, if they have. */
  async whyEnded(token: string): Promise<EndReason | null> {
    const row = await this.#database
      .selectFrom("ended_sessions")
      .select("reason")
      .where("token_hash", "=", hashOf(token))
      .where("expires_at", ">", this.#clock())
      .executeTakeFirst();
    return row?.reason ?? null;
  }

  /** Ends it, and gives the ID token to sign out with at the identity provider, if it was signed in there. */
  async end(token: string): Promise<{ method: string; providerId: string | null; idToken: string | null } | undefined> {
    return this.#database
      .deleteFrom("sessions")
      .where("token_hash", "=", hashOf(token))
      .returning(["method", "provider_id as providerId", "id_token as idToken"])
      .executeTakeFirst();
  }

  async deleteExpired(): Promise<void> {
    const now = this.#clock();
    await this.#database.deleteFrom("sessions").where("expires_at", "<=", now).execute();
    await this.#database.deleteFrom("ended_sessions").where("expires_at", "<=", now).execute();
    await this.#database.deleteFrom("provider_logouts").where("expires_at", "<=", now).execute();
    await this.#database.deleteFrom("sign_in_attempts").where("expires_at", "<=", now).execute();
    await this.#database.deleteFrom("password_limits").where("expires_at", "<=", now).execute();
  }
}

/** Switching a provider off, which ends its sessions, waits for this lock or is seen here. */
async function isStillOffered(transaction: DatabaseTransaction, id: string): Promise<boolean> {
  if (id === environmentProvider) return true;
  const provider = transaction.selectFrom("providers").select("id").where("id", "=", id).where("enabled", "=", true);
  return (await provider.forShare().executeTakeFirst()) !== undefined;
}
