import type { InstanceSettings } from "idp-group-sync";

/** The text of a mapping of a workspace's own; of one that differs by entry, both lists; `undefined` where it has neither. */
export function ownMappingText({
  mapping,
  entries,
}: Pick<InstanceSettings["workspaces"][number], "mapping" | "entries">): string | undefined {
  if (!entries) return mapping;
  const marked = (sign: string, text = "") =>
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => `${sign} ${line}`);
  return [...marked("−", entries.without), ...marked("+", entries.add)].join("\n");
}
