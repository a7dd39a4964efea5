// Every route of a server, so that a test of all of them has the new ones too.

import type { FastifyInstance } from "fastify";

/** Such as `GET /api/users/{user}`, without those for `HEAD`. */
export function routesOf(server: FastifyInstance): string[] {
  const steps: string[] = [];
  const routes: string[] = [];
  for (const line of server.printRoutes({ commonPrefix: false }).split("\n")) {
    const [, indent, step, methods] = /^([│├└─ ]*)([\w:/.*-]*) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (indent === undefined || step === undefined || methods === undefined) continue;
    steps.splice(indent.length / 4 - 1, Number.POSITIVE_INFINITY, step);
    const path = steps.join("").replace(/:(\w+)/g, "{$1}");
    routes.push(...methods.split(", ").map((method) => `${method} ${path}`));
  }
  return routes.filter((route) => !route.startsWith("HEAD "));
}
