// Reading and changing the settings.

import { Type } from "typebox";
import { Failure, Person, Version, When } from "./common.ts";
import { Diagnostic, EffectiveSettings, InstanceSettings, SettingsCommand, SettingsDiff } from "./engine.ts";
import { exact, named, nullable, tagged, use } from "./named.ts";
import { SavedSet, ScenarioRun } from "./trying-out.ts";

const change = { changedAt: When, changedBy: nullable(use(Person)) };

export const StoredSettings = named(
  "StoredSettings",
  exact(
    {
      version: Version,
      settings: use(InstanceSettings),
      effective: Type.Array(use(EffectiveSettings), {
        description: "For each workspace of the sync list, in its order.",
      }),
      mended: Type.Boolean({
        description: "Whether parts of it that are no longer allowed stand in the nearest form that is.",
      }),
      ...change,
    },
    "A version of the settings.",
  ),
);

const Count = Type.Integer({ minimum: 0 });

export const Confirmation = Type.Union(
  [
    exact({ count: { ...Count, description: "The `toConfirm` that was shown." } }),
    exact({ unknown: Type.Literal(true, { description: "That it is not known whom it concerns." }) }),
  ],
  {
    description: "Needed for a change by which known users are kept out, or lose the highest role of a workspace.",
  },
);

const failing = Type.Optional({
  ...Count,
  description: "Needed where scenarios or guarantees do not hold: the `failing` that was shown.",
});

export const CommandBody = exact({
  version: Version,
  command: use(SettingsCommand),
  confirmed: Type.Optional(Confirmation),
  failing,
});
export const SaveBody = exact({
  version: Version,
  confirmed: Type.Optional(Confirmation),
  failing,
  commands: Type.Array(use(SettingsCommand), { maxItems: 1000 }),
  expectations: Type.Optional(
    Type.Array(use(SavedSet), { maxItems: 1000, description: "Scenarios and guarantees to be stored with them." }),
  ),
});

export const SettingsAnswer = named(
  "SettingsAnswer",
  tagged(
    "status",
    [
      exact(
        {
          status: Type.Literal("applied"),
          stored: use(StoredSettings),
          diagnostics: Type.Array(Type.Array(use(Diagnostic)), {
            description: "For each command: warnings about the text of a mapping that it set.",
          }),
          expectations: Type.Array(use(SavedSet), { description: "Those of the request, as they are stored." }),
        },
        "Stored. If the commands changed nothing, there is no new version.",
      ),
      exact(
        {
          status: Type.Literal("confirm"),
          warnings: Type.Array(exact({ path: Type.String(), warning: Type.String() })),
        },
        "Nothing is stored. Show the warnings; if the admin agrees, send the commands at these paths with `confirmed: true`.",
      ),
    ],
    "What came of commands.",
  ),
);

export const UnconfirmedSettings = named(
  "UnconfirmedSettings",
  exact(
    {
      error: Failure,
      toConfirm: { ...Count, description: "Users of whom any of the following holds, each once." },
      denied: { ...Count, description: "Users whom a workspace lets in at present, and would refuse." },
      refused: { ...Count, description: "Users who can sign in at present, and could not." },
      topRoleLost: { ...Count, description: "Users who would lose the highest role of a workspace." },
    },
    "Nothing is stored: show these numbers, and send `confirmed` with the count.",
  ),
);

export const UnconfirmedExpectations = named(
  "UnconfirmedExpectations",
  exact(
    {
      error: Failure,
      holding: { ...Count, description: "Scenarios that pass, and guarantees that hold." },
      failing: { ...Count, description: "Those that do not, or could not be run." },
      runs: Type.Array(use(ScenarioRun)),
    },
    "Nothing is stored: show these, and send `failing` with the number.",
  ),
);

export const StaleExpectations = named(
  "StaleExpectations",
  exact({ error: Failure, stale: Type.Array(use(SavedSet)) }, "Nothing is stored. These are stored now."),
);

export const StaleSettings = named(
  "StaleSettings",
  exact(
    {
      error: Failure,
      current: use(StoredSettings),
      base: use(InstanceSettings),
      yours: nullable(use(InstanceSettings)),
    },
    "Somebody else was faster, and nothing is stored. `current` holds now, `base` is the version that was sent, and `yours` is what the commands make of it, or `null` if it refuses them.",
  ),
);

export const VersionsAnswer = exact({
  versions: Type.Array(
    exact({
      version: Version,
      ...change,
      changes: {
        ...nullable(use(SettingsDiff)),
        description:
          "Since the version before, and `null` for the first one. Each list of entries has the first 20; for all of them, compare the two versions.",
      },
      entriesLeftOut: { ...Count, description: "How many entries stand in no list of `changes`, as these are full." },
    }),
  ),
  next: nullable(Version),
});
