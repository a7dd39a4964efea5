// A command as a sentence.

import type { SettingsCommand } from "idp-group-sync";
import { claimText } from "idp-group-sync-elements/internal/claim-fields.js";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { messages } from "../../messages/language.js";
import type { App } from "../state/app.js";

export function commandText(app: App, command: SettingsCommand): Text {
  const m = messages().commands;
  const where = "workspace" in command && command.workspace !== undefined ? app.nameOf(command.workspace) : null;
  switch (command.type) {
    case "enable":
      return m.enable;
    case "disable":
      return m.disable;
    case "set-claim":
      return m.setClaim(claimText(command.claim), where);
    case "set-mapping":
      return m.setMapping(where);
    case "set-entries":
    case "set-entry":
      return m.setEntries(app.nameOf(command.workspace));
    case "set-policy":
      return m.setPolicy(where);
    case "inherit":
      return m.inherit(command.field, app.nameOf(command.workspace));
    case "add-workspace":
      return m.addWorkspace(app.nameOf(command.workspace));
    case "enable-workspace":
      return m.enableWorkspace(app.nameOf(command.workspace));
    case "disable-workspace":
      return m.disableWorkspace(app.nameOf(command.workspace));
    case "remove-workspace":
      return m.removeWorkspace(
        app.nameOf(command.workspace),
        command.newDefault ? app.nameOf(command.newDefault) : null,
      );
    case "set-default-workspace":
      return m.setDefault(app.nameOf(command.workspace));
  }
}
