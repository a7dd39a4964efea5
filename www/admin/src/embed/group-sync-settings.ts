// The entry `idp-group-sync-elements/group-sync-settings`.
import type { Listening } from "idp-group-sync-elements/internal/events.js";
import type { GroupSyncSettingsEvents } from "idp-group-sync-elements/internal/settings-backend.js";

export { useEngineWorker } from "idp-group-sync-elements/internal/engine/engine-queue.js";
export type {
  GroupSyncSettingsEvents,
  KnownPerson,
  SaveAnswer,
  SettingsBackend,
  SettingsSave,
  SettingsWorkspace,
  StoredSettings,
} from "idp-group-sync-elements/internal/settings-backend.js";
export { defineSettingsMessages, type Messages as SettingsMessages } from "../messages/language.js";
export { GroupSyncSettings } from "./settings-element.js";

declare module "./settings-element.js" {
  interface GroupSyncSettings {
    addEventListener: Listening<GroupSyncSettingsEvents>;
    removeEventListener: Listening<GroupSyncSettingsEvents>;
  }
}
