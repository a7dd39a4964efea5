// Who asks.

import { Type } from "typebox";
import { Person } from "./common.ts";
import { exact, use } from "./named.ts";

export const MeAnswer = exact({
  user: use(Person),
  method: Type.String({ description: "How they signed in." }),
  superAdmin: Type.Boolean({ description: "Whether the rest of the API is for them." }),
  singleSignOn: Type.Boolean({
    description: "Whether an identity provider is configured, at which a sign-in can be tested.",
  }),
  csrfToken: Type.String({ description: "For the header `csrf-token` of every request that is not a GET." }),
});
