// A part of the API: registers its routes. What its handlers get and give is held against their schemas by the compiler.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { Application } from "../application.ts";

export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type ApiPart = (server: ApiServer, application: Application) => void;

/** For routes that take a whole settings document, or claims. */
export const documentLimit = { bodyLimit: 16 * 1024 * 1024 };
