// The entry `idp-group-sync-elements/group-sync-settings`.
import type { Listening } from "idp-group-sync-elements/internal/events.js";

export { useEngineWorker } from "idp-group-sync-elements/internal/engine/engine-queue.js";
export { defineSettingsMessages, type Messages as SettingsMessages } from "../messages/language.js";
export type {
  KnownPerson,
  SaveAnswer,
  SettingsBackend,
  SettingsSave,
  SettingsWorkspace,
  StoredSettings,
} from "./settings-backend.js";
export { GroupSyncSettings } from "./settings-element.js";

/** What `<group-sync-settings>` fires. */
export interface GroupSyncSettingsEvents {
  "settings-save": CustomEvent<{ version: number }>;
  "unsaved-change": CustomEvent<{ unsaved: boolean }>;
}

declare module "./settings-element.js" {
  interface GroupSyncSettings {
    addEventListener: Listening<GroupSyncSettingsEvents>;
    removeEventListener: Listening<GroupSyncSettingsEvents>;
  }
}
