// A near miss that is to be matched from now on, as entries of the mapping. The engine reads and writes the text.

import { addEntries, parseMapping } from "idp-group-sync";

/**
 * The mapping with entries that give an IdP group what is given to a name that it is like: what the entries for that name
 * lead to, or else the role or group of that name. The text may have mistakes, which stay as they are.
 */
export function withNearMiss(mapping: string, idpGroup: string, like: string): string {
  const alike = parseMapping(mapping).entries.filter(({ source }) => source.kind === "name" && source.text === like);
  const targets = alike.length > 0 ? alike.map(({ target }) => target.text) : [like];
  return addEntries(
    mapping,
    targets.map((target) => ({ source: idpGroup, target })),
  ).mapping;
}
