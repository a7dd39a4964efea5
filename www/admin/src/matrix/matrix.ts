// Every entry against every workspace of the sync list. Which entry holds where, and what it leads to there, the engine says.

import {
  type Catalog,
  checkMapping,
  type Entry,
  effectiveSettings,
  formatMapping,
  type InstanceSettings,
  type Policy,
  parseMapping,
  type Span,
} from "idp-group-sync";
import type { Workspace } from "../backend/answers.js";

/** An entry in one workspace. */
export interface Cell {
  /** Whether logins go by it there. */
  holds: boolean;
  /** Whether its target is neither a role nor a group there. */
  missing: boolean;
}

export interface Row {
  /** The entry in canonical form. */
  text: string;
  entry: Entry;
  /** Its place in the instance's mapping; `null` if only workspaces have it. */
  span: Span | null;
  /** One for each column. */
  cells: Cell[];
  /** Whether it would grant nothing somewhere that logins sync. */
  problem: boolean;
}

export interface Column {
  id: string;
  enabled: boolean;
  /** How the workspace comes to its mapping. */
  by: "inherited" | "entries" | "mapping";
  /** What it leaves out without need: the instance has no such entry. */
  idle: string[];
}

export interface Matrix {
  columns: Column[];
  /** Those of the instance's mapping in its order, and then those that only workspaces have. */
  rows: Row[];
}

type Listed = InstanceSettings["workspaces"][number];

/** A workspace as it was worked out last. */
interface Known {
  listed: string;
  catalog: Catalog;
  column: Column;
  cells: Cell[];
}

/** Works out anew only what is about a workspace that is no longer as it was: there may be hundreds. */
export class Matrices {
  /** What all workspaces have in common. */
  #common = "";
  #known = new Map<string, Known>();

  of(settings: InstanceSettings, workspaces: readonly Workspace[]): Matrix {
    const { workspaces: all, ...shared } = settings;
    const extra = besides(settings.mapping, all);
    const common = JSON.stringify([shared, extra.text]);
    if (common !== this.#common) this.#known.clear();
    this.#common = common;
    const catalogs = new Map(workspaces.map(({ id, catalog }) => [id, catalog]));
    const instances = parseMapping(settings.mapping).entries;
    const known = all.map((one) => {
      const listed = JSON.stringify(one);
      const catalog = catalogs.get(one.id) ?? nothing;
      const before = this.#known.get(one.id);
      if (before?.listed === listed && before.catalog === catalog) return before;
      return { listed, catalog, ...columnOf(settings, one, catalog, instances, extra) };
    });
    this.#known = new Map(known.map((one) => [one.column.id, one]));
    return matrixOf(settings.mapping, instances, extra, known);
  }
}

const nothing: Catalog = { groups: [] };

function matrixOf(
  instance: string,
  instances: Entry[],
  { text: extra, entries: extras }: Extra,
  known: Known[],
): Matrix {
  const columns = known.map(({ column }) => column);
  const all = [
    ...instances.map((entry) => ({ entry, span: entry.span, of: instance })),
    ...extras.map((entry) => ({ entry, span: null, of: extra })),
  ];
  const rows = all.map(({ entry, span, of }, index) => {
    const row = known.flatMap(({ cells }) => cells[index] ?? []);
    const problem = row.some(({ holds, missing }, place) => holds && missing && columns[place]?.enabled === true);
    return { text: canonical(of, entry), entry, span, cells: row, problem };
  });
  return { columns, rows };
}

function columnOf(
  settings: InstanceSettings,
  listed: Listed,
  catalog: Catalog,
  instances: Entry[],
  { text: extra, entries: extras }: Extra,
): { column: Column; cells: Cell[] } {
  const { id, mapping, entries } = listed;
  const { enabled, policy, diagnostics = [] } = effectiveSettings(settings, id);
  const idle = diagnostics.flatMap(({ code, params }) => (code === "without-nothing" ? (params.entry ?? []) : []));
  const by = mapping !== undefined ? "mapping" : entries ? "entries" : "inherited";
  const own = mapping ?? entries?.add ?? "";
  const unknown = [unknownTargets(settings.mapping, catalog, policy), unknownTargets(extra, catalog, policy)];
  const absent = mapping === undefined ? leftOut(settings.mapping, listed) : missingFrom(own, settings.mapping);
  const foreign = missingFrom(own, extra);
  const cells = [
    ...instances.map((entry) => ({ holds: !absent.has(entry.span.start), missing: isAt(unknown[0], entry) })),
    ...extras.map((entry) => ({ holds: !foreign.has(entry.span.start), missing: isAt(unknown[1], entry) })),
  ];
  return { column: { id, enabled, by, idle }, cells };
}

/** The entries that the instance has not. */
interface Extra {
  text: string;
  entries: Entry[];
}

/** The entries that only workspaces have, each once, in the order of the alphabet: a row stays where it is, whoever has it. */
function besides(instance: string, workspaces: readonly Listed[]): Extra {
  let text = "";
  for (const { mapping, entries } of workspaces) {
    const own = mapping ?? entries?.add;
    if (!own) continue;
    const [unlike, unheard] = [missingFrom(instance, own), missingFrom(text, own)];
    const news = parseMapping(own).entries.filter(({ span }) => unlike.has(span.start) && unheard.has(span.start));
    text = [...(text === "" ? [] : [text]), ...new Set(news.map((entry) => canonical(own, entry)))].join("\n");
  }
  text = text.split("\n").toSorted().join("\n");
  return { text, entries: parseMapping(text).entries };
}

/** Where the entries of `wanted` begin that do not stand in `text`, in whatever form. */
function missingFrom(text: string, wanted: string): Set<number> {
  if (wanted === "") return new Set();
  // To be without an entry that is not there is what the engine tells.
  const { diagnostics = [] } = overlay(text, { without: wanted });
  return new Set(diagnostics.flatMap(({ code, span }) => (code === "without-nothing" && span ? span.start : [])));
}

/** Where the entries of the instance begin that a workspace leaves out. */
function leftOut(instance: string, { entries }: Listed): Set<number> {
  if (!entries?.without) return new Set();
  const kept = missingFrom(entries.without, instance);
  return new Set(parseMapping(instance).entries.flatMap(({ span }) => (kept.has(span.start) ? [] : span.start)));
}

function overlay(mapping: string, entries: { without: string }) {
  const settings = {
    version: 1,
    enabled: true,
    claim: "groups",
    mapping,
    policy: {},
    defaultWorkspace: "here",
  } as const;
  return effectiveSettings({ ...settings, workspaces: [{ id: "here", enabled: true, entries }] }, "here");
}

/** Where targets begin that this workspace does not have. */
function unknownTargets(text: string, catalog: Catalog, policy: Policy): Set<number> {
  const found = text === "" ? [] : checkMapping(text, catalog, policy);
  return new Set(found.flatMap(({ code, span }) => (code === "unknown-target" && span ? span.start : [])));
}

function isAt(places: Set<number> | undefined, { target }: Entry): boolean {
  return places?.has(target.span.start) === true;
}

function canonical(text: string, { span }: Entry): string {
  return formatMapping(text.slice(span.start, span.end));
}
