// Archiving, restoring, inviting and exempting users.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import type { Application } from "../../application.ts";
import { comparedAddress } from "../../login/addresses.ts";
import { archiveUser } from "../../people/archive.ts";
import { CannotChange, type Hindrance } from "../../people/cannot-change.ts";
import type { AdminContext, Changed } from "../../people/change-user.ts";
import { exemptUser } from "../../people/exempt.ts";
import { inviteUser, renewInvitation } from "../../people/invite.ts";
import { restoreUser } from "../../people/restore.ts";
import { environmentProvider } from "../../providers/environment.ts";
import { signInPath } from "../../providers/providers.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { userById } from "../people/users.ts";
import {
  ArchiveBody,
  ChangedUser,
  InvitationBody,
  NoteBody,
  ReasonedBody,
  UserConflict,
} from "../schemas/changing-people.ts";
import { Id, notFound, refusals, unprocessable, unreadable } from "../schemas/common.ts";
import { exact, use } from "../schemas/named.ts";

const params = exact({ user: Id });

const answers = (hindrances: string) => ({
  ...refusals,
  ...unreadable,
  409: { ...use(UserConflict), description: hindrances },
});

export const changingPeopleRoutes: ApiPart = (server, application) => {
  const change = (
    request: FastifyRequest,
    reply: FastifyReply,
    note: string | undefined,
    run: (context: AdminContext) => Promise<Changed>,
  ) => changed(application, request, reply, note, run);

  server.post(
    "/users",
    {
      schema: {
        ...described("change", "inviteUser", "Invite somebody by their e-mail address; no mail is sent"),
        body: InvitationBody,
        response: {
          201: use(ChangedUser),
          ...answers("Somebody has the address: `user-exists`. Or there is no seat left: `no-seat`."),
          ...unprocessable(
            "There is no such workspace: `no-such-workspace`. Or nobody can sign in at this identity provider: `no-such-provider`.",
          ),
        },
      },
    },
    async (request, reply) => {
      const { email, name = "", superAdmin = false, workspaces = [], note } = request.body;
      requireAddress(email);
      requireDifferent(workspaces.map(({ workspace }) => workspace));
      const provider = await providerOf(application, request.body.provider);
      reply.code(201);
      const invitation = { email, name: name.trim() || null, superAdmin, provider, workspaces };
      return change(request, reply, note, (context) => inviteUser(context, invitation));
    },
  );

  server.post(
    "/users/:user/invitation",
    {
      schema: {
        ...described("change", "renewInvitation", "Make a new link for an invitation that needs one"),
        params,
        body: NoteBody,
        response: { 200: use(ChangedUser), ...answers("They are not invited: `not-invited`."), ...notFound },
      },
    },
    (request, reply) =>
      change(request, reply, request.body.note, (context) => renewInvitation(context, request.params.user)),
  );

  server.post(
    "/users/:user/archive",
    {
      schema: {
        ...described("change", "archiveUser", "Archive a user, or withdraw an invitation; no sync restores them"),
        params,
        body: ArchiveBody,
        response: {
          200: use(ChangedUser),
          ...answers(
            "They are the last super admin: `last-super-admin`. Or workspaces would be without an admin, and `confirmed` does not have them: `last-admin-unconfirmed`.",
          ),
          ...notFound,
        },
      },
    },
    (request, reply) => {
      const { note, confirmed = [] } = request.body;
      return change(request, reply, reason(note), (context) => archiveUser(context, request.params.user, confirmed));
    },
  );

  server.post(
    "/users/:user/restore",
    {
      schema: {
        ...described("change", "restoreUser", "Restore an archived user, who takes a seat again"),
        params,
        body: NoteBody,
        response: {
          200: use(ChangedUser),
          ...answers(
            "There is no seat left: `no-seat`. Or they were invited, and somebody else has come with the address since: `user-exists`.",
          ),
          ...notFound,
        },
      },
    },
    (request, reply) =>
      change(request, reply, request.body.note, (context) => restoreUser(context, request.params.user)),
  );

  server.post(
    "/users/:user/exempt",
    {
      schema: {
        ...described("change", "exemptUser", "Make it an account for emergencies, which no sync touches"),
        params,
        body: ReasonedBody,
        response: { 200: use(ChangedUser), ...refusals, ...unreadable, ...notFound },
      },
    },
    (request, reply) =>
      change(request, reply, reason(request.body.note), (context) => exemptUser(context, request.params.user, true)),
  );

  server.post(
    "/users/:user/no-longer-exempt",
    {
      schema: {
        ...described("change", "stopExempting", "Let syncs touch the account again"),
        params,
        body: NoteBody,
        response: { 200: use(ChangedUser), ...refusals, ...unreadable, ...notFound },
      },
    },
    (request, reply) =>
      change(request, reply, request.body.note, (context) => exemptUser(context, request.params.user, false)),
  );
};

async function changed(
  application: Application,
  request: FastifyRequest,
  reply: FastifyReply,
  note: string | undefined,
  run: (context: AdminContext) => Promise<Changed>,
): Promise<Static<typeof ChangedUser> & Partial<Static<typeof UserConflict>>> {
  const { database, clock } = application;
  const actor = { id: whoAsks(request).id, note: note?.trim() || null };
  const done = await run({ database, now: clock(), requestId: request.id, actor }).catch((error: unknown) => {
    if (error instanceof CannotChange) return hindered(error);
    throw error;
  });
  if (!("userId" in done)) return reply.code(409).send(done);
  const { userId, change, secret } = done;
  request.log.info({ userId, change, by: actor.id }, "user changed");
  const user = await userById(database, userId);
  if (!user) throw missing("user");
  const link = secret === null ? null : await linkOf(secret, userId, application);
  return { user, changed: change !== null, link };
}

/** It leads to the identity provider that the invitation is meant for; see `login/find-user.ts`. */
async function linkOf(secret: string, userId: number, { database, origin, providers }: Application): Promise<string> {
  const { invitation_provider: meant } = await database
    .selectFrom("users")
    .select("invitation_provider")
    .where("id", "=", userId)
    .executeTakeFirstOrThrow();
  const [first] = await providers.list();
  return new URL(`${signInPath(meant ?? first?.id ?? environmentProvider)}?invitation=${secret}`, origin).href;
}

/** One at which people can sign in; without a name, the first of them. */
async function providerOf({ providers }: Application, wanted: string | undefined): Promise<string | null> {
  const offered = await providers.offered();
  if (wanted === undefined) return offered[0]?.id ?? null;
  if (offered.some(({ id }) => id === wanted)) return wanted;
  const message = "nobody can sign in at an identity provider of this id";
  throw new ApiError(422, { code: "no-such-provider", message, path: "provider" });
}

const conflicts: Partial<Record<Hindrance, string>> = {
  "last-super-admin": "without this super admin nobody could configure anything",
  "last-admin-unconfirmed": "workspaces would be without an admin; confirm which",
  "no-seat": "the licence has no seat left for them; archive somebody first, or add seats",
  "user-exists": "somebody here has this e-mail address",
  "not-invited": "they are not invited, or have come already",
};

function hindered({ code, details: { lastAdminOf, existing, index = 0 } }: CannotChange): Static<typeof UserConflict> {
  const message = conflicts[code];
  if (message !== undefined) {
    return { error: { code, message }, ...(lastAdminOf && { lastAdminOf }), ...(existing && { existing }) };
  }
  switch (code) {
    case "not-super-admin":
      throw new ApiError(403, { code: "not-super-admin", message: "only a super admin may do this" });
    case "no-such-workspace": {
      const path = `workspaces[${index}].workspace`;
      throw new ApiError(422, { code: "no-such-workspace", message: "there is no such workspace", path });
    }
    default:
      throw missing("user");
  }
}

function invalid(path: string, message: string): ApiError {
  return new ApiError(400, { code: "invalid-input", message, path });
}

/** Spaces and characters that nobody sees say nothing. */
function reason(note: string): string {
  if (!/[^\p{C}\p{Z}]/u.test(note)) throw invalid("note", "say why; the audit keeps it");
  return note;
}

function requireAddress(email: string): void {
  if (comparedAddress(email) === null || !/^[^@]+@[^@]+$/.test(email)) {
    throw invalid("email", "this is no e-mail address, or has spaces or characters that cannot be seen");
  }
}

function requireDifferent(workspaces: string[]): void {
  const again = workspaces.findIndex((workspace, index) => workspaces.indexOf(workspace) < index);
  if (again >= 0) throw invalid(`workspaces[${again}].workspace`, "this workspace is there already");
}
