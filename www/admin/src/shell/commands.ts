// What can be done on the page, as data: for the palette, and for the shortcuts.

import { chooseTheme, currentTheme } from "idp-group-sync-elements/internal/pages/theme.js";
import { messages } from "../messages/language.js";
import { appearance, deepFind } from "../shared/deep.js";
import type { App } from "../shared/state/app.js";
import { address, type Route } from "../shared/state/route.js";
import { downloadSettings } from "../shared/state/settings-file.js";

export type CommandName = Route["view"] | Action;
type Action =
  | "palette"
  | "keyboard"
  | "filter"
  | "mapping"
  | "live"
  | "invite"
  | "addWorkspace"
  | "discard"
  | "undoDiscard"
  | "export"
  | "theme";

/** What the commands are carried out on. */
export interface Page {
  readonly app: App;
  /** What the views stand in. */
  readonly content: HTMLElement;
  openPalette(): void;
  openKeyboardMap(): void;
}

export interface Command {
  name: CommandName;
  isView: boolean;
  /** Whether there is something to do at present; always if it is missing. */
  possible?: (app: App) => boolean;
  run: (page: Page) => void;
}

const view = (name: Route["view"], possible?: Command["possible"]): Command => ({
  name,
  isView: true,
  ...(possible && { possible }),
  run: () => {
    location.hash = address(name);
  },
});

const action = (name: Action, run: Command["run"], possible?: Command["possible"]): Command => ({
  name,
  isView: false,
  ...(possible && { possible }),
  run,
});

const switchedOn = ({ draft }: App) => draft.settings.enabled;

export const commands: readonly Command[] = [
  view("settings"),
  view("workspaces", switchedOn),
  view("preview"),
  view("scenarios"),
  view("people"),
  view("activity"),
  view("history"),
  view("review", ({ draft, scenarios }) => draft.changed || scenarios.changed),
  action("mapping", (page) => void focusIn(page, "group-mapping-editor"), switchedOn),
  action("live", (page) => void openLive(page), switchedOn),
  action("filter", focusFilter),
  action("invite", (page) => void invite(page)),
  action("addWorkspace", (page) => void addWorkspace(page), switchedOn),
  action(
    "discard",
    ({ app }) => app.discard(),
    ({ draft }) => draft.changed,
  ),
  action(
    "undoDiscard",
    ({ app }) => app.undoDiscard(),
    ({ discarded }) => discarded !== null,
  ),
  action("export", ({ app }) => downloadSettings(app)),
  action("theme", () => chooseTheme(currentTheme() === "dark" ? "light" : "dark")),
  action("keyboard", (page) => page.openKeyboardMap()),
  action("palette", (page) => page.openPalette()),
];

export function commandName(name: CommandName): string {
  const { views, actions } = messages();
  return name in views ? views[name as Route["view"]] : actions[name as Action];
}

/** Carries out what is possible at present. */
export function runCommand(page: Page, name: CommandName): void {
  const command = commands.find((one) => one.name === name);
  if (command && page.app.me && (command.possible?.(page.app) ?? true)) command.run(page);
}

/** The settings, of the instance or of the workspace that is open there, and a part of them. */
async function inSettings({ app, content }: Page, selector: string): Promise<HTMLElement | undefined> {
  if (app.route.view !== "settings") location.hash = address("settings");
  return appearance(content, selector);
}

async function focusIn(page: Page, selector: string): Promise<void> {
  (await inSettings(page, selector))?.focus();
}

/** Beside the mapping, or as a drawer where it has no room there; that one takes the focus as it opens. */
async function openLive(page: Page): Promise<void> {
  const live = await inSettings(page, "live-preview");
  if (live?.shadowRoot && !deepFind(live.shadowRoot, ".pane")) {
    page.app.drawerOpen = true;
    page.app.changed();
  } else live?.focus();
}

async function addWorkspace(page: Page): Promise<void> {
  const view = await inSettings(page, "add-workspace-dialog");
  (view as (HTMLElement & { show(): void }) | undefined)?.show();
}

async function invite(page: Page): Promise<void> {
  page.app.go("people");
  const dialog = await appearance(page.content, "invite-dialog");
  (dialog as (HTMLElement & { show(): void }) | undefined)?.show();
}

/** Where a view has none, the palette finds what there is. */
function focusFilter(page: Page): void {
  const filter = deepFind(page.content, "input[type=search], [data-filter]");
  if (filter) filter.focus();
  else page.openPalette();
}
