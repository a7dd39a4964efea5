// A span and a duration for each statement: what it does, to which table, and never what with.

import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { LogEvent } from "kysely";
import { recordQuery } from "./metrics.ts";
import { kindOf, tracer } from "./spans.ts";

/** For Kysely's `log`, which it calls after each statement. */
export function observeQuery(event: LogEvent): void {
  const { query, queryDurationMillis: duration } = event;
  const attributes = { "db.system.name": "postgresql", ...summaryOf(query.sql) };
  recordQuery(event.level === "error" ? { ...attributes, "error.type": kindOf(event.error) } : attributes, duration);
  const end = Date.now();
  const span = tracer.startSpan(attributes["db.query.summary"], {
    kind: SpanKind.CLIENT,
    startTime: end - duration,
    attributes,
  });
  if (event.level === "error") {
    span.setAttribute("error.type", kindOf(event.error));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(end);
}

type Summary = { "db.query.summary": string; "db.operation.name": string; "db.collection.name"?: string };
const summaries = new Map<string, Summary>();

function summaryOf(sql: string): Summary {
  const known = summaries.get(sql);
  if (known) return known;
  const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "STATEMENT";
  const table = /\b(?:from|into|update)\s+"?(\w+)"?/i.exec(sql)?.[1];
  const summary: Summary = {
    "db.query.summary": table ? `${operation} ${table}` : operation,
    "db.operation.name": operation,
    ...(table !== undefined && { "db.collection.name": table }),
  };
  // Statements differ by how many parameters they have, so there is an end to what is kept of them.
  if (summaries.size < 1000) summaries.set(sql, summary);
  return summary;
}
