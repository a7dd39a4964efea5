// What no token gives, and whether that holds.

import { Type } from "typebox";
import { exact, named } from "./named.ts";
import { Grant } from "./plan.ts";

const Reach = exact({
  role: Type.Optional(Type.String({ description: "A higher role reaches it too." })),
  group: Type.Optional(Type.String()),
  groups: Type.Array(Type.String(), { description: "IdP groups, by their exact names." }),
});

export const Guarantee = named(
  "Guarantee",
  exact(
    {
      name: Type.String({ minLength: 1, maxLength: 200 }),
      only: Type.Optional(Reach),
      never: Type.Optional(Reach),
    },
    "Holds for every token there could be: nobody reaches the role or group without one of these groups (`only`), or with one of them (`never`).",
  ),
);

export const GuaranteeResult = named(
  "GuaranteeResult",
  exact({
    name: Type.String(),
    verdict: Type.Enum(["holds", "fails", "unknown"]),
    counterexample: Type.Optional(
      exact({
        idpGroups: Type.Array(Type.String()),
        grant: Type.Optional(Grant),
        requires: Type.Optional(Type.String()),
        text: Type.String(),
      }),
    ),
    outside: Type.Array(Type.String()),
    unnamed: Type.Array(Type.String()),
  }),
);
