// Documents, valid and not, and commands.

import fc from "fast-check";
import type { InstanceSettings, SettingsCommand, WorkspaceEntries, WorkspaceSettings } from "idp-group-sync";
import type { Entry, Mapping } from "../rules/mapping.ts";
import { noSources } from "../rules/requirements.ts";
import { claimOptions, faultyClaimOptions } from "./claim-options.ts";
import { policy } from "./configuration.ts";
import {
  anyMapping,
  commandMapping,
  mistake,
  noMapping,
  shortMapping,
  spelling,
  withMistake,
  writeEntries,
} from "./mapping-text.ts";
import { often, workspaceId } from "./names.ts";

/** A document, and what its texts mean. */
export interface Document {
  settings: InstanceSettings;
  mappings: Mapping[];
}

/** In a document `null` is as good as left out. */
function nullable<Value>(values: fc.Arbitrary<Value>) {
  return fc.oneof({ weight: 9, arbitrary: values }, fc.constant(null));
}

/** A text of entries: some that stand elsewhere, written once more, and some others. */
const picked = (sound: number) =>
  fc
    .record({
      places: fc.array(fc.nat(30), { maxLength: 3, size: "max" }),
      others: shortMapping,
      hasOthers: often(false, true, 2),
      spelling,
      mistake: fc.oneof({ weight: sound, arbitrary: fc.constant(undefined) }, mistake),
    })
    .map(({ places, others, hasOthers, spelling, mistake }) => (pool: Entry[]): Mapping => {
      const stood = places.flatMap((place) => (pool.length > 0 ? [pool[place % pool.length]] : []));
      const written = writeEntries([...stood, ...(hasOthers ? others.entries : [])], spelling);
      return mistake ? withMistake(written, mistake) : written;
    });

const entriesDraft = (sound: number) =>
  fc.record({ add: nullable(picked(sound)), without: nullable(picked(sound)) }, { requiredKeys: [] });

interface Entries {
  entries: WorkspaceEntries;
  mappings: Mapping[];
}

function entriesOf(
  { add, without }: { add?: ((pool: Entry[]) => Mapping) | null; without?: ((pool: Entry[]) => Mapping) | null },
  pool: Entry[],
): Entries {
  const texts = {
    ...(add !== undefined && { add: add?.(pool) }),
    ...(without !== undefined && { without: without?.(pool) }),
  };
  const entries = Object.fromEntries(Object.entries(texts).map(([field, mapping]) => [field, mapping?.text ?? null]));
  return { entries: entries as WorkspaceEntries, mappings: Object.values(texts).flatMap((mapping) => mapping ?? []) };
}

const workspaces = fc.uniqueArray(
  fc.record(
    {
      id: workspaceId,
      enabled: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
      claim: nullable(claimOptions),
      mapping: nullable(anyMapping),
      entries: nullable(entriesDraft(12)),
      policy: nullable(policy),
    },
    { requiredKeys: ["id", "enabled"] },
  ),
  { selector: ({ id }) => id, minLength: 1, maxLength: 3, size: "max" },
);

export const validDocument: fc.Arbitrary<Document> = fc
  .record({
    enabled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    claim: claimOptions,
    mapping: anyMapping,
    policy,
    defaultPlace: fc.nat(3),
    workspaces,
  })
  .map(({ enabled, claim, mapping, policy, defaultPlace, workspaces }) => {
    const mappings = [noMapping, mapping, ...workspaces.flatMap((workspace) => workspace.mapping ?? [])];
    const isOneEnabled = workspaces.some((workspace) => workspace.enabled);
    const written = workspaces.map((workspace, place): WorkspaceSettings => {
      const { mapping: own, entries: drafted, ...rest } = workspace;
      // "A workspace has no `mapping` beside `entries`."
      const entries = drafted && own == null ? entriesOf(drafted, mapping.entries) : undefined;
      mappings.push(...(entries?.mappings ?? []));
      const enabled = workspace.enabled || (place === 0 && !isOneEnabled);
      return {
        ...rest,
        ...(own !== undefined && { mapping: own?.text ?? null }),
        ...(drafted !== undefined && { entries: entries?.entries ?? null }),
        enabled,
      } as WorkspaceSettings;
    });
    return {
      settings: {
        version: 1,
        enabled,
        claim,
        mapping: mapping.text,
        policy,
        defaultWorkspace: written[defaultPlace % written.length].id,
        workspaces: written,
      },
      mappings,
    };
  });

/** Documents that break rules of "What a valid document is", one of them or several. */
export const brokenSettings: fc.Arbitrary<InstanceSettings> = fc
  .record({
    document: validDocument,
    faulty: faultyClaimOptions,
    require: fc.constantFrom(...noSources),
    breaks: fc.oneof(
      { weight: 3, arbitrary: fc.nat(13).map((number) => [number]) },
      fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], { minLength: 1 }),
    ),
  })
  .map(({ document: { settings }, faulty, require, breaks }) => {
    let broken = settings;
    const last = settings.workspaces[settings.workspaces.length - 1];
    if (breaks.includes(0)) broken = { ...broken, version: 2 as 1 };
    if (breaks.includes(1)) broken = { ...broken, claim: faulty };
    if (breaks.includes(2))
      broken = { ...broken, workspaces: [...broken.workspaces, { ...last, id: "more", claim: faulty }] };
    if (breaks.includes(3)) broken = { ...broken, workspaces: [...broken.workspaces, last] };
    if (breaks.includes(4)) broken = { ...broken, workspaces: [{ ...last, id: "" }, ...broken.workspaces] };
    if (breaks.includes(5)) {
      broken = { ...broken, workspaces: broken.workspaces.map((workspace) => ({ ...workspace, enabled: false })) };
    }
    if (breaks.includes(6)) broken = { ...broken, defaultWorkspace: "nowhere" };
    if (breaks.includes(7)) broken = { ...broken, workspaces: [...broken.workspaces, { ...last, id: "a\u0000b" }] };
    if (breaks.includes(8)) broken = { ...broken, mapping: `${broken.mapping}\u0000` };
    if (breaks.includes(9)) broken = { ...broken, policy: { require } };
    if (breaks.includes(10))
      broken = { ...broken, workspaces: [...broken.workspaces, { ...last, id: "strict", policy: { require } }] };
    const differing = (id: string, differs: Partial<WorkspaceSettings>) => ({
      ...broken,
      workspaces: [...broken.workspaces, { ...last, id, mapping: undefined, entries: undefined, ...differs }],
    });
    if (breaks.includes(11)) broken = differing("both", { mapping: "", entries: {} });
    if (breaks.includes(12)) broken = differing("more", { entries: { add: "\u0000", without: "" } });
    if (breaks.includes(13)) broken = differing("less", { entries: { without: "# \u0000" } });
    return broken;
  });

/** One fault of shape each, and its path; these are checked before the rules. */
export const misshapenSettings: fc.Arbitrary<{ settings: unknown; path: string }> = fc
  .tuple(
    fc.oneof(
      validDocument.map(({ settings }) => settings),
      brokenSettings,
    ),
    fc.nat(12),
  )
  .map(([settings, number]) => {
    const [first, ...others] = settings.workspaces;
    const faults: { settings: unknown; path: string }[] = [
      { settings: { ...settings, colour: "red" }, path: "settings.colour" },
      {
        settings: { ...settings, workspaces: [{ ...first, colour: "red" }, ...others] },
        path: "settings.workspaces[0].colour",
      },
      { settings: { ...settings, policy: { removal: "some" } }, path: "settings.policy.removal" },
      { settings: { ...settings, version: undefined }, path: "settings.version" },
      { settings: { ...settings, mapping: null }, path: "settings.mapping" },
      { settings: { ...settings, enabled: "yes" }, path: "settings.enabled" },
      {
        settings: { ...settings, workspaces: [{ ...first, enabled: undefined }, ...others] },
        path: "settings.workspaces[0].enabled",
      },
      { settings: { ...settings, workspaces: { main: first } }, path: "settings.workspaces" },
      { settings: { ...settings, policy: { colour: "red" } }, path: "settings.policy.colour" },
      {
        settings: { ...settings, workspaces: [{ ...first, entries: "sales -> s" }, ...others] },
        path: "settings.workspaces[0].entries",
      },
      {
        settings: { ...settings, workspaces: [{ ...first, entries: { colour: "red" } }, ...others] },
        path: "settings.workspaces[0].entries.colour",
      },
      {
        settings: { ...settings, workspaces: [{ ...first, entries: { add: 1 } }, ...others] },
        path: "settings.workspaces[0].entries.add",
      },
      { settings: { ...settings, defaultWorkspace: 1 }, path: "settings.defaultWorkspace" },
    ];
    return faults[number];
  });

/** A command, what its texts mean, and who gives it; some name entries that the document has by then. */
export interface Given {
  draft: (pool: Entry[]) => { command: SettingsCommand; mappings?: Mapping[] };
  superAdmin: boolean;
}

type Drafted = ReturnType<Given["draft"]>;

const anyId = fc.oneof({ weight: 6, arbitrary: workspaceId }, fc.constantFrom("attic", "", "a\u0000b", "a\u0085b"));
const maybeId = fc.oneof({ weight: 3, arbitrary: anyId }, fc.constantFrom(undefined, null));
const anyClaim = fc.oneof({ weight: 2, arbitrary: claimOptions }, faultyClaimOptions);

const command: fc.Arbitrary<Drafted> = fc.oneof(
  fc.constantFrom({ command: { type: "enable" as const } }, { command: { type: "disable" as const } }),
  fc
    .record({ claim: anyClaim, workspace: maybeId })
    .map((rest) => ({ command: { type: "set-claim" as const, ...rest } })),
  fc.record({ mapping: commandMapping, workspace: maybeId }).map(({ mapping, workspace }) => ({
    command: { type: "set-mapping" as const, mapping: mapping.text, workspace },
    mappings: [mapping],
  })),
  fc.record({ policy, workspace: maybeId }).map((rest) => ({ command: { type: "set-policy" as const, ...rest } })),
  fc
    .record({ workspace: anyId, field: fc.constantFrom("claim" as const, "mapping" as const, "policy" as const) })
    .map((rest) => ({ command: { type: "inherit" as const, ...rest } })),
  anyId.map((workspace) => ({ command: { type: "add-workspace" as const, workspace } })),
  anyId.map((workspace) => ({ command: { type: "enable-workspace" as const, workspace } })),
  anyId.map((workspace) => ({ command: { type: "disable-workspace" as const, workspace } })),
  fc
    .record(
      { workspace: anyId, confirmed: fc.constantFrom(true, true, false, null), newDefault: maybeId },
      { requiredKeys: ["workspace"] },
    )
    .map((rest) => ({ command: { type: "remove-workspace" as const, ...rest } })),
  anyId.map((workspace) => ({ command: { type: "set-default-workspace" as const, workspace } })),
) as fc.Arbitrary<Drafted>;

const ofEntries: fc.Arbitrary<Given["draft"]> = fc.oneof(
  fc.record({ workspace: anyId, draft: entriesDraft(8) }).map(({ workspace, draft }) => (pool: Entry[]) => {
    const { entries, mappings } = entriesOf(draft, pool);
    return { command: { type: "set-entries" as const, workspace, entries }, mappings };
  }),
  fc
    .record({ workspace: anyId, holds: fc.boolean(), draft: picked(8) })
    .map(({ workspace, holds, draft }) => (pool: Entry[]) => {
      const mapping = draft(pool);
      return { command: { type: "set-entry" as const, workspace, entry: mapping.text, holds }, mappings: [mapping] };
    }),
);

const draft: fc.Arbitrary<Given["draft"]> = fc.oneof(
  { weight: 10, arbitrary: command.map((drafted) => () => drafted) },
  { weight: 5, arbitrary: ofEntries },
);

export const given: fc.Arbitrary<Given> = fc
  .tuple(draft, fc.oneof({ weight: 12, arbitrary: fc.constant(true) }, fc.constant(false)))
  .map(([draft, superAdmin]) => ({ draft, superAdmin }));

/** Commands of the wrong shape, and their paths. */
export const misshapenCommand: fc.Arbitrary<{ command: unknown; path: string }> = fc.constantFrom<
  { command: unknown; path: string }[]
>(
  { command: { type: "restart" }, path: "command.type" },
  { command: { type: "enable", colour: "red" }, path: "command.colour" },
  { command: { type: "enable", workspace: "main" }, path: "command.workspace" },
  { command: { type: "set-claim" }, path: "command.claim" },
  { command: { type: "set-mapping", workspace: "main" }, path: "command.mapping" },
  { command: { type: "set-policy", policy: { removal: "some" } }, path: "command.policy.removal" },
  { command: { type: "inherit", workspace: "main" }, path: "command.field" },
  { command: { type: "add-workspace" }, path: "command.workspace" },
  { command: { type: "set-entries", workspace: "main" }, path: "command.entries" },
  { command: { type: "set-entries", entries: {} }, path: "command.workspace" },
  { command: { type: "set-entries", workspace: "main", entries: { colour: "red" } }, path: "command.entries.colour" },
  { command: { type: "set-entry", workspace: "main", holds: true }, path: "command.entry" },
  { command: { type: "set-entry", workspace: "main", entry: "" }, path: "command.holds" },
  { command: { type: "set-entry", entry: "", holds: false }, path: "command.workspace" },
  { command: { type: "disable-workspace", workspace: "main", newDefault: "lab" }, path: "command.newDefault" },
);
