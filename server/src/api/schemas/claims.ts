// What tokens hold, as seen lately.

import { Type } from "typebox";
import { text, When } from "./common.ts";
import { ClaimOptions, ClaimSuggestion, MatchedVia } from "./engine.ts";
import { exact, named, nullable, use } from "./named.ts";

export const Claims = named(
  "Claims",
  Type.Unsafe<object>({ type: "object", additionalProperties: true, description: "The claims of a token." }),
);

const seen = { name: Type.String(), users: Type.Integer(), lastSeen: When };
const Tokens = Type.Integer({ description: "How many users' last tokens were looked at: those of the latest logins." });

export const ClaimGroupsBody = exact({
  claim: use(ClaimOptions),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
});

export const ClaimBody = exact({ claim: use(ClaimOptions) });

export const ClaimUsersAnswer = exact({
  users: Type.Array(Type.Array(Type.String()), {
    description: "The groups of each user's last token; those of the latest logins, newest first.",
  }),
});

export const ClaimSuggestionsAnswer = exact({
  tokens: Tokens,
  withClaim: nullable(
    Type.Integer({
      description:
        "In how many of them the claim is; `null` where nobody knows, as the claim is kept only once the settings name it.",
    }),
  ),
  suggestions: Type.Array(use(ClaimSuggestion), { description: "Claims that may be meant, the likeliest first." }),
});

const Label = text(200, 1);

export const ClaimGroupsAnswer = exact({
  tokens: Tokens,
  since: { ...When, description: "90 days ago: what is older is not recent." },
  recent: Type.Integer({ description: "How many of the tokens are recent." }),
  groups: Type.Array(
    exact({
      ...seen,
      label: Type.Optional(Label),
      via: {
        ...nullable(use(MatchedVia)),
        description:
          "What the stored settings make of it, wherever this claim is read: an entry is about it, it is the name of something that it grants, or neither. `null` while a mapping has mistakes.",
      },
    }),
    { description: "The commonest first." },
  ),
  more: Type.Boolean({ description: "Whether there are more than the limit." }),
  former: Type.Array(
    exact({
      name: Type.String(),
      until: When,
      now: { ...nullable(Type.String()), description: "What the group is called now; `null` where it was deleted." },
    }),
    {
      description:
        "What groups that SCIM tells of were called, where no group is called so any more: the latest first.",
    },
  ),
});

const GroupName = Type.String({
  minLength: 1,
  maxLength: 4096,
  pattern: "^\\P{Cs}*$",
  description: "As tokens have it.",
});

export const GroupLabelsAnswer = exact({
  labels: Type.Array(exact({ name: GroupName, label: Label }), { description: "In the order of the names." }),
});

export const GroupLabelsBody = exact({
  labels: Type.Array(exact({ name: GroupName, label: { ...nullable(Label), description: "`null` takes it away." } }), {
    maxItems: 1000,
    description: "What is to change; all other labels stay.",
  }),
});
