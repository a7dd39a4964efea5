// A span and a duration for each request, by the names of the semantic conventions for HTTP.

import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { recordRequest } from "./metrics.ts";
import { tracer } from "./spans.ts";

/** What is asked all the time, by programs that only want to know whether there is an answer. */
const unwatched = new Set(["/healthz", "/readyz"]);

export function observeRequests(server: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  server.addHook("onRequest", (request, _reply, done) => {
    const route = request.routeOptions.url;
    if (route !== undefined && unwatched.has(route)) return done();
    const span = tracer.startSpan(
      route === undefined ? request.method : `${request.method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          "http.request.method": request.method,
          "url.scheme": request.protocol,
          // By it, the log has the rest.
          "request.id": request.id,
          ...(route !== undefined && { "http.route": route }),
        },
      },
      propagation.extract(context.active(), request.headers),
    );
    spans.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });
  // A body comes from the connection, which knows nothing of the request's span.
  server.addHook("preValidation", (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) return done();
    context.with(trace.setSpan(context.active(), span), done);
  });
  server.addHook("onResponse", (request, reply, done) => {
    const span = spans.get(request);
    if (span === undefined) return done();
    const { statusCode: status } = reply;
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    recordRequest({ method: request.method, route: request.routeOptions.url, status }, reply.elapsedTime);
    done();
  });
}
