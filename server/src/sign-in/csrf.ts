// The token that another site cannot know: a form carries it in a field, a script in a header.

import type { FastifyReply } from "fastify";

const tokens = new WeakMap<FastifyReply, string>();

/** One an answer: each that is made before the browser has the cookie would set another secret, and the last one would hold. */
export function csrfToken(reply: FastifyReply): string {
  const token = tokens.get(reply) ?? reply.generateCsrf();
  tokens.set(reply, token);
  return token;
}
