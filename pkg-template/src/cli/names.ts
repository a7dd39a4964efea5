// Names and sentences about what is granted.
import type { Match, RoleReason, Unmet } from "idp-group-sync";
import type { MappingText } from "./configuration.js";
import { visible } from "./visible.js";

/** A name in a sentence. */
export function quoted(name: string): string {
  return `\`${visible(name)}\``;
}

/** Names in a list. */
export function listed(names: string[], none = "none"): string {
  return names.map(visible).join(", ") || none;
}

/** What one IdP group comes to, a line for each thing that it grants. */
export function grantLines({ via, grants, nearMisses }: Match, mapping: MappingText): string[] {
  if (via === "none") return [nothing(nearMisses)];
  return grants.map(({ target, kind, entry }) => {
    const what =
      kind === "unknown" ? `nothing: there is no role or group ${quoted(target)}` : `${kind} ${quoted(target)}`;
    if (entry === undefined) return `grants ${what}, by its name`;
    return `grants ${what}, by ${entryText(entry, mapping)}`;
  });
}

/** Why a condition in which an IdP group is a term grants nothing. */
export function unmetLine({ entry, failed }: Unmet, mapping: MappingText): string {
  const named = (isExcluded: boolean) =>
    failed
      .filter(({ excluded = false }) => excluded === isExcluded)
      .map(({ text }) => quoted(text))
      .join(" and ");
  const [needed, excluded] = [named(false), named(true)];
  const why = [...(needed ? [`needs ${needed}`] : []), ...(excluded ? [`excludes ${excluded}`] : [])];
  return `does not meet ${entryText(entry, mapping)}: this ${why.join(", and ")}`;
}

export function entryText({ start, end, line }: Unmet["entry"], mapping: MappingText): string {
  return `${visible(mapping.name)}:${line}: ${visible(mapping.text.slice(start, end))}`;
}

function nothing(nearMisses: string[]): string {
  if (nearMisses.length === 0) return "matches nothing";
  const look = nearMisses.length === 1 ? "looks" : "look";
  return `matches nothing; ${nearMisses.map(quoted).join(", ")} ${look} the same, but names are compared exactly`;
}

/** Why a role is the role, as the end of a sentence. */
export function because(reasons: RoleReason[]): string {
  if (reasons.length === 0) return "";
  const more = reasons.length > shownReasons ? [`${reasons.length - shownReasons} more`] : [];
  return `, since ${[...reasons.slice(0, shownReasons).map(roleReason), ...more].join(" and ")}`;
}

const shownReasons = 3;

function roleReason(reason: RoleReason): string {
  switch (reason.kind) {
    case "role-group":
      return `IdP group ${quoted(reason.idpGroup)} grants it`;
    case "required-by":
      return `group ${quoted(reason.group)} requires it`;
    case "default":
      return "nothing grants or requires a higher one";
    case "kept":
      return "the policy keeps the present role";
  }
}
