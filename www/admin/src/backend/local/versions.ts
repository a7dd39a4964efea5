// The versions of the settings: who has changed them when, and what.

import { diffSettings, effectiveSettings } from "idp-group-sync";
import type { StoredSettings, VersionsPage } from "../answers.js";
import { BackendError } from "../backend.js";
import type { LocalData } from "./data.js";

const most = 20;

export function listVersions({ versions }: LocalData, before = versions.length + 1): VersionsPage {
  const first = Math.max(1, before - most);
  const numbers = Array.from({ length: Math.max(0, before - first) }, (_, index) => before - 1 - index);
  const listed = numbers.flatMap((version) => {
    const [earlier, kept] = [versions[version - 2], versions[version - 1]];
    if (!kept) return [];
    const { settings, changedAt, changedBy } = kept;
    const changes = earlier ? diffSettings(earlier.settings, settings) : null;
    return { version, changedAt, changedBy, changes, entriesLeftOut: 0 };
  });
  return { versions: listed, next: first > 1 ? first : null };
}

export function storedSettings({ versions }: LocalData, version: number): StoredSettings {
  const kept = versions[version - 1];
  if (!kept) throw new BackendError({ code: "not-found", message: "there is no such version of the settings" });
  const { settings, changedAt, changedBy } = kept;
  const effective = settings.workspaces.map(({ id }) => effectiveSettings(settings, id));
  return { version, settings, effective, mended: false, changedAt, changedBy };
}
