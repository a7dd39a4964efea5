import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import type {
  Actor,
  EffectiveSettings,
  InstanceSettings,
  SettingsChange,
  SettingsCommand,
  SettingsDiff,
} from "./generated/types.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * The settings of an instance that nobody has configured: group sync is off, the mapping is empty, the claim is `groups`,
 * and the sync list has the default workspace alone.
 *
 * Settings are plain data: store them as JSON, and hand them back as they were stored.
 *
 * @param defaultWorkspace the id of the workspace that new users join
 * @throws {GroupSyncError} `invalid-input` with path `defaultWorkspace` if it is no string, or empty
 * @category Settings
 */
export function defaultSettings(defaultWorkspace: string): InstanceSettings {
  const given = { defaultWorkspace: plain(defaultWorkspace, "defaultWorkspace") };
  return ask(instance(), given, (glue, length) => glue.defaultSettings(length));
}

/**
 * Carries out one command of an admin, and says what came of it. A reducer: it never changes its input, and what it gives
 * for the same input is always the same.
 *
 * A command that may not be carried out is no error: its `status` is `rejected`, with a stable `code`. One that loses
 * something is `confirm` at first: show its `warning`, and send the command again with `confirmed: true`.
 *
 * @param settings what holds at present, as it was stored
 * @param command what to do
 * @param actor who gives the command; only a super admin's commands are carried out
 * @returns `applied` with the settings to store, `confirm`, or `rejected`. The spans of `diagnostics` are places in the
 * mapping that the command sets; they count UTF-16 code units
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `settings.workspaces[1].id` or `command.field` if an
 * argument is not of its documented shape, or the settings mean nothing: an unknown `version`, a workspace that is listed
 * twice
 * @category Settings
 */
export function applyCommand(
  settings: Taken<InstanceSettings>,
  command: Taken<SettingsCommand>,
  actor: Taken<Actor>,
): SettingsChange {
  const given = {
    settings: plain(settings, "settings"),
    command: plain(command, "command"),
    actor: plain(actor, "actor"),
  };
  return ask(instance(), given, (glue, length) => glue.applyCommand(length));
}

/**
 * What holds for one workspace of the sync list: its own settings, and the instance's where it has none.
 *
 * @param settings the instance's settings, as they were stored
 * @param workspace the id of a workspace in the sync list
 * @returns the claim, mapping and policy that logins use, and which of them are inherited. `enabled` is false too where
 * group sync as a whole is off
 * @throws {GroupSyncError} `invalid-input` with path `workspace` if the list has no such workspace; with a `path` such as
 * `settings.workspaces[1].id` if the settings are not of their documented shape, or mean nothing
 * @category Settings
 */
export function effectiveSettings(settings: Taken<InstanceSettings>, workspace: string): EffectiveSettings {
  const given = { settings: plain(settings, "settings"), workspace: plain(workspace, "workspace") };
  return ask(instance(), given, (glue, length) => glue.effectiveSettings(length));
}

/**
 * What stands otherwise in a later version of the settings, each thing once: entries added, removed and changed, choices with
 * their old and new values, what workspaces have of their own, and which of them there are. An admin's page makes its
 * sentences of it, for a change that is about to be saved and for one of the past.
 *
 * What logins do otherwise, {@link diffMappings} and {@link LoginImpact} say.
 *
 * @param before the earlier version, as it was stored
 * @param after the later version
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `after.workspaces[1].id` if a version is not of the documented
 * shape, or means nothing
 * @category Settings
 */
export function diffSettings(before: Taken<InstanceSettings>, after: Taken<InstanceSettings>): SettingsDiff {
  const given = { before: plain(before, "before"), after: plain(after, "after") };
  return ask(instance(), given, (glue, length) => glue.diffSettings(length));
}
