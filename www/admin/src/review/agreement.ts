// Whether the server decides as the page does: it is asked once, about those who are pinned, before anything is saved.

import type { InstanceSettings } from "idp-group-sync";
import type { Preview } from "../backend/answers.js";
import { asBackendError, type Backend, type BackendError } from "../backend/backend.js";
import { type Login, type LoginPreview, LoginPreviews } from "../shared/state/login-previews.js";

export interface Difference {
  login: Login;
  page: LoginPreview;
  /** Where the plans differ; empty if the logins as a whole do. */
  workspaces: string[];
}

/** Whoever comes without groups stands for all, where nobody is pinned. */
const anybody: readonly Login[] = [{ userId: null, claims: {} }];

export class Agreement {
  state: "asking" | "agrees" | "differs" | "failed" = "asking";
  differences: Difference[] = [];
  failure: BackendError | null = null;
  readonly logins: readonly Login[];

  readonly #backend: Backend;
  readonly #settings: InstanceSettings;
  readonly #changed: () => void;
  readonly #stopping = new AbortController();

  constructor(backend: Backend, pinned: readonly Login[], settings: InstanceSettings, changed: () => void) {
    this.#backend = backend;
    this.#settings = settings;
    this.#changed = changed;
    this.logins = pinned.length > 0 ? pinned : anybody;
    void this.#findOut();
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #findOut(): Promise<void> {
    try {
      this.differences = await this.#compare();
      // Somebody may have signed in between the one and the other.
      if (this.differences.length > 0) this.differences = await this.#compare();
      this.state = this.differences.length > 0 ? "differs" : "agrees";
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.failure = asBackendError(error);
      this.state = "failed";
    }
    if (!this.#stopping.signal.aborted) this.#changed();
  }

  async #compare(): Promise<Difference[]> {
    const inPage = await decided(this.#backend, this.logins, this.#settings);
    const compared = this.logins.map(async (login): Promise<Difference[]> => {
      const page = inPage(login);
      // Of somebody whose claims are not known, neither can say anything.
      if (!page?.preview) return [];
      const { userId, claims } = login;
      const asked = {
        settings: this.#settings,
        ...(userId !== null && { userId }),
        ...(claims !== null && { claims: claims as Preview["claims"] }),
      };
      const server = await this.#backend.preview(asked, this.#stopping.signal);
      if (isSame(page.preview.outcome, server.outcome)) return [];
      return [{ login, page, workspaces: differing(page.preview, server) }];
    });
    return (await Promise.all(compared)).flat();
  }
}

/** Decides the logins in the page, by facts of this moment. */
async function decided(
  backend: Backend,
  logins: readonly Login[],
  settings: InstanceSettings,
): Promise<(login: Login) => LoginPreview | undefined> {
  return new Promise((resolve, reject) => {
    const previews = new LoginPreviews(backend, () => {
      previews.close();
      if (previews.failure) reject(previews.failure);
      else resolve((login) => previews.of(login));
    });
    previews.decide(logins, settings);
  });
}

function differing(page: Preview, server: Preview): string[] {
  const plans = new Map(server.outcome.workspaces.map(({ id, plan }) => [id, plan]));
  const different = page.outcome.workspaces.filter(({ id, plan }) => !isSame(plan, plans.get(id)));
  return different.map(({ id }) => page.workspaces.find((workspace) => workspace.id === id)?.name ?? id);
}

/** Whatever the order in which fields come. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
