// Sessions whose identity provider gave a refresh token are synced again every so often, without anybody signing in. What the identity
// provider has revoked ends. Each session is one process's at a time, and another's after a while if that one is killed.

import * as client from "openid-client";
import { BackgroundWork } from "../background-work.ts";
import type { Database, EndReason } from "../database/schema.ts";
import type { Encryption } from "../encryption.ts";
import type { Engines } from "../login/engines.ts";
import { syncLogin } from "../login/sync-login.ts";
import { isOffered, type Providers, type UsableProvider } from "../providers/providers.ts";
import { directoryIdIn } from "../reconcile/directory.ts";
import { recordRefresh } from "../telemetry/metrics.ts";
import { endSessions } from "./end-sessions.ts";
import { withFetchedGroups } from "./fetched-groups.ts";
import type { RefreshedToken } from "./oidc-client.ts";

/** For how long a session is one process's, in milliseconds. */
const lease = 2 * 60_000;
/** After how long it is tried again where the identity provider did not answer. */
const patience = 60_000;
/** How often it is looked for sessions that are due. */
const interval = 10_000;

export interface RefreshOptions {
  database: Database;
  engines: Engines;
  providers: Pick<Providers, "find">;
  encryption: Encryption;
  clock: () => Date;
  minutes: number;
  log: { info: Log; warn: Log };
}

type Log = (what: object, message: string) => void;

interface DueSession {
  token_hash: string;
  user_id: number;
  provider_id: string | null;
  issuer: string | null;
  subject: string | null;
  refresh_token: string | null;
}

/** Refreshes all sessions that are due, one after the other. */
export class Refresh extends BackgroundWork {
  readonly #options: RefreshOptions;

  constructor(options: RefreshOptions) {
    super({ interval, log: options.log, failure: "sessions could not be refreshed" });
    this.#options = options;
  }

  protected override async work(): Promise<void> {
    for (let due = await this.#take(); due; due = await this.#take()) await this.#refresh(due);
  }

  async #take(): Promise<DueSession | undefined> {
    if (this.isStopped) return undefined;
    const { database, clock } = this.#options;
    const now = clock();
    return database
      .updateTable("sessions")
      .set({ refresh_at: new Date(now.getTime() + lease) })
      .where("token_hash", "in", (sessions) =>
        sessions
          .selectFrom("sessions")
          .select("token_hash")
          .where("refresh_at", "<=", now)
          .where("expires_at", ">", now)
          .orderBy("refresh_at")
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning(["token_hash", "user_id", "provider_id", "issuer", "subject", "refresh_token"])
      .executeTakeFirst();
  }

  async #refresh(session: DueSession): Promise<void> {
    const { log, encryption } = this.#options;
    const { token_hash: place, user_id: userId } = session;
    const refreshToken = session.refresh_token && encryption.decrypt(session.refresh_token, place);
    // Its key is gone, so that nobody could ever say that it was revoked.
    if (!refreshToken) return this.#end(session, "unchecked", "its refresh token cannot be decrypted");
    try {
      const provider = await this.#options.providers.find(session.provider_id ?? "");
      if (!provider?.enabled) return await this.#end(session, "provider-gone", "its identity provider is gone");
      if (!isOffered(provider)) return await this.#later(session, patience);
      const token = await provider.oidc.refresh(refreshToken, (next) => this.#keep(session, next));
      if (token.issuer !== session.issuer || token.claims.sub !== session.subject) {
        return await this.#end(session, "identity-provider", "it was refreshed for somebody else");
      }
      const { outcome, userId: synced } = await this.#sync(provider, token, place);
      if (!outcome.allowed || synced !== userId)
        return await this.#end(session, "refused", outcome.reason ?? "refused");
      await this.#later(session, this.#options.minutes * 60_000);
      recordRefresh("refreshed");
      log.info({ userId }, "session refreshed");
    } catch (error) {
      if (isRevoked(error)) return this.#end(session, "identity-provider", "the identity provider has revoked it");
      log.warn({ err: error, userId }, "a session could not be refreshed");
      recordRefresh("postponed");
      await this.#later(session, patience);
    }
  }

  async #sync({ groupSource }: UsableProvider, { issuer, claims: token }: RefreshedToken, place: string) {
    const { database, engines, clock, log } = this.#options;
    const claims = await withFetchedGroups(database, groupSource, token, (what, message) => log.warn(what, message));
    const context = { database, engines, hasIdentityProvider: true, now: clock(), requestId: `refresh-${place}` };
    const directoryId = directoryIdIn(groupSource, token);
    return syncLogin(context, { method: "oidc", issuer, claims, directoryId, isRefresh: true });
  }

  /** `told` is for the browser, `reason` for the log. */
  async #end({ token_hash, user_id: userId }: DueSession, told: EndReason, reason: string): Promise<void> {
    await endSessions(this.#options.database, (one) => one("token_hash", "=", token_hash), told);
    recordRefresh("ended");
    this.#options.log.info({ userId, reason }, "session ended");
  }

  async #later({ token_hash }: DueSession, milliseconds: number): Promise<void> {
    const { database, clock } = this.#options;
    const refresh_at = new Date(clock().getTime() + milliseconds);
    await database.updateTable("sessions").set({ refresh_at }).where("token_hash", "=", token_hash).execute();
  }

  async #keep({ token_hash }: DueSession, refreshToken: string): Promise<void> {
    const { database, encryption } = this.#options;
    const refresh_token = encryption.encrypt(refreshToken, token_hash);
    await database.updateTable("sessions").set({ refresh_token }).where("token_hash", "=", token_hash).execute();
  }
}

/** RFC 6749, section 5.2: the refresh token is invalid, expired or revoked. */
function isRevoked(error: unknown): boolean {
  return error instanceof client.ResponseBodyError && error.error === "invalid_grant";
}
