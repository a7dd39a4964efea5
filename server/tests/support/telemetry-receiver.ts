// What an OpenTelemetry collector would get: OTLP over HTTP, as JSON.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Value = { stringValue?: string; boolValue?: boolean; intValue?: number };
type Attribute = { key: string; value: Value };

export interface ReceivedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attribute[];
  status: { code?: number; message?: string };
  events: unknown[];
}

interface ReceivedPoint {
  attributes: Attribute[];
  asInt?: number;
  asDouble?: number;
  /** Of a histogram. */
  count?: number;
}

export interface TelemetryReceiver {
  endpoint: string;
  spans: ReceivedSpan[];
  /** The newest of each metric. */
  metrics: Map<string, ReceivedPoint[]>;
  /** All that was sent, as it came. */
  texts: string[];
  services: Set<string>;
  close(): Promise<void>;
}

type Body = {
  resourceSpans?: { resource: { attributes: Attribute[] }; scopeSpans: { spans: ReceivedSpan[] }[] }[];
  resourceMetrics?: {
    scopeMetrics: { metrics: ({ name: string } & Record<string, { dataPoints: ReceivedPoint[] }>)[] }[];
  }[];
};

export async function telemetryReceiver(): Promise<TelemetryReceiver> {
  const spans: ReceivedSpan[] = [];
  const metrics = new Map<string, ReceivedPoint[]>();
  const texts: string[] = [];
  const services = new Set<string>();
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    texts.push(text);
    const body = JSON.parse(text) as Body;
    for (const { resource, scopeSpans } of body.resourceSpans ?? []) {
      services.add(String(attributesOf(resource)["service.name"]));
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    for (const { scopeMetrics } of body.resourceMetrics ?? []) {
      for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) {
        const points = (metric.sum ?? metric.histogram ?? metric.gauge)?.dataPoints ?? [];
        metrics.set(metric.name, points);
      }
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://localhost:${port}`,
    spans,
    metrics,
    texts,
    services,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function attributesOf({ attributes }: { attributes: Attribute[] }): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.boolValue ?? value.intValue]),
  );
}
