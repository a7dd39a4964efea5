// Instances of one to four workspaces, and logins into them.

import fc from "fast-check";
import type { Catalog, LoginRequest, LoginWorkspace, ReconcileRequest } from "idp-group-sync";
import type { Instance } from "../rules/login.ts";
import type { KnownLogin } from "../rules/login-impact.ts";
import type { Mapping } from "../rules/mapping.ts";
import { claimsDraft, claimsOf, tokenGroups } from "./claims.ts";
import {
  catalog,
  guardsDraft,
  guardsOf,
  membershipDraft,
  membershipOf,
  provider,
  seatsDraft,
  seatsOf,
} from "./configuration.ts";
import { often, workspaceId } from "./names.ts";
import { validDocument } from "./settings.ts";

const catalogs: fc.Arbitrary<Record<string, Catalog>> = fc
  .record({ main: catalog, lab: catalog, shop: catalog, attic: catalog, missing: often("", "lab", 9) })
  .map(({ missing, ...all }) => Object.fromEntries(Object.entries(all).filter(([id]) => id !== missing)));

const requestDraft = fc.record({
  method: fc.oneof(
    { weight: 12, arbitrary: fc.constant("oidc") },
    fc.constantFrom("password", "saml", "OIDC", "ldap", "scim"),
  ),
  claims: fc.oneof({ weight: 60, arbitrary: claimsDraft }, { weight: 16, arbitrary: fc.constant(undefined) }),
  groups: fc.oneof({ weight: 40, arbitrary: tokenGroups }, fc.constant(undefined)),
  /** Whether there are groups beside the claims too. */
  isBoth: often(false, true, 40),
  provider,
  claimSeen: fc.constantFrom(undefined, undefined, true, false),
  /** Whether the groups are also where the workspaces look for them. */
  isEverywhere: fc.boolean(),
  user: fc.record(
    {
      exists: often(true, false, 2),
      status: fc.oneof({ weight: 20, arbitrary: fc.constant("active") }, fc.constantFrom("invited", "archived")),
      superAdmin: fc.boolean(),
      exempt: often(false, true, 12),
    },
    { requiredKeys: ["exists"] },
  ),
  isUnlicensed: often(false, true, 9),
  licence: fc.record({
    status: often("active", "expired", 25),
    sso: often(true, false, 25),
    groupSync: often(true, false, 25),
    customGroups: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.boolean()),
    seats: fc.option(seatsDraft(15), { nil: undefined, freq: 2 }),
  }),
  passwordLogin: fc.constantFrom(undefined, true, false),
  signup: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(undefined, true) }, fc.constant(false)),
  explain: fc.constantFrom(undefined, true, false),
  workspaces: fc.array(
    fc.record({
      /** Its number in the sync list, or any id. */
      id: fc.oneof({ weight: 9, arbitrary: fc.nat(5) }, workspaceId, fc.constant("attic")),
      member: fc.oneof(
        { weight: 5, arbitrary: fc.constant("active" as const) },
        { weight: 4, arbitrary: fc.constant("none" as const) },
        fc.constantFrom("invited" as const, "archived" as const),
      ),
      membership: fc.option(membershipDraft, { nil: undefined, freq: 9 }),
      guards: fc.option(guardsDraft, { nil: undefined }),
      /** Whether somebody who is no member has a membership all the same. */
      isOdd: often(false, true, 12),
    }),
    { maxLength: 4, size: "max" },
  ),
});

type RequestDraft = typeof requestDraft extends fc.Arbitrary<infer Draft> ? Draft : never;

export interface Logins {
  instance: Instance;
  mappings: Mapping[];
  requests: LoginRequest[];
}

export const logins: fc.Arbitrary<Logins> = fc
  .record({
    document: validDocument,
    catalogs,
    drafts: fc.array(requestDraft, { minLength: 1, maxLength: 4, size: "max" }),
  })
  .map(({ document: { settings, mappings }, catalogs, drafts }) => {
    const instance: Instance = { settings, catalogs, read: (text) => known(mappings, text) };
    return { instance, mappings, requests: drafts.map((draft) => requestOf(draft, instance)) };
  });

export interface Reconciled {
  instance: Instance;
  requests: ReconcileRequest[];
}

/** What a directory says of the users of some logins. */
export const reconciled: fc.Arbitrary<Reconciled> = fc
  .record({
    logins,
    said: fc.array(
      fc.record({
        directory: fc.constantFrom("active", "active", "inactive", "absent"),
        archivedBy: fc.constantFrom(undefined, "sync", "sync", "manual"),
        lastSuperAdmin: fc.constantFrom(undefined, true, false),
        isArchived: often(false, true, 3),
      }),
      { minLength: 4, maxLength: 4 },
    ),
  })
  .map(({ logins: { instance, requests }, said }) => ({
    instance,
    requests: requests.map(({ passwordLogin: _, ...request }, place) => {
      const { directory, archivedBy, lastSuperAdmin, isArchived } = said[place];
      const user = {
        ...request.user,
        // Whom the application does not know it has not archived.
        ...((isArchived || !request.user.exists) && { status: request.user.exists ? "archived" : "active" }),
        ...(archivedBy && { archivedBy }),
        ...(lastSuperAdmin !== undefined && { lastSuperAdmin }),
      };
      return { ...request, directory, user } as ReconcileRequest;
    }),
  }));

export interface LoginChange {
  before: Instance;
  after: Instance;
  users: KnownLogin[];
}

/** Two instances; some of the settings differ, and one may have lost a catalog. */
export const loginChange: fc.Arbitrary<LoginChange> = fc
  .record({
    logins,
    other: validDocument,
    differs: fc.subarray(["enabled", "claim", "mapping", "policy", "workspaces"] as const),
    lost: often("", "main", 9),
    isBack: fc.boolean(),
  })
  .map(({ logins: { instance, mappings, requests }, other, differs, lost, isBack }) => {
    const read = (text: string) => known([...mappings, ...other.mappings], text);
    const fields = differs.flatMap((field) =>
      field === "workspaces" ? [field, "defaultWorkspace" as const] : [field],
    );
    const changed = Object.fromEntries(fields.map((field) => [field, other.settings[field]]));
    const one: Instance = { ...instance, read };
    const two: Instance = {
      settings: { ...instance.settings, ...changed },
      catalogs: Object.fromEntries(Object.entries(instance.catalogs).filter(([id]) => id !== lost)),
      read,
    };
    const [before, after] = isBack ? [two, one] : [one, two];
    return { before, after, users: requests.map((request, number) => ({ id: `user-${number}`, ...request })) };
  });

/** Texts are never parsed here: each was written from what it means. */
export function known(mappings: Mapping[], text: string): Mapping {
  const found = mappings.find((mapping) => mapping.text === text);
  if (!found) throw new Error(`nobody wrote ${JSON.stringify(text)}`);
  return found;
}

function requestOf(draft: RequestDraft, { settings, catalogs }: Instance): LoginRequest {
  const {
    method,
    claims,
    groups,
    isBoth,
    provider,
    claimSeen,
    isEverywhere,
    user,
    licence,
    isUnlicensed,
    passwordLogin,
    signup,
    explain,
  } = draft;
  const { status, seats, customGroups, ...features } = licence;
  const options = isEverywhere ? settings.workspaces.map((workspace) => workspace.claim ?? settings.claim) : [];
  const token = claims && Object.assign({}, ...[...options, settings.claim].map((option) => claimsOf(claims, option)));
  return {
    method,
    ...(token && { claims: token }),
    ...(groups && (isBoth || !token) && { groups }),
    ...(provider && { provider }),
    ...(claimSeen !== undefined && { claimSeen }),
    user,
    ...(!isUnlicensed && {
      licence: {
        status,
        features: { ...features, ...(customGroups !== undefined && { customGroups }) },
        ...(seats && { seats: seatsOf(seats, {}) }),
      },
    }),
    ...(passwordLogin !== undefined && { passwordLogin }),
    ...(signup !== undefined && { signup }),
    ...(explain !== undefined && { explain }),
    workspaces: draft.workspaces.map(({ id: drafted, member, membership, guards, isOdd }): LoginWorkspace => {
      const { workspaces } = settings;
      const id = typeof drafted === "number" ? workspaces[drafted % workspaces.length].id : drafted;
      const known = Object.hasOwn(catalogs, id) ? catalogs[id] : {};
      const has = membership && (member !== "none" || isOdd);
      return {
        id,
        member,
        ...(has && { membership: membershipOf(membership, known) }),
        ...(guards && { guards: guardsOf(guards, known) }),
      };
    }),
  } as LoginRequest;
}
