import type { App } from "./app.js";

/** Whether the instance was never set up: its first run leads on, but not in somebody else's page. */
export function neverSetUp({ stored, embedded }: App): boolean {
  const { enabled, mapping } = stored.settings;
  return !enabled && mapping.trim() === "" && !embedded;
}
