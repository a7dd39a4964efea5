// Who asks.

import { Type } from "typebox";
import { Person } from "./common.ts";
import { exact, nullable, use } from "./named.ts";

export const MeAnswer = exact({
  user: use(Person),
  method: Type.String({ description: "How they signed in." }),
  superAdmin: Type.Boolean({ description: "Whether the rest of the API is for them." }),
  singleSignOn: Type.Boolean({
    description: "Whether an identity provider is configured, at which a sign-in can be tested.",
  }),
  lockoutToTry: nullable(
    Type.String({
      description: "In a demonstration: the line of the mapping without which people would be locked out.",
    }),
  ),
  csrfToken: Type.String({ description: "For the header `csrf-token` of every request that is not a GET." }),
});
