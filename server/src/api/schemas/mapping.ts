// What the engine says of a mapping text and of claims.

import type { DiagnosticCode } from "idp-group-sync";
import { Type } from "typebox";
import { exact, named, use } from "./named.ts";

export const Span = named(
  "Span",
  exact(
    {
      start: Type.Integer({ minimum: 0 }),
      end: Type.Integer({ minimum: 0 }),
      line: Type.Integer({ minimum: 1 }),
      column: Type.Integer({ minimum: 1 }),
    },
    "A place in a text: offsets in UTF-16 code units from 0, line and column from 1.",
  ),
);

const TextEdit = exact({ start: Type.Integer(), end: Type.Integer(), text: Type.String() });

export const Diagnostic = named(
  "Diagnostic",
  exact(
    {
      code: Type.Unsafe<DiagnosticCode>({ type: "string", description: "Stable, and documented with the package." }),
      severity: Type.Enum(["error", "warning", "info"]),
      message: Type.String(),
      params: Type.Record(Type.String(), Type.String()),
      span: Type.Optional(use(Span)),
      help: Type.Optional(Type.String()),
      fixes: Type.Array(exact({ title: Type.String(), edits: Type.Array(TextEdit) })),
    },
    "Something that is wrong or doubtful.",
  ),
);

const oneOrSeveral = Type.Union([Type.String(), Type.Array(Type.String())]);
const claimItems = ["text", "key", "flag", "last-path-segment", "ldap-cn", "ldap-ou"] as const;

export const ClaimSource = named(
  "ClaimSource",
  exact(
    {
      name: oneOrSeveral,
      required: Type.Optional(Type.Boolean()),
      decode: Type.Optional(Type.Enum(["json", "bracketed"])),
      delimiter: Type.Optional(oneOrSeveral),
      item: Type.Optional(Type.Union([Type.Enum([...claimItems]), exact({ field: Type.String() })])),
      prefix: Type.Optional(Type.String()),
    },
    "A claim that carries groups, and how it is read.",
  ),
);

export const ClaimOptions = named(
  "ClaimOptions",
  Type.Union([Type.String(), use(ClaimSource), Type.Array(Type.Union([Type.String(), use(ClaimSource)]))], {
    description: "The claim that carries the groups: its name, or its name and how it is read; or a list of those.",
  }),
);

export const ClaimGroups = named(
  "ClaimGroups",
  exact(
    {
      status: Type.Enum(["present", "empty", "missing", "malformed", "incomplete"]),
      groups: Type.Array(Type.String()),
      path: Type.Array(Type.String()),
      diagnostics: Type.Array(use(Diagnostic)),
    },
    "The groups in a token.",
  ),
);

export const Claims = named(
  "Claims",
  Type.Unsafe<object>({
    type: "object",
    additionalProperties: true,
    description: "The claims of a token.",
  }),
);
