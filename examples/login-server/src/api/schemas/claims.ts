// What tokens hold, as seen lately.

import { Type } from "typebox";
import { When } from "./common.ts";
import { ClaimOptions } from "./mapping.ts";
import { exact, use } from "./named.ts";

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

export const ClaimGroupsAnswer = exact({
  tokens: Tokens,
  groups: Type.Array(exact(seen), { description: "The commonest first." }),
  more: Type.Boolean({ description: "Whether there are more than the limit." }),
});
