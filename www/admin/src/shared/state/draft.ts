// Unsaved changes: the settings as they are edited, one value for each field. The engine says of each whether it will do.

import {
  applyCommand,
  effectiveSettings,
  type InstanceSettings,
  type SettingsChange,
  type SettingsCommand,
} from "idp-group-sync";
import { commandsBetween, type Field, fields, type Own, setOwn } from "./changes.js";

export type Rejection = SettingsChange & { status: "rejected" };

/** An edit that the engine refuses as it stands, for example a mapping that is only half typed. */
export interface Attempt {
  command: SettingsCommand;
  rejection: Rejection;
}

type SetCommand = Extract<SettingsCommand, { type: `set-${Field}` | "set-entries" }>;

/** Whether an admin may change the settings was asked before the page was shown; the server asks again. */
const actor = { superAdmin: true };

export class Draft {
  readonly base: InstanceSettings;
  #settings: InstanceSettings;
  #commands: { of: InstanceSettings; commands: SettingsCommand[] } | undefined;
  readonly #attempts = new Map<string, Attempt & { command: SetCommand }>();

  constructor(base: InstanceSettings) {
    this.base = base;
    this.#settings = base;
  }

  /** The draft that comes of these commands, and those that the engine refuses altogether. */
  static of(base: InstanceSettings, commands: SettingsCommand[]): { draft: Draft; refused: Attempt[] } {
    const draft = new Draft(base);
    const refused: Attempt[] = [];
    for (const command of commands) {
      const change = draft.run(command);
      if (change.status === "rejected" && !isField(command)) refused.push({ command, rejection: change });
    }
    return { draft, refused };
  }

  /** What can be saved: a field that the engine refuses as it stands is as it was saved. */
  get settings(): InstanceSettings {
    return this.#settings;
  }

  /** What is in the fields, whatever the engine says of it. */
  get typed(): InstanceSettings {
    const typed = structuredClone(this.#settings);
    for (const { command } of this.#attempts.values()) {
      const owner = command.workspace === undefined ? typed : listedIn(typed, command.workspace);
      if (owner) Object.assign(owner, fieldOf(command));
      // A workspace has a mapping of its own, or differs by entry.
      if (command.type === "set-mapping" && command.workspace !== undefined) delete (owner as Own).entries;
      if (command.type === "set-entries") delete (owner as Own).mapping;
    }
    return typed;
  }

  /** The mapping that would hold for a workspace, or for the instance, as it is typed. */
  typedMapping(workspace: string | null): string {
    const { mapping, workspaces } = this.typed;
    if (workspace === null) return mapping;
    const listed = workspaces.map(({ id, enabled, mapping, entries }) => ({
      id,
      enabled,
      ...(mapping !== undefined && { mapping }),
      ...(entries !== undefined && { entries }),
    }));
    return effectiveSettings({ ...this.#settings, mapping, workspaces: listed }, workspace).mapping;
  }

  get commands(): readonly SettingsCommand[] {
    const settings = this.#settings;
    // Many ask at each keystroke, and long texts are compared.
    if (this.#commands?.of !== settings) {
      this.#commands = { of: settings, commands: commandsBetween(this.base, settings) };
    }
    return this.#commands.commands;
  }

  /** Edits that have to be mended or taken back before anything can be saved. */
  get attempts(): Attempt[] {
    return [...this.#attempts.values()];
  }

  /** Everything that it takes to come to this draft. */
  get edits(): SettingsCommand[] {
    return [...this.commands, ...this.attempts.map(({ command }) => command)];
  }

  get changed(): boolean {
    return this.#attempts.size > 0 || this.commands.length > 0;
  }

  /** The edit of this kind that the engine refuses, if there is one. */
  attempt(type: SettingsCommand["type"], workspace?: string): Attempt | undefined {
    const attempt = this.#attempts.get(keyOf(type, workspace));
    return attempt?.command.type === type ? attempt : undefined;
  }

  /** Asks the engine, and keeps what it applies, and of a field also what it refuses. */
  run(command: SettingsCommand): SettingsChange {
    const change = this.ask(command);
    if (change.status === "applied") {
      this.#settings = change.settings;
      this.#forget(command);
    } else if (change.status === "rejected" && isField(command)) {
      this.#takeBack(command);
      this.#attempts.set(keyOf(command.type, command.workspace), { command, rejection: change });
    }
    return change;
  }

  /** What the engine would say of a command, which is not kept. */
  ask(command: SettingsCommand): SettingsChange {
    return applyCommand(this.#settings, command, actor);
  }

  /** What the field had before it was edited holds meanwhile: what was typed on the way there stands nowhere any more. */
  #takeBack({ type, workspace }: SetCommand): void {
    const field = fieldSetBy(type);
    if (!field) return;
    const owner: Own | undefined = workspace === undefined ? this.base : listedIn(this.base, workspace);
    const back = this.ask(setOwn(field, owner ?? {}, workspace));
    if (back.status === "applied") this.#settings = back.settings;
  }

  /** Edits of a field that has another value now, or of a workspace that has gone, are of no use. */
  #forget(command: SettingsCommand): void {
    if (isField(command)) this.#attempts.delete(keyOf(command.type, command.workspace));
    if (command.type === "inherit") this.#attempts.delete(keyOf(`set-${command.field}`, command.workspace));
    if (command.type !== "remove-workspace") return;
    for (const [key, attempt] of this.#attempts) {
      if (attempt.command.workspace === command.workspace) this.#attempts.delete(key);
    }
  }
}

/** A command that sets a field to what was typed or chosen. */
function isField(command: SettingsCommand): command is SetCommand {
  return fieldSetBy(command.type) !== undefined;
}

function fieldSetBy(type: SettingsCommand["type"]): Field | undefined {
  return type === "set-entries" ? "mapping" : fields.find((field) => type === `set-${field}`);
}

function fieldOf({ type: _, workspace: __, ...value }: SetCommand): object {
  return value;
}

function listedIn({ workspaces }: InstanceSettings, workspace: string) {
  return workspaces.find(({ id }) => id === workspace);
}

/** A field is edited in one way at a time. */
const keyOf = (type: SettingsCommand["type"], workspace: string | undefined) =>
  JSON.stringify([fieldSetBy(type), workspace]);
