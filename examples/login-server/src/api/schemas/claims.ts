// What tokens hold, as seen lately.

import { Type } from "typebox";
import { When } from "./common.ts";
import { ClaimOptions } from "./mapping.ts";
import { exact, nullable, use } from "./named.ts";

const seen = { name: Type.String(), users: Type.Integer(), lastSeen: When };
const Tokens = Type.Integer({ description: "How many users' last tokens were looked at: those of the latest logins." });

export const ClaimsAnswer = exact({
  tokens: Tokens,
  claims: Type.Array(exact(seen, "A claim that groups can be read from."), { description: "The commonest first." }),
});

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
  suggestions: Type.Array(
    exact({
      claim: use(ClaimOptions),
      tokens: Type.Integer({ description: "How many of the tokens have it." }),
      examples: Type.Array(Type.String(), { description: "A few of the groups in it." }),
      reason: Type.Enum(["near-miss", "other-spelling", "looks-like-groups"]),
    }),
    { description: "Claims that may be meant, the likeliest first." },
  ),
});

export const ClaimGroupsAnswer = exact({
  tokens: Tokens,
  groups: Type.Array(exact(seen), { description: "The commonest first." }),
  more: Type.Boolean({ description: "Whether there are more than the limit." }),
});
