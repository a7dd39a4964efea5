// Unsaved changes: commands that the engine has applied to the stored settings, one after the other.

import { applyCommand, type InstanceSettings, type SettingsChange, type SettingsCommand } from "idp-group-sync";

export type Rejection = SettingsChange & { status: "rejected" };

/** An edit that the engine refuses as it stands, for example a mapping that is only half typed. */
export interface Attempt {
  command: SettingsCommand;
  rejection: Rejection;
}

interface Step {
  command: SettingsCommand;
  after: InstanceSettings;
}

/** Whether an admin may change the settings was asked before the page was shown; the server asks again. */
const actor = { superAdmin: true };

export class Draft {
  readonly base: InstanceSettings;
  #steps: Step[] = [];
  readonly #attempts = new Map<string, Attempt>();

  constructor(base: InstanceSettings) {
    this.base = base;
  }

  /** The settings with all changes made that the engine takes. */
  get settings(): InstanceSettings {
    return this.#steps.at(-1)?.after ?? this.base;
  }

  get commands(): SettingsCommand[] {
    return this.#steps.map(({ command }) => command);
  }

  /** Edits that have to be mended or taken back before anything can be saved. */
  get attempts(): Attempt[] {
    return [...this.#attempts.values()];
  }

  get changed(): boolean {
    return this.#steps.length > 0 || this.#attempts.size > 0;
  }

  /** The edit of this kind that the engine refuses, if there is one. */
  attempt(type: SettingsCommand["type"], workspace?: string): Attempt | undefined {
    return this.#attempts.get(keyOf(type, workspace));
  }

  /** Asks the engine, and keeps what it applies. */
  run(command: SettingsCommand): SettingsChange {
    const key = keyOfCommand(command);
    const last = this.#steps.at(-1);
    // Who types on changes one thing, not one at each keystroke.
    const goesOn = last !== undefined && isValue(command) && keyOfCommand(last.command) === key;
    const before = goesOn ? (this.#steps.at(-2)?.after ?? this.base) : this.settings;
    const change = applyCommand(before, command, actor);
    if (change.status === "rejected" && isValue(command)) this.#fail(key, { command, rejection: change });
    if (change.status !== "applied") return change;

    this.#attempts.delete(key);
    if (!isValue(command)) this.#forget(command);
    if (goesOn) this.#steps.pop();
    if (!same(before, change.settings)) {
      this.#steps.push({ command, after: change.settings });
      if (!goesOn) this.#simplify();
    } else if (!goesOn) {
      this.#simplify();
    }
    return change;
  }

  /** What the engine would say of a command, which is not kept. */
  ask(command: SettingsCommand): SettingsChange {
    return applyCommand(this.settings, command, actor);
  }

  discard(): void {
    this.#steps = [];
    this.#attempts.clear();
  }

  /** The same commands on other settings, and those that the engine refuses there. */
  onto(base: InstanceSettings): { draft: Draft; refused: Attempt[] } {
    const draft = new Draft(base);
    const refused: Attempt[] = [];
    for (const command of this.commands) {
      const change = draft.run(command);
      if (change.status === "rejected") refused.push({ command, rejection: change });
    }
    draft.#attempts.clear();
    return { draft, refused };
  }

  /** What the field had before it was edited holds meanwhile: what was typed on the way there stands nowhere any more. */
  #fail(key: string, attempt: Attempt): void {
    this.#attempts.set(key, attempt);
    const others = this.commands.filter((command) => keyOfCommand(command) !== key);
    if (others.length < this.#steps.length) this.#steps = replay(this.base, others) ?? this.#steps;
  }

  /** Edits in progress of a field that is inherited again, or of a workspace that has gone, are of no use. */
  #forget(command: SettingsCommand): void {
    if (command.type === "inherit") this.#attempts.delete(keyOf(`set-${command.field}`, command.workspace));
    if (command.type !== "remove-workspace") return;
    for (const [key, attempt] of this.#attempts) {
      if (workspaceOf(attempt.command) === command.workspace) this.#attempts.delete(key);
    }
  }

  /** Leaves out each command without which the engine comes to the same settings: whoever switches on and off again has changed nothing. */
  #simplify(): void {
    for (let left = this.#steps.length - 1; left >= 0; left--) {
      const without = replay(this.base, this.commands.toSpliced(left, 1));
      if (without && same(without.at(-1)?.after ?? this.base, this.settings)) this.#steps = without;
    }
  }
}

function replay(base: InstanceSettings, commands: SettingsCommand[]): Step[] | undefined {
  const steps: Step[] = [];
  for (const command of commands) {
    const before = steps.at(-1)?.after ?? base;
    const change = applyCommand(before, command, actor);
    if (change.status !== "applied") return undefined;
    if (!same(before, change.settings)) steps.push({ command, after: change.settings });
  }
  return steps;
}

/** A command that sets a field to what was typed or chosen; a later one replaces it. */
function isValue({ type }: SettingsCommand): boolean {
  return type === "set-claim" || type === "set-mapping" || type === "set-policy";
}

function workspaceOf(command: SettingsCommand): string | undefined {
  return "workspace" in command ? command.workspace : undefined;
}

const keyOfCommand = (command: SettingsCommand) => keyOf(command.type, workspaceOf(command));
const keyOf = (type: SettingsCommand["type"], workspace: string | undefined) => JSON.stringify([type, workspace]);

function same(a: InstanceSettings, b: InstanceSettings): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
