// What browsers are told to refuse.

import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

export async function securityHeaders(server: FastifyInstance, { secure }: { secure: boolean }): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["data:"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
      },
    },
    // Over plain http, as on a developer's machine, browsers must not be told to insist on https.
    strictTransportSecurity: secure,
    // A code or a state in an address goes nowhere.
    referrerPolicy: { policy: "no-referrer" },
  });
}
