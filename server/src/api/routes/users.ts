// The users, and what each of them has.

import { missing } from "../errors.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { listUsers, readUser } from "../people/users.ts";
import { Id, notFound, refusals } from "../schemas/common.ts";
import { exact } from "../schemas/named.ts";
import { UserAnswer, UsersAnswer, UsersQuery } from "../schemas/people.ts";

export const userRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/users",
    {
      schema: {
        ...described("GET", "listUsers", "Users by pages, whose name, e-mail address or subject contains a text"),
        querystring: UsersQuery,
        response: { 200: UsersAnswer, ...refusals },
      },
    },
    ({ query: { limit = 50, ...search } }) => listUsers(database, { ...search, limit }),
  );

  server.get(
    "/users/:user",
    {
      schema: {
        ...described("GET", "getUser", "What a user has, given by whom, and the claims of their last token"),
        params: exact({ user: Id }),
        response: { 200: UserAnswer, ...refusals, ...notFound },
      },
    },
    async ({ params: { user } }) => {
      const found = await readUser(database, user);
      if (!found) throw missing("user");
      return found;
    },
  );
};
