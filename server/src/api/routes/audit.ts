// What logins came to.

import { listEntries, readEntry } from "../audit/entries.ts";
import { missing } from "../errors.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { AuditAnswer, AuditEntryAnswer, AuditQuery } from "../schemas/audit.ts";
import { Id, notFound, refusals } from "../schemas/common.ts";
import { exact } from "../schemas/named.ts";

export const auditRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/audit",
    {
      schema: {
        ...described("GET", "listLogins", "What logins came to, newest first"),
        description:
          "`workspace`, `status`, `reason` and `changed` have to hold for one and the same workspace of a login; `reason` may also be why the login was refused.",
        querystring: AuditQuery,
        response: { 200: AuditAnswer, ...refusals },
      },
    },
    ({ query }) => listEntries(database, query),
  );

  server.get(
    "/audit/:entry",
    {
      schema: {
        ...described("GET", "getLogin", "What a login came to, and why"),
        params: exact({ entry: Id }),
        response: { 200: AuditEntryAnswer, ...refusals, ...notFound },
      },
    },
    async ({ params: { entry } }) => {
      const found = await readEntry(database, entry);
      if (!found) throw missing("entry of the audit");
      return found;
    },
  );
};
