// Where the time of a request goes. Without `start.ts` a span is nothing, and costs nothing worth measuring.

import { type Attributes, type Span, SpanStatusCode, trace } from "@opentelemetry/api";

export const tracer = trace.getTracer("idp-group-sync-server");

/** Runs `work` in a span, which spans within it are the children of. Of an error the span has the kind alone: a message may hold anything. */
export function inSpan<Result>(name: string, work: () => Result, attributes: Attributes = {}): Result {
  return tracer.startActiveSpan(name, { attributes }, (span) => {
    let result: Result;
    try {
      result = work();
    } catch (error) {
      fail(span, error);
      throw error;
    }
    if (!(result instanceof Promise)) {
      span.end();
      return result;
    }
    result.then(
      () => span.end(),
      (error: unknown) => fail(span, error),
    );
    return result;
  });
}

function fail(span: Span, error: unknown): void {
  span.setAttribute("error.type", kindOf(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
