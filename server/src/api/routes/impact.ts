// Who would gain or lose what: lines of JSON, as they come.

import { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { apiErrorOf } from "../errors.ts";
import type { Event } from "../impact/comparison.ts";
import { prepareImpact, runImpact } from "../impact/impact.ts";
import { described } from "../openapi.ts";
import { type ApiPart, documentLimit } from "../part.ts";
import { refusals, unprocessable, unreadable } from "../schemas/common.ts";
import { use } from "../schemas/named.ts";
import { ImpactBody, ImpactEvent } from "../schemas/trying-out.ts";

/** A stream; the schema is that of a line. */
const Lines = Type.Unsafe<Readable>(use(ImpactEvent));

export const impactRoute: ApiPart = (server, { database }) => {
  server.post(
    "/impact",
    {
      ...documentLimit,
      schema: {
        ...described("change", "compareSettings", "Whose next login would come out otherwise under unsaved settings"),
        description:
          "Newline-delimited JSON, an `ImpactEvent` a line. Users are those whose last token is known. Close the connection to stop it.",
        body: ImpactBody,
        response: {
          200: {
            description: "The events, as they come.",
            content: { "application/x-ndjson": { schema: Lines } },
          },
          ...refusals,
          ...unreadable,
          ...unprocessable("A mapping of the unsaved settings has errors: `invalid-mapping`, with its diagnostics."),
        },
      },
    },
    async (request, reply) => {
      const prepared = await prepareImpact(database, request.body.settings);
      reply.type("application/x-ndjson; charset=utf-8");
      // A proxy that collects the answer would keep the progress back.
      reply.header("x-accel-buffering", "no");
      return reply.send(Readable.from(lines(runImpact(database, prepared), request)));
    },
  );
};

/** The status is sent already when something fails on the way, so the last line says it. */
async function* lines(pages: AsyncIterable<Event[]>, request: FastifyRequest): AsyncGenerator<string> {
  try {
    for await (const events of pages) yield events.map((event) => `${JSON.stringify(event)}\n`).join("");
  } catch (error) {
    request.log.error({ err: error }, "a comparison failed on the way");
    const { failure } = apiErrorOf(error as Error, request.id);
    yield `${JSON.stringify({ type: "error", error: failure } satisfies Event)}\n`;
  }
}
