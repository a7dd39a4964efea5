// OpenTelemetry, where the environment says where to send it. The names of its variables are OpenTelemetry's own.

import { context, metrics, propagation, trace } from "@opentelemetry/api";
import { CannotStart } from "../cannot-start.ts";

export interface Telemetry {
  /** Sends what was not sent yet. */
  stop(): Promise<void>;
}

/** How long a collector may take to answer, in milliseconds: the end of the process waits for it. */
const patience = 4_000;

/** `null` without `OTEL_EXPORTER_OTLP_ENDPOINT`: then nothing of it is even loaded. */
export async function startTelemetry(environment: Record<string, string | undefined>): Promise<Telemetry | null> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  if (!URL.canParse(endpoint)) {
    throw new CannotStart(
      `OTEL_EXPORTER_OTLP_ENDPOINT is \`${endpoint}\`: set it to an address such as http://localhost:4318`,
    );
  }
  const interval = Number(environment.OTEL_METRIC_EXPORT_INTERVAL || 60_000);
  if (!(interval >= 1 && interval < 2 ** 31)) {
    throw new CannotStart("OTEL_METRIC_EXPORT_INTERVAL is no number of milliseconds: set it to one such as 60000");
  }
  const [{ AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, resources, traces, meters, ...exporters] =
    await Promise.all([
      import("@opentelemetry/context-async-hooks"),
      import("@opentelemetry/core"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/sdk-trace-base"),
      import("@opentelemetry/sdk-metrics"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/exporter-metrics-otlp-http"),
    ]);
  const [{ OTLPTraceExporter }, { OTLPMetricExporter }] = exporters;
  const { defaultResource, detectResources, envDetector, resourceFromAttributes, serviceInstanceIdDetector } =
    resources;
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": "idp-group-sync-server" }))
    // `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` have the last word.
    .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }));
  const tracerProvider = new traces.BasicTracerProvider({
    resource,
    spanProcessors: [new traces.BatchSpanProcessor(new OTLPTraceExporter({ timeoutMillis: patience }))],
  });
  const meterProvider = new meters.MeterProvider({
    resource,
    readers: [
      new meters.PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ timeoutMillis: patience }),
        exportIntervalMillis: interval,
        exportTimeoutMillis: Math.min(interval, patience),
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);
  return {
    async stop() {
      // Whoever collects it may be gone; that keeps nobody from ending.
      await Promise.allSettled([tracerProvider.shutdown(), meterProvider.shutdown()]);
    },
  };
}
