// Small configurations, and guarantees about what they grant.

import fc from "fast-check";
import type { Guarantee } from "idp-group-sync";
import type { Configuration } from "../rules/configuration.ts";
import { catalog, policy, roleAt } from "./configuration.ts";
import { shortMapping } from "./mapping-text.ts";
import { idpGroup } from "./names.ts";

export interface Guarded {
  configuration: Configuration;
  guarantees: Guarantee[];
}

const draft = fc.record({
  isOnly: fc.boolean(),
  /** A group of the catalog by its number, or a role. */
  group: fc.option(fc.nat(2), { nil: undefined }),
  role: fc.nat(5),
  /** IdP groups that the mapping names, by their numbers, and others. */
  named: fc.array(fc.nat(9), { maxLength: 4 }),
  others: fc.array(idpGroup, { maxLength: 1 }),
});

export const guarded: fc.Arbitrary<Guarded> = fc
  .record({ mapping: shortMapping, catalog, policy, drafts: fc.array(draft, { minLength: 1, maxLength: 3 }) })
  .map(({ mapping, catalog: { roles, groups }, policy, drafts }) => {
    const catalog = { ...(roles && { roles }), groups: groups.slice(0, 2) };
    const names = mapping.entries.flatMap(({ terms }) =>
      terms.filter(({ isPattern }) => !isPattern).map(({ text }) => text),
    );
    const guarantees = drafts.map(({ isOnly, group, role, named, others }, place): Guarantee => {
      const known = group !== undefined && catalog.groups.length > 0;
      const reach = {
        ...(known ? { group: catalog.groups[group % catalog.groups.length].name } : { role: roleAt(role, roles) }),
        // `never` has at least one.
        groups: [
          ...named.flatMap((number) => names[number % names.length] ?? []),
          ...(isOnly ? others : [...others, "sales"]),
        ],
      };
      return { name: `guarantee ${place}`, ...(isOnly ? { only: reach } : { never: reach }) };
    });
    return { configuration: { mapping, claim: "groups", catalog, policy }, guarantees };
  });
