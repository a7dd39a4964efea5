// Which key does what, as data, and who listens to them. Keys without Ctrl or Cmd work while nobody types, and can be switched off.

import type { CommandName } from "./commands.js";

/** Keys one after the other; `Mod` is Cmd on a Mac, and elsewhere Ctrl. */
export const shortcuts: readonly { keys: readonly string[]; command: CommandName }[] = [
  { keys: ["Mod+k"], command: "palette" },
  { keys: ["?"], command: "keyboard" },
  { keys: ["/"], command: "filter" },
  { keys: ["m"], command: "mapping" },
  { keys: ["l"], command: "live" },
  { keys: ["g", "s"], command: "settings" },
  { keys: ["g", "w"], command: "workspaces" },
  { keys: ["g", "p"], command: "preview" },
  { keys: ["g", "c"], command: "scenarios" },
  { keys: ["g", "u"], command: "people" },
  { keys: ["g", "a"], command: "activity" },
  { keys: ["g", "h"], command: "history" },
  { keys: ["g", "r"], command: "review" },
];

export const isMac = /^Mac|^iP/.test(navigator.platform);

const STORED = "single-keys";

export function singleKeys(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // Storage is switched off: they stay on.
  }
}

/** Listens to the keys of the whole page. A sequence has no time limit: the next key decides. */
export class Shortcuts {
  readonly #run: (command: CommandName) => void;
  #before: string | null = null;

  constructor(run: (command: CommandName) => void) {
    this.#run = run;
  }

  start(): void {
    window.addEventListener("keydown", this.#press);
    window.addEventListener("pointerdown", this.#forget);
  }

  stop(): void {
    window.removeEventListener("keydown", this.#press);
    window.removeEventListener("pointerdown", this.#forget);
  }

  readonly #forget = (): void => {
    this.#before = null;
  };

  readonly #press = (event: KeyboardEvent): void => {
    const before = this.#before;
    // To hold Shift is no key of a sequence.
    if (["Shift", "Control", "Alt", "AltGraph", "Meta"].includes(event.key)) return;
    this.#before = null;
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const key = pressed(event);
    if (key === null || isElsewhere(event, key)) return;
    const keys = before === null ? [key] : [before, key];
    const found = shortcuts.find((shortcut) => shortcut.keys.join(" ") === keys.join(" "));
    if (found) {
      event.preventDefault();
      this.#run(found.command);
    } else if (before === null && shortcuts.some((shortcut) => shortcut.keys.length > 1 && shortcut.keys[0] === key)) {
      this.#before = key;
    }
  };
}

/** The key as the list has it; `null` if it is somebody else's. */
function pressed({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string | null {
  const [mod, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (other || altKey) return null;
  if (mod) return shiftKey ? null : `Mod+${key.toLowerCase()}`;
  // A question mark needs Shift on most keyboards, and a slash on some.
  return shiftKey && /^\p{Letter}$/u.test(key) ? null : key.toLowerCase();
}

/** Whether it is for what has the focus: a field that is typed into, or a dialog, where the page behind it is out of reach. */
function isElsewhere(event: KeyboardEvent, key: string): boolean {
  const path = event.composedPath().filter((node) => node instanceof HTMLElement);
  if (path.some((node) => node.matches("dialog, [role=dialog]"))) return true;
  if (key.startsWith("Mod+")) return false;
  return !singleKeys() || path.some(isTypedInto);
}

function isTypedInto(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select, [role=combobox], [role=textbox]")) return true;
  return element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=file])");
}
