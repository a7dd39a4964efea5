// What `<group-sync-settings>` asks of the application that it stands in, and tells it: types of the engine, and nothing of the admin
// page that the element is made of.

import type { Catalog, InstanceSettings, LoginRequest, SettingsCommand } from "idp-group-sync";

/** The application's side of the settings. What is optional and left out is not shown. */
export interface SettingsBackend {
  /** What is stored. */
  settings(): Promise<StoredSettings>;
  /** Every workspace that can be synced, in the application's order. */
  workspaces(): Promise<readonly SettingsWorkspace[]>;
  /** Stores what the commands make of the version that they were made on. Without it the settings can only be looked at. */
  save?(change: SettingsSave): Promise<SaveAnswer>;
  /** Those who sign in, as far as they are known: their groups are suggested and counted, and the review tells what becomes of whom. */
  people?(): Promise<readonly KnownPerson[]>;
}

/** A version of the settings. */
export interface StoredSettings {
  /** Raised by every save. */
  version: number;
  settings: InstanceSettings;
  /** When it was saved, as a date of ISO 8601. */
  changedAt: string;
  /** Who saved it. */
  changedBy?: string;
}

export interface SettingsWorkspace {
  id: string;
  name: string;
  /** What can be granted there. */
  catalog: Catalog;
}

export interface SettingsSave {
  /** What the commands were made on; where another version is stored by now, nothing may be stored. */
  version: number;
  /** To be carried out in this order by the engine of the server, all or none. */
  commands: readonly SettingsCommand[];
}

/** What came of it; anything else that keeps it from being stored is thrown, and its message is shown. */
export type SaveAnswer =
  | { status: "saved"; stored: StoredSettings }
  /** Somebody else was faster: nothing is stored, and this holds now. */
  | { status: "conflict"; stored: StoredSettings };

export interface KnownPerson {
  name: string;
  email?: string;
  /** Of their last token; it may leave out what only says who they are. */
  claims: object;
  /** What their next login is decided from besides. Workspaces in which they are nothing may be left out. */
  login: Omit<LoginRequest, "method" | "claims" | "groups">;
}

/** What `<group-sync-settings>` fires. */
export interface GroupSyncSettingsEvents {
  "settings-save": CustomEvent<{ version: number }>;
  "unsaved-change": CustomEvent<{ unsaved: boolean }>;
}

/** The element, as far as an application has to do with it. */
export interface SettingsElement extends HTMLElement {
  backend: SettingsBackend | undefined;
  readonly unsaved: boolean;
}
