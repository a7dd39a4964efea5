// What stands otherwise in a version of the settings than in the one before.

import { Type } from "typebox";
import { ClaimOptions } from "./mapping.ts";
import { exact, named, use } from "./named.ts";

const Names = Type.Array(Type.String());
const Fields = Type.Array(Type.Enum(["claim", "mapping", "policy"]));
const ChoiceValue = Type.Union([use(ClaimOptions), Type.Boolean(), Type.String()]);

export const SettingsDiff = named(
  "SettingsDiff",
  exact(
    {
      enabled: Type.Optional(Type.Boolean()),
      defaultWorkspace: Type.Optional(exact({ before: Type.String(), after: Type.String() })),
      scopes: Type.Array(
        exact(
          {
            workspace: Type.Optional(Type.String({ description: "Absent for the instance." })),
            listed: Type.Optional(Type.Boolean()),
            enabled: Type.Optional(Type.Boolean()),
            overridden: Type.Optional(Fields),
            inherited: Type.Optional(Fields),
            choices: Type.Array(exact({ field: Type.String(), before: ChoiceValue, after: ChoiceValue })),
            entries: exact({
              added: Names,
              removed: Names,
              changed: Type.Array(exact({ source: Type.String(), before: Names, after: Names })),
              rewritten: Type.Optional(Type.Literal(true)),
            }),
          },
          "The instance, or a workspace in which something differs.",
        ),
      ),
    },
    "What stands otherwise in a later version of the settings, as the engine's `diffSettings` says it.",
  ),
);
