// A near miss that is to be matched from now on, as entries of the mapping. The engine reads and writes the text.

import { formatMapping, parseMapping } from "idp-group-sync";

/**
 * The mapping with entries that give an IdP group what is given to a name that it is like: what the entries for that name
 * lead to, or else the role or group of that name.
 */
export function withNearMiss(mapping: string, idpGroup: string, like: string): string {
  const alike = parseMapping(mapping).entries.filter(({ source }) => source.kind === "name" && source.text === like);
  const targets =
    alike.length > 0 ? alike.map(({ target }) => mapping.slice(target.span.start, target.span.end)) : [quoted(like)];
  const entries = [...new Set(targets)].map((target) => formatMapping(`${quoted(idpGroup)} -> ${target}`));
  const before = mapping === "" || mapping.endsWith("\n") ? mapping : `${mapping}\n`;
  return before + entries.join("\n");
}

/** A name in quotes, where nothing in it means anything else; the engine leaves out the quotes that are not needed. */
function quoted(name: string): string {
  const inside = name.replaceAll(/["\\\p{Cc}]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return `"${inside}"`;
}
