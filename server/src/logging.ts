// Lines of JSON. An address is logged without its query, which may hold a code, a state or what somebody looks for.

import type { FastifyRequest, FastifyServerOptions } from "fastify";

type Logger = FastifyServerOptions["logger"];

export function logging(logger: Logger = false): NonNullable<Logger> {
  if (typeof logger === "boolean") return logger && { serializers };
  return { ...logger, serializers: { ...serializers, ...logger?.serializers } };
}

const serializers = {
  req: ({ method, url, ip }: FastifyRequest) => ({ method, path: url.split("?", 1)[0], ip }),
};
