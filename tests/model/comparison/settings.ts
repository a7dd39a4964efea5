// Settings against the model: documents, and commands one after another.

import type { EffectiveSettings, InstanceSettings, SettingsChange } from "idp-group-sync";
import { applyCommand, defaultSettings, effectiveSettings, LoginSync } from "idp-group-sync";
import { known } from "../random/login.ts";
import type { Document, Given } from "../random/settings.ts";
import { applyCommand as apply, type ModelChange } from "../rules/commands.ts";
import * as rules from "../rules/settings.ts";
import { count } from "./coverage.ts";
import { attempt, compare, invalidInput } from "./difference.ts";
import { claimOf, withoutNulls } from "./shape.ts";

export interface Edits {
  /** Or else the default settings of `main`. */
  document?: Document;
  commands: Given[];
}

export function compareEdits({ document, commands }: Edits): number {
  const mappings = [...(document?.mappings ?? []), ...commands.flatMap(({ mapping }) => mapping ?? [])];
  const read = (text: string) => known(mappings, text);
  let settings = document?.settings ?? rules.defaultSettings("main");
  if (!document) {
    mappings.push({ text: "", entries: [], codes: [], broken: false });
    compare("defaultSettings", () => ({ workspace: "main" }), settings, defaultSettings("main"));
  }
  compareEffective(settings);
  for (const { command, superAdmin } of commands) {
    const before = JSON.stringify(settings);
    const expect = apply(settings, command, superAdmin, read);
    const given = () => ({ settings, command, actor: { superAdmin } });
    compare(
      "change",
      given,
      expected(expect),
      attempt(() => changeOf(applyCommand(settings, command, { superAdmin }))),
    );
    if (JSON.stringify(settings) !== before) throw new Error(`its input was changed by ${JSON.stringify(command)}`);
    countChange(command.type, expect);
    if (expect.status === "applied") {
      settings = expect.settings;
      compareEffective(settings);
    }
  }
  return commands.length + 1;
}

function compareEffective(settings: InstanceSettings): void {
  for (const id of [...settings.workspaces.map((workspace) => workspace.id), "nowhere"]) {
    const expect = rules.effectiveSettings(settings, id);
    compare(
      "effective",
      () => ({ settings, workspace: id }),
      expect ? effectiveOf(withoutNulls(expect)) : invalidInput("workspace"),
      attempt(() => effectiveOf(effectiveSettings(settings, id))),
    );
  }
}

export function compareBroken(settings: InstanceSettings): number {
  const fault = rules.settingsFault(settings);
  count(`settings: fault ${(fault ?? "none").replace(/\d+/, "n")}`);
  const command = { type: "enable" } as const;
  // Refused whoever gives the command.
  compareRefusal(settings, command, fault ?? "none");
  compareDocument(settings, fault ?? "none");
  return 1;
}

export function compareMisshapen({ settings, path }: { settings: unknown; path: string }): number {
  count(`settings: shape ${path}`);
  compareRefusal(settings as InstanceSettings, { type: "enable" }, path);
  compareDocument(settings as InstanceSettings, path);
  return 1;
}

export function compareMisshapenCommand({ command, path }: { command: unknown; path: string }): number {
  count(`command: shape ${path}`);
  compareRefusal(rules.defaultSettings("main"), command, path);
  return 1;
}

function compareRefusal(settings: InstanceSettings, command: unknown, path: string): void {
  for (const superAdmin of [true, false]) {
    compare(
      "change",
      () => ({ settings, command, actor: { superAdmin } }),
      invalidInput(path),
      attempt(() => applyCommand(settings, command as { type: "enable" }, { superAdmin })),
    );
  }
}

/** "`applyCommand`, `effectiveSettings` and `LoginSync` check the document whole before they do anything." */
function compareDocument(settings: InstanceSettings, path: string): void {
  const expect = invalidInput(path);
  const effective = () => effectiveSettings(settings, "main");
  compare("effective", () => ({ settings, workspace: "main" }), expect, attempt(effective));
  const constructed = () => new LoginSync(settings, {}).free();
  compare("login", () => ({ settings, request: {} }), expect, attempt(constructed));
}

/** Claims are the same whether they are short or not. */
function settingsOf(settings: InstanceSettings) {
  const workspaces = settings.workspaces.map(({ claim, ...rest }) => ({
    ...rest,
    ...(claim && { claim: claimOf(claim) }),
  }));
  return { ...settings, claim: claimOf(settings.claim), workspaces };
}

function effectiveOf(effective: EffectiveSettings) {
  return { ...effective, claim: claimOf(effective.claim) };
}

function changeOf(change: SettingsChange) {
  const codes = change.diagnostics.map(({ code }) => code).sort();
  if (change.status === "applied") return { status: change.status, settings: settingsOf(change.settings), codes };
  if (change.status === "confirm") return { status: change.status, warning: change.warning, codes };
  return { status: change.status, code: change.code, codes };
}

function expected(change: ModelChange) {
  const codes = [...change.codes].sort();
  return change.status === "applied"
    ? { ...change, settings: settingsOf(withoutNulls(change.settings)), codes }
    : { ...change, codes };
}

function countChange(type: string, change: ModelChange): void {
  count(`command: ${type}`);
  count(`command: ${change.status}${change.status === "rejected" ? ` ${change.code}` : ""}`);
  for (const code of change.codes) count(`command: diagnostic ${code}`);
}
