// What logins would come to, decided in the page: the facts are fetched once, and from then on each change of the settings asks the engine here.

import { type EffectiveSettings, effectiveSettings, type InstanceSettings, type LoginRequest } from "idp-group-sync";
import { EngineAsker } from "idp-group-sync-elements/internal/engine/engine-asker.js";
import { type DecidedLogin, noMapping } from "idp-group-sync-elements/internal/engine/questions.js";
import { outcomeFields } from "../../../../../server/src/login/fields.ts";
import { loginRequest } from "../../../../../server/src/login/login-request.ts";
import { claimsOf, sparingUnseen } from "../../../../../server/src/login/unseen-claims.ts";
import type { LoginFacts, Preview } from "../../backend/answers.js";
import { asBackendError, type Backend, BackendError } from "../../backend/backend.js";

/** Whose login: of a known user with the claims of their last token, or with others; or of somebody new with claims. */
export interface Login {
  userId: number | null;
  claims: object | null;
}

/** What comes of it: as the server's preview has it, or why there is nothing. */
export type LoginPreview = { user: Preview["user"] } & (
  | { preview: Preview; failure: null }
  | { preview: null; failure: BackendError }
);

/** Previews of some logins. Whoever asks again with other settings gets the answer in the page, and no request is made. */
export class LoginPreviews {
  #previews = new Map<Login, LoginPreview>();
  /** Why the facts could not be had. */
  failure: BackendError | null = null;
  /** Whether what was asked last is still to be answered. */
  busy = false;

  readonly #backend: Backend;
  readonly #changed: () => void;
  readonly #engine = new EngineAsker();
  #logins: readonly Login[] = [];
  #wanted: InstanceSettings | null = null;
  #facts: LoginFacts | null = null;
  #of: Asked = JSON.stringify({ ids: [], claims: [] });
  #asking: AbortController | undefined;
  #last: AllRequested | undefined;
  #catalogs: { of: LoginFacts; catalogs: Record<string, LoginFacts["workspaces"][number]["catalog"]> } | undefined;

  constructor(backend: Backend, changed: () => void) {
    this.#backend = backend;
    this.#changed = changed;
  }

  /** What is known of a login, if anything is. */
  of(login: Login): LoginPreview | undefined {
    return this.#previews.get(login);
  }

  /** Asks about these logins. Those that are the same as before should be the same array. */
  decide(logins: readonly Login[], settings: InstanceSettings): void {
    const isSame = logins === this.#logins && settings === this.#wanted;
    const ids = [...new Set(logins.flatMap(({ userId }) => userId ?? []))].toSorted((a, b) => a - b);
    const of: Asked = JSON.stringify({ ids, claims: claimsOf(settings) });
    this.#logins = logins;
    this.#wanted = settings;
    if (of !== this.#of || (!this.#facts && !this.#asking && !this.failure)) void this.#fetch(of);
    else if (!isSame) this.#ask();
  }

  /** Has the facts fetched anew: somebody may have signed in meanwhile. */
  refresh(): Promise<void> {
    return this.#fetch(this.#of);
  }

  close(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#engine.close();
    this.#facts = null;
    this.#last = undefined;
  }

  async #fetch(of: Asked): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#of = of;
    this.failure = null;
    this.busy = true;
    try {
      const facts = await this.#backend.loginFacts(JSON.parse(of), asking.signal);
      if (asking.signal.aborted) return;
      this.#facts = facts;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#facts = null;
      this.failure = asBackendError(error);
      this.busy = false;
    }
    this.#asking = undefined;
    if (this.failure) this.#changed();
    else this.#ask();
  }

  #ask(): void {
    const [facts, settings] = [this.#facts, this.#wanted];
    if (!facts || !settings || this.#asking) return;
    this.busy = true;
    const requested = this.#requested(facts, settings);
    const catalogs = this.#catalogsOf(facts);
    const { logins } = requested;
    const asked = { ...noMapping, settings: sparingUnseen(settings, facts.unseenClaims), catalogs, logins };
    this.#engine.ask("logins", asked, undefined, (decided) => {
      const answers = decided.values();
      this.#previews = new Map(
        requested.of.map(([login, one]) => [
          login,
          one.request ? previewOf(one, facts, settings, answers.next().value) : { ...one, preview: null },
        ]),
      );
      this.busy = false;
      this.#changed();
    });
  }

  /** The same as before for settings that list the same workspaces, so that nothing is sent to the engine's worker again. */
  #requested(facts: LoginFacts, settings: InstanceSettings): AllRequested {
    const from = [facts, this.#logins, JSON.stringify(settings.workspaces.map(({ id }) => id))];
    if (!this.#last?.from.every((one, index) => one === from[index])) {
      const of = this.#logins.map((login) => [login, requested(login, facts, settings)] as const);
      this.#last = { from, of, logins: of.flatMap(([, { request }]) => request ?? []) };
    }
    return this.#last as AllRequested;
  }

  #catalogsOf(facts: LoginFacts) {
    if (this.#catalogs?.of !== facts) {
      const catalogs = Object.fromEntries(facts.workspaces.map(({ id, catalog }) => [id, catalog]));
      this.#catalogs = { of: facts, catalogs };
    }
    return this.#catalogs.catalogs;
  }
}

/** Whose facts, and of which claims it has to be known whether they were seen: as JSON, to be compared. */
type Asked = string;

interface AllRequested {
  /** What it was made of. */
  from: unknown[];
  of: (readonly [Login, Requested])[];
  logins: LoginRequest[];
}

type Requested =
  | { user: Preview["user"]; claims: Preview["claims"]; request: LoginRequest }
  | { user: Preview["user"]; failure: BackendError; request: null };

function requested({ userId, claims: given }: Login, facts: LoginFacts, settings: InstanceSettings): Requested {
  const known = facts.users.find(({ user }) => user.id === userId);
  if (userId !== null && !known) {
    const failure = new BackendError({ code: "not-found", message: "there is no such user" });
    return { user: null, failure, request: null };
  }
  const claims = given ?? known?.claims;
  if (!claims) {
    const message = "this user has not signed in with single sign-on yet, so their claims are not known";
    const failure = new BackendError({ code: "no-known-claims", message });
    return { user: known?.user ?? null, failure, request: null };
  }
  const existing = facts.workspaces.map(({ id }) => id);
  const request = loginRequest(known?.facts ?? facts.somebodyNew, {
    settings,
    existing,
    claims,
    unseen: facts.unseenClaims,
  });
  return { user: known?.user ?? null, claims: claims as Preview["claims"], request };
}

function previewOf(
  { user, claims, request }: Extract<Requested, { claims: unknown }>,
  facts: LoginFacts,
  settings: InstanceSettings,
  decided: DecidedLogin | undefined,
): LoginPreview {
  if (decided?.kind !== "outcome") {
    const { code, message, path } = decided?.refusal ?? { code: "internal", message: "the engine gave no answer" };
    const place = path?.replace(/^request\./, "");
    const failure = new BackendError({ code, message, ...(place !== undefined && { path: place }) });
    return { user, preview: null, failure };
  }
  const listed = new Set(settings.workspaces.map(({ id }) => id));
  const workspaces = request.workspaces.map(({ id, member, membership }) => {
    let effective: EffectiveSettings | null | undefined;
    return {
      id,
      name: facts.workspaces.find((workspace) => workspace.id === id)?.name ?? id,
      member,
      membership: membership ?? null,
      // Only when somebody looks: it takes a copy of the whole text.
      get effective() {
        effective ??= listed.has(id) ? effectiveSettings(settings, id) : null;
        return effective;
      },
    };
  });
  const preview = { settingsVersion: null, user, claims, outcome: outcomeFields(decided.outcome), workspaces };
  return { user, preview, failure: null };
}
