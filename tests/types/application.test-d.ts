// Names of roles and groups flow from what an application says to what comes of a login, and no outcome can be passed over.

import { defineGroupSync, type Store } from "idp-group-sync/app";

declare const store: Store;

const sync = defineGroupSync({
  store,
  roles: ["member", "editor", "owner"],
  groups: ["sales", { name: "marketing", requires: "editor" }],
  claim: "groups",
});

export async function signIn(claims: object): Promise<string> {
  const login = await sync.login({ subject: "ada", claims });
  // @ts-expect-error the login may be refused
  login.role satisfies string;
  switch (login.outcome) {
    case "admitted":
      login.role satisfies "member" | "editor" | "owner";
      login.groups satisfies ("sales" | "marketing")[];
      login.changes.role satisfies { from: string | null; to: "member" | "editor" | "owner" } | null;
      // @ts-expect-error there is no such role
      return login.role === "admin" ? "" : login.role;
    case "kept":
      // @ts-expect-error whoever is kept as they are may have no role
      login.role satisfies "member" | "editor" | "owner";
      return `${login.role ?? "nobody"}: ${login.reason}`;
    case "refused":
      return login.message;
  }
}

const set = defineGroupSync({
  store,
  roles: { kind: "set", names: ["editor", "owner"] },
  groups: ["sales"],
  claim: "groups",
});

export async function roles(): Promise<("editor" | "owner")[]> {
  const login = await set.preview({ subject: "ada", groups: ["sales"] });
  return login.outcome === "refused" ? [] : login.roles;
}

// @ts-expect-error a group can only require a role that there is
defineGroupSync({ roles: ["member"], groups: [{ name: "sales", requires: "editor" }], claim: "groups" });
defineGroupSync({
  // @ts-expect-error groups of a set of roles require none
  roles: { kind: "set", names: ["editor"] },
  groups: [{ name: "sales", requires: "editor" }],
  claim: "groups",
});
// @ts-expect-error seats are those of roles that there are
defineGroupSync({ roles: ["member"], seats: { roles: { owner: 1 } }, claim: "groups" });
// @ts-expect-error a claim, or settings
defineGroupSync({ roles: ["member"] });
