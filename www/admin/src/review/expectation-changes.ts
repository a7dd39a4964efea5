// What a save changes about scenarios and guarantees, as sentences.

import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { messages } from "../messages/language.js";
import type { App } from "../shared/state/app.js";

export function expectationChanges(app: App): Text[] {
  return app.scenarios.unsavedSets.flatMap(({ workspace }) => {
    const where = workspace === null ? null : app.nameOf(workspace);
    const { changes } = messages().expectations;
    return app.scenarios.changesIn(workspace).map(({ name, change }) => changes[change](name, where));
  });
}
