// What came of a change of the settings, as answers.

import type { Database } from "../../database/schema.ts";
import { noScenarios, readScenarios, type SavedSet } from "../../settings/scenarios.ts";
import type { SettingsUpdate } from "../../settings/versions.ts";
import { ApiError } from "../errors.ts";
import type { Question } from "./confirmation.ts";
import { storedSettings } from "./stored.ts";

export type Update = SettingsUpdate<Question>;
export type Conflict = Extract<Update, { status: (typeof conflicts)[number] }>;
const conflicts = ["stale", "unconfirmed", "stale-expectations"] as const;

export function isConflict(update: Update): update is Conflict {
  return conflicts.some((status) => status === update.status);
}

/** `where` is the place of a command in the request. */
export async function answerOf(
  database: Database,
  update: Exclude<Update, Conflict>,
  where: (index: number) => string,
) {
  switch (update.status) {
    case "saved": {
      const stored = await storedSettings(database, update.current.version);
      if (!stored) throw new Error("the version that was stored is gone");
      const { diagnostics, expectations } = update;
      return { status: "applied" as const, stored, diagnostics, expectations };
    }
    case "confirm": {
      const warnings = update.warnings.map(({ index, warning }) => ({ path: where(index), warning }));
      return { status: "confirm" as const, warnings };
    }
    case "rejected": {
      const { code, message, diagnostics } = update.rejection;
      const status = code === "not-super-admin" ? 403 : 422;
      throw new ApiError(status, { code, message, path: where(update.index), diagnostics });
    }
    case "workspace-fault": {
      const { code, message, field, index } = update;
      throw new ApiError(code === "invalid-input" ? 400 : 422, { code, message, path: `${where(index)}.${field}` });
    }
    case "unknown-version":
      throw new ApiError(422, { code: "unknown-version", message: "there never was this version", path: "version" });
  }
}

export async function conflictOf(database: Database, update: Conflict, expectations: SavedSet[]) {
  if (update.status === "stale-expectations") {
    const sets = await readScenarios(database);
    const now = expectations.map(({ workspace }) => ({ workspace, set: sets.get(workspace) ?? noScenarios }));
    const stale = now.filter(({ set }, index) => set.version !== expectations[index]?.set.version);
    const message = "the expectations have changed";
    return { error: { code: "stale-expectations", message, path: "expectations" }, stale };
  }
  if (update.status === "unconfirmed") {
    const { question } = update;
    if (question.about === "expectations") {
      const { held } = question;
      const message = `${held.failing} of ${held.failing + held.holding} expectations do not hold; confirm their number`;
      return { error: { code: "expectations-unconfirmed", message, path: "failing" }, ...held };
    }
    const message = "known users would be kept out, or lose the highest role of a workspace; confirm their number";
    return { error: { code: "impact-unconfirmed", message, path: "confirmed" }, ...question.impact };
  }
  const { current, base, yours } = update;
  const stored = await storedSettings(database, current.version);
  if (!stored) throw new Error("the present version is gone");
  const message = `the settings have changed: version ${current.version} holds now`;
  return {
    error: { code: "stale-version", message, path: "version" },
    current: stored,
    base,
    yours: yours.status === "rejected" ? null : yours.settings,
  };
}
