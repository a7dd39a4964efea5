import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import type { Catalog, Guarantee, InstanceSettings, Scenario, SettingsFile } from "./generated/types.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/** What is expected of the settings of the instance, or of a workspace. */
export interface Expectations {
  /** The workspace's id; `null` for the instance. */
  workspace: string | null;
  scenarios: Scenario[];
  guarantees: Guarantee[];
}

/** What a file of settings holds. */
export interface SettingsParts {
  /** The settings, without the rest. */
  settings: InstanceSettings;
  /** Those of the instance, then those of each workspace of the sync list. */
  expectations: Expectations[];
  /** What can be granted in each workspace, by its id; where the file says so. */
  catalogs: Record<string, Catalog>;
}

/**
 * Takes apart what the admin page exports as one file: settings, with the scenarios and guarantees of the instance and of each
 * workspace, and what can be granted there. Settings alone are such a file too.
 *
 * It is taken whole or not at all. Whether the expectations are met is up to `runScenarios` and `proveGuarantees`, by what
 * `effectiveSettings` says of each workspace.
 *
 * @param file the text of the file, or what it holds, parsed as JSON
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `file.workspaces[1].scenarios[0].expect.role` if something is not
 * of its documented shape, or means nothing; with line and column in the message if a text is no JSON
 * @category Settings
 */
export function readSettingsFile(file: Taken<SettingsFile> | string): SettingsParts {
  const given = plain(file, "file", "keep-in-claims");
  const settings = ask<InstanceSettings>(instance(), { file: given }, (glue, length) => glue.readSettingsFile(length));
  // The engine has read all of it.
  const read: SettingsFile = typeof file === "string" ? JSON.parse(file) : given;
  const { catalogs, workspaces, ...own } = read;
  const expectationsOf = (
    workspace: string | null,
    { scenarios, guarantees }: Pick<SettingsFile, "scenarios" | "guarantees">,
  ): Expectations => ({ workspace, scenarios: scenarios ?? [], guarantees: guarantees ?? [] });
  return {
    settings,
    expectations: [expectationsOf(null, own), ...workspaces.map((each) => expectationsOf(each.id, each))],
    catalogs: catalogs ?? {},
  };
}
