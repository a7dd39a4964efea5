// The entry `idp-group-sync-elements/react`: nothing but types, with which TypeScript knows the elements in JSX.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { GroupMappingEditor, GroupMappingEditorEvents } from "./group-mapping-editor.js";
import type { GroupSyncPreview, GroupSyncPreviewEvents } from "./group-sync-preview.js";
import type { GroupSyncSettingsEvents, SettingsElement } from "./settings-backend.js";

/** What JSX may set on an element: some of its properties, and listeners, by `on` and the event's name as it is. */
type Props<Element extends HTMLElement, Settable extends keyof Element, Events> = DetailedHTMLProps<
  HTMLAttributes<Element>,
  Element
> &
  Partial<Pick<Element, Settable>> & {
    [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void;
  };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "group-mapping-editor": Props<
        GroupMappingEditor,
        | "value"
        | "catalog"
        | "policy"
        | "workspaces"
        | "idpGroups"
        | "knownGroups"
        | "knownUsers"
        | "label"
        | "view"
        | "textHistory",
        GroupMappingEditorEvents
      >;
      "group-sync-preview": Props<
        GroupSyncPreview,
        "mapping" | "claim" | "catalog" | "policy" | "claims",
        GroupSyncPreviewEvents
      >;
      "group-sync-settings": Props<SettingsElement, "backend", GroupSyncSettingsEvents>;
    }
  }
}
