// What becomes of known users' logins if other settings replaced the stored ones. The engine decides both sides as it decides logins; here users
// are handed to it, and its words are passed on.

import {
  type Catalog,
  type ClaimOptions,
  type InstanceSettings,
  LoginImpact,
  type LoginImpactSummary,
  type LoginRequest,
} from "idp-group-sync";
import type { Static } from "typebox";
import { sparingUnseen } from "../../login/unseen-claims.ts";
import type { Person } from "../schemas/common.ts";
import type { ImpactEvent } from "../schemas/trying-out.ts";

export type Event = Static<typeof ImpactEvent>;

/** A user's next login, as far as it is known. */
export interface KnownLogin {
  user: Static<typeof Person>;
  /** Of their last token, as JSON. */
  claims: string;
  request: Omit<LoginRequest, "method" | "claims">;
}

export class Comparison {
  readonly #impact: LoginImpact;

  /** `unseen` has the claims of either side that no token has carried. */
  constructor(
    before: InstanceSettings,
    after: InstanceSettings,
    catalogs: Record<string, Catalog>,
    unseen: readonly ClaimOptions[],
  ) {
    this.#impact = new LoginImpact(
      { settings: sparingUnseen(before, unseen), catalogs },
      { settings: sparingUnseen(after, unseen), catalogs },
    );
  }

  /** Those of a page whose next login would come out otherwise. */
  *compare(logins: KnownLogin[]): Generator<Event> {
    const people = new Map(logins.map(({ user }) => [String(user.id), user]));
    for (const { id, refused, workspaces } of this.#impact.push(logins.map(lineOf).join(""))) {
      const user = people.get(id);
      if (!user) throw new Error("the engine names a user whom it was not given");
      if (refused) yield { type: "login", user, refused };
      for (const { id: workspace, ...change } of workspaces) yield { type: "change", workspace, user, ...change };
    }
  }

  finish(): LoginImpactSummary {
    return this.#impact.finish().summary;
  }

  free(): void {
    this.#impact.free();
  }
}

function lineOf({ user, claims, request }: KnownLogin): string {
  const head = JSON.stringify({ id: String(user.id), method: "oidc", ...request });
  return `${head.slice(0, -1)},"claims":${claims}}\n`;
}
