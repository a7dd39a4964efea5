// What super admins do to people, in the demonstration: by the rules of the server, on what the browser keeps.

import type { Invitation, User, UserConflict, UserDetails } from "../answers.js";
import { BackendError, type People, type PersonAnswer, type PersonChange } from "../backend.js";
import { type LocalData, type LocalMembership, type LocalStore, type LocalUser, personOf, userOf } from "./data.js";
import { isLastAdmin } from "./login.js";

type UserChange = NonNullable<NonNullable<UserDetails["standing"]["lastChange"]>["change"]>;

export function localPeople(store: LocalStore, admin: () => LocalUser): People {
  /** `null` where it was so already. */
  const done = (
    user: LocalUser,
    userChange: UserChange | null,
    note = "",
    link: string | null = null,
  ): PersonAnswer => {
    if (userChange !== null) {
      const change = { userChange, actorId: admin().id, note: note.trim() || null };
      const { data } = store;
      const outcome = { allowed: true as const, workspaces: [], diagnostics: [] };
      const at = new Date().toISOString();
      data.logins.push({ at, userId: user.id, settingsVersion: data.versions.length, outcome, applied: [], change });
      store.write();
    }
    return { status: "done", user: shownUser(user), changed: userChange !== null, link };
  };

  return {
    user: async (id) => detailsOf(store.data, userOf(store.data, id)),
    async change(id, change, { note, confirmed = [] }) {
      const { data } = store;
      const user = userOf(data, id);
      const conflict = hindrance(data, user, change, confirmed);
      if (conflict) return { status: "conflict", ...conflict };
      switch (change) {
        case "archive": {
          if (user.status === "archived" && !user.archivedBySync) return done(user, null);
          Object.assign(user, { status: "archived", archivedBySync: false });
          return done(user, "archived", note);
        }
        case "restore": {
          if (user.status !== "archived") return done(user, null);
          const isInvitation = user.subject === null;
          Object.assign(user, { status: isInvitation ? "invited" : "active", archivedBySync: false });
          return done(user, "restored", note, isInvitation && user.superAdmin ? newLink() : null);
        }
        case "invitation":
          return user.superAdmin ? done(user, "invited", note, newLink()) : done(user, null);
        default: {
          const exempt = change === "exempt";
          if ((user.exempt ?? false) === exempt) return done(user, null);
          user.exempt = exempt;
          return done(user, exempt ? "exempted" : "no-longer-exempt", note);
        }
      }
    },
    async invite(invitation) {
      const { data } = store;
      requireAddress(invitation.email);
      const wanted = invitation.email.toLowerCase();
      const existing = data.users.find(({ email }) => email.toLowerCase() === wanted);
      if (existing) return { status: "conflict", error: failure("user-exists"), existing: existing.id };
      const user = invitedUser(data, invitation);
      data.users.push(user);
      return done(user, "invited", invitation.note, user.superAdmin ? newLink() : null);
    },
  };
}

function invitedUser(
  { users }: LocalData,
  { email, name = "", superAdmin = false, workspaces = [] }: Invitation,
): LocalUser {
  const memberships = workspaces.map(({ workspace, role }): [string, LocalMembership] => {
    return [workspace, { status: "invited", role, groups: [] }];
  });
  return {
    id: Math.max(...users.map(({ id }) => id)) + 1,
    name: name.trim() || null,
    email,
    subject: null,
    status: "invited",
    superAdmin,
    token: null,
    claims: null,
    memberships: Object.fromEntries(memberships),
  };
}

function hindrance(
  data: LocalData,
  user: LocalUser,
  change: PersonChange,
  confirmed: string[],
): UserConflict | undefined {
  if (change === "invitation" && (user.status !== "invited" || user.subject !== null)) {
    return { error: failure("not-invited") };
  }
  if (change !== "archive" || user.status === "archived") return undefined;
  if (isLastSuperAdmin(data, user)) return { error: failure("last-super-admin") };
  const lastAdminOf = lastAdminOfWorkspaces(data, user);
  if (lastAdminOf.every(({ workspace }) => confirmed.includes(workspace))) return undefined;
  return { error: failure("last-admin-unconfirmed"), lastAdminOf };
}

const failure = (code: string) => ({ code, message: code });

function requireAddress(email: string): void {
  if (!/^[^@\p{C}\p{Z}]+@[^@\p{C}\p{Z}]+$/u.test(email)) {
    throw new BackendError({ code: "invalid-input", message: "this is no e-mail address", path: "email" });
  }
}

/** It leads nowhere: nobody can really sign in. */
function newLink(): string {
  return `https://app.example.com/sign-in/oidc?invitation=${crypto.randomUUID()}`;
}

function isLastSuperAdmin({ users }: LocalData, user: LocalUser): boolean {
  if (!user.superAdmin || user.status !== "active") return false;
  return !users.some(({ id, superAdmin, status }) => superAdmin && status === "active" && id !== user.id);
}

function lastAdminOfWorkspaces(data: LocalData, user: LocalUser): { workspace: string; name: string }[] {
  if (user.status === "archived") return [];
  return data.workspaces
    .filter(({ id, catalog }) => {
      const own = user.memberships[id];
      const isAdmin = own?.status === "active" && own.role === catalog.roles?.at(-1);
      return isAdmin && isLastAdmin(data, user, id);
    })
    .map(({ id, name }) => ({ workspace: id, name }));
}

function detailsOf(data: LocalData, user: LocalUser): UserDetails {
  const last = data.logins.findLast(({ userId, change }) => userId === user.id && change);
  const by = data.users.find(({ id }) => id === last?.change?.actorId);
  return {
    user: shownUser(user),
    standing: {
      sessions: 0,
      lastSuperAdmin: isLastSuperAdmin(data, user),
      lastAdminOf: lastAdminOfWorkspaces(data, user),
      lastChange: last?.change
        ? {
            change: last.change.userChange,
            at: last.at,
            by: by ? personOf(by) : null,
            method: "admin",
            note: last.change.note,
          }
        : null,
    },
    memberships: data.workspaces.flatMap(({ id, name }) => {
      const own = user.memberships[id];
      if (!own) return [];
      const { status, role, roleGrantedBy = "manual" } = own;
      const grantedAt = user.claims?.at ?? data.versions[0]?.changedAt ?? "";
      const groups = own.groups.map((group) => ({ ...group, grantedAt }));
      return [{ workspace: id, name, status, role, roleGrantedBy, groups }];
    }),
    claims: user.claims,
  };
}

export function shownUser({ subject, status, superAdmin, claims, ...user }: LocalUser): User {
  const { exempt = false, archivedBySync = false } = user;
  const lastSingleSignOn = claims?.at ?? null;
  return { ...personOf(user), subject, status, superAdmin, exempt, archivedBySync, lastSingleSignOn };
}
