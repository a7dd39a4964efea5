// What somebody has, before and after.
import type { Access, Effect } from "idp-group-sync";
import type { Painter } from "./terminal.js";
import { visible } from "./visible.js";

/** What becomes of somebody, for a sentence that begins with who it is; the worst first. */
export const effects: Record<Effect, string> = {
  denied: "would be refused",
  loses: "loses",
  changes: "changes",
  gains: "gains",
  admitted: "would be let in",
};

export function effectWords(effect: Effect, { paint }: Painter): string {
  return effect === "denied" ? paint("error", effects[effect]) : effects[effect];
}

/** The role with its change; and the groups: those that stay, then those that come and go, with a sign before them. */
export function accessChange(before: Access, after: Access, { paint }: Painter): { role: string; groups: string } {
  const had = new Set(before.groups);
  const has = new Set(after.groups);
  const groups = [
    ...after.groups.filter((group) => had.has(group)).map(visible),
    ...after.groups.filter((group) => !had.has(group)).map((group) => paint("good", `+${visible(group)}`)),
    ...before.groups.filter((group) => !has.has(group)).map((group) => paint("bad", `-${visible(group)}`)),
  ];
  const change = `${roleName(before.role)} -> ${roleName(after.role)}`;
  return {
    role: before.role === after.role ? roleName(after.role) : paint("strong", change),
    groups: groups.join(", ") || "none",
  };
}

function roleName(role: string | null): string {
  return role === null ? "none" : visible(role);
}
