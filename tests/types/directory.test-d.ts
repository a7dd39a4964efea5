// The declarations of `idp-group-sync/directory` are those that were agreed, and what a program gives and gets fits.

import { defineGroupSync } from "idp-group-sync/app";
import * as directory from "idp-group-sync/directory";
import type * as contract from "./contract-directory.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<Claim extends true> = Claim;
type Shown<T> = { [Key in keyof T]: T[Key] };

export type Checks = [
  Expect<Same<keyof typeof directory, keyof typeof contract>>,
  Expect<Same<Shown<directory.Directory>, Shown<contract.Directory>>>,
  Expect<Same<Shown<directory.DirectoryUser>, Shown<contract.DirectoryUser>>>,
  Expect<Same<Shown<directory.DirectoryOptions>, Shown<contract.DirectoryOptions>>>,
  Expect<Same<Shown<directory.EntraOptions>, Shown<contract.EntraOptions>>>,
  Expect<Same<Shown<directory.GoogleOptions>, Shown<contract.GoogleOptions>>>,
  Expect<Same<Shown<directory.OktaOptions>, Shown<contract.OktaOptions>>>,
  Expect<Same<Shown<directory.KeycloakOptions>, Shown<contract.KeycloakOptions>>>,
  Expect<Same<Shown<directory.Auth0Options>, Shown<contract.Auth0Options>>>,
  Expect<Same<directory.DirectoryErrorCode, contract.DirectoryErrorCode>>,
  Expect<Same<Shown<directory.DirectoryError>, Shown<contract.DirectoryError>>>,
];

const sync = defineGroupSync({ roles: ["member", "owner"], claim: "groups" });
const keycloak = directory.keycloakDirectory({
  base: "https://id.example.com",
  realm: "main",
  clientId: "app",
  clientSecret: "secret",
  // The platform's own, and one that passes on what it gets.
  fetch: globalThis.fetch,
});
directory.oktaDirectory({
  base: "https://example.okta.com",
  apiToken: "",
  fetch: (address, init) => fetch(address, init),
});

export async function reconcileAll(signal: AbortSignal): Promise<void> {
  await keycloak.groupsOf("ada", { signal });
  for await (const { id, ...user } of keycloak.users({ signal })) await sync.reconcile({ subject: id, ...user });
}

// @ts-expect-error a directory needs to know where it is
directory.oktaDirectory({ apiToken: "" });
// @ts-expect-error there is no such choice
directory.auth0Directory({ base: "", clientId: "", clientSecret: "", groups: "groups" });
