// What several resources share.

import { Type } from "typebox";
import { Diagnostic } from "./engine.ts";
import { exact, named, nullable, use } from "./named.ts";

export const When = Type.String({ format: "date-time" });

/** PostgreSQL cannot hold the character U+0000, nor half a surrogate pair. */
export const text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: "^[^\\u0000\\p{Cs}]*$" });

export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
export const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "Of the stored settings." });
export const WorkspaceId = text(1024, 1);

export const EmailVerified = Type.Boolean({
  description: "`false`: the identity provider does not say that the e-mail address is theirs.",
});

export const Person = named(
  "Person",
  exact(
    { id: Id, name: nullable(Type.String()), email: nullable(Type.String()), emailVerified: EmailVerified },
    "A user, as they are called.",
  ),
);

const errorFields = {
  code: Type.String({ description: "Stable." }),
  message: Type.String({ description: "For people; may be improved." }),
  path: Type.Optional(Type.String({ description: "Where in the request, for example `settings.workspaces[1].id`." })),
  diagnostics: Type.Optional(Type.Array(use(Diagnostic))),
};

export const Failure = exact(errorFields);

export const ErrorAnswer = named("Error", exact({ error: Failure }, "Why a request was not carried out."));

const because = (description: string) => ({ ...use(ErrorAnswer), description });

/** The answers of every route that needs a super admin. */
export const refusals = {
  400: because("The request has the wrong shape: `invalid-input`, with the path."),
  401: because("Nobody is signed in: `not-signed-in`."),
  403: because("The user is no super admin (`not-super-admin`), or the CSRF token is missing or wrong (`csrf-token`)."),
  500: because("A fault of the server: `internal`. The log has the cause."),
  503: because("The database cannot be reached: `database-unavailable`. Nothing was changed, or all of it."),
};

export const notFound = { 404: because("There is no such thing: `not-found`.") };
export const unprocessable = (description: string) => ({ 422: because(description) });
export const conflict = (description: string) => ({ 409: because(description) });
/** Of every route that reads a body. */
export const unreadable = {
  413: because("The body is larger than the server, or the engine, takes: `too-large`."),
  415: because("The body is not `application/json`: `unsupported-media-type`."),
};
