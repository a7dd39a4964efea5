// Several commands one after the other, as one change: the engine says of each what it does, and whether it may.

import {
  applyCommand,
  type Diagnostic,
  GroupSyncError,
  type InstanceSettings,
  type SettingsChange,
  type SettingsCommand,
} from "idp-group-sync";

export type CommandsResult =
  /** `diagnostics` has a list for each command. */
  | { status: "applied"; settings: InstanceSettings; diagnostics: Diagnostic[][] }
  /** `settings` are what they would be once all of it is confirmed. */
  | { status: "confirm"; settings: InstanceSettings; warnings: { index: number; warning: string }[] }
  | { status: "rejected"; index: number; rejection: SettingsChange & { status: "rejected" } };

/** A command has the wrong shape. */
export class CommandFault extends Error {
  readonly index: number;
  readonly fault: GroupSyncError;

  constructor(index: number, fault: GroupSyncError) {
    super(fault.message, { cause: fault });
    this.index = index;
    this.fault = fault;
  }
}

export function runCommands(
  before: InstanceSettings,
  commands: SettingsCommand[],
  actor: { superAdmin: boolean },
): CommandsResult {
  let settings = before;
  const diagnostics: Diagnostic[][] = [];
  const warnings: { index: number; warning: string }[] = [];
  for (const [index, command] of commands.entries()) {
    let change = run(settings, command, actor, index);
    if (change.status === "confirm") {
      // Whether the rest would do is worth knowing before somebody is asked.
      warnings.push({ index, warning: change.warning });
      change = run(settings, { ...command, confirmed: true } as SettingsCommand, actor, index);
    }
    if (change.status === "rejected") return { status: "rejected", index, rejection: change };
    if (change.status === "confirm") throw new Error(`the command \`${command.type}\` asks again after a confirmation`);
    settings = change.settings;
    diagnostics.push(change.diagnostics);
  }
  return warnings.length > 0 ? { status: "confirm", settings, warnings } : { status: "applied", settings, diagnostics };
}

function run(
  settings: InstanceSettings,
  command: SettingsCommand,
  actor: { superAdmin: boolean },
  index: number,
): SettingsChange {
  try {
    return applyCommand(settings, command, { superAdmin: actor.superAdmin });
  } catch (error) {
    if (error instanceof GroupSyncError && error.path?.startsWith("command")) throw new CommandFault(index, error);
    throw error;
  }
}
