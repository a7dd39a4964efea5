// What somebody has, before and after.
import type { ImpactChange } from "idp-group-sync";
import type { Output } from "./terminal.js";
import { visible } from "./visible.js";

type Access = ImpactChange["before"];

/** The role with its change, and the groups with a sign before those that come and go. */
export function accessChange(before: Access, after: Access, { paint }: Output): { role: string; groups: string } {
  const gone = before.groups.filter((group) => !after.groups.includes(group));
  const groups = [
    ...gone.map((group) => paint("bad", `-${visible(group)}`)),
    ...after.groups.map((group) =>
      before.groups.includes(group) ? visible(group) : paint("good", `+${visible(group)}`),
    ),
  ];
  const role =
    before.role === after.role
      ? roleName(after.role)
      : paint("strong", `${roleName(before.role)} -> ${roleName(after.role)}`);
  return { role, groups: groups.join(", ") || "none" };
}

function roleName(role: string | null): string {
  return role === null ? "none" : visible(role);
}
