// Traces and metrics of a real process, as a collector receives them.

import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { test } from "node:test";
import { readConfig } from "../src/config.ts";
import { startTelemetry } from "../src/telemetry/start.ts";
import { deployment } from "./e2e/support/deployment.ts";
import { attributesOf, type ReceivedSpan, telemetryReceiver } from "./support/telemetry-receiver.ts";

test("a collector sees logins, where their time goes, and nobody's name", async () => {
  const receiver = await telemetryReceiver();
  const deployed = await deployment({
    environments: [{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_RESOURCE_ATTRIBUTES: "deployment=test" }],
  });
  const { idp, server } = deployed;
  const claims = { sub: "secret-subject", email: "secret@example.com", name: "Secret Name", groups: ["sales"] };
  const page = await deployed.newBrowser().signIn(idp, claims);
  assert.equal(page.location, "/");
  await deployed.newBrowser().get("/sign-in/oidc/callback?code=secret-code&state=secret-state");
  assert.equal((await deployed.newBrowser().signInWithPassword("secret@example.com", "secret-password")).status, 403);
  await deployed.newBrowser().get("/secret-page");
  await fetch(`${server.origin}/readyz`);
  // What was not sent yet is sent when the process ends.
  assert.equal(await server.stop(), 0);

  const { spans, metrics } = receiver;
  assert.deepEqual([...receiver.services], ["idp-group-sync-server"]);
  const callbacks = spans.filter(({ name }) => name === "GET /sign-in/oidc/callback");
  assert.deepEqual(callbacks.map((span) => attributesOf(span)["http.response.status_code"]).sort(), [303, 400]);
  const login = spans.find(({ name, traceId }) => name === "login" && callbacks.some((one) => one.traceId === traceId));
  assert.ok(login);
  const [callback] = callbacks.filter(({ traceId }) => traceId === login.traceId);
  assert.equal(login.parentSpanId, callback?.spanId);
  const within = (parent: ReceivedSpan) => spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);
  const steps = within(login).map(({ name }) => name);
  for (const step of ["engine", "SELECT users", "INSERT audit", "COMMIT"]) assert.ok(steps.includes(step), step);
  const verification = spans.find(({ name }) => name === "verify signature");
  assert.equal(verification?.traceId, login.traceId);
  const password = spans.find(({ name }) => name === "POST /sign-in/password");
  assert.ok(password && within(password).some(({ name }) => name === "login"), "also where a body was read");
  assert.ok(
    spans.some(({ name }) => name === "GET"),
    "a page that is not there has a span without its address",
  );
  assert.ok(!spans.some(({ name }) => /readyz|healthz/.test(name)));

  const points = (name: string) =>
    (metrics.get(name) ?? []).map((point) => ({
      ...attributesOf(point),
      count: Number(point.count ?? point.asDouble ?? point.asInt),
    }));
  assert.deepEqual(points("login.decisions"), [
    { method: "oidc", allowed: true, count: 1 },
    { method: "password", allowed: false, reason: "unknown-user", count: 1 },
  ]);
  assert.deepEqual(points("login.plans"), [{ status: "change", count: 1 }]);
  assert.deepEqual(points("login.transaction.duration"), [
    { method: "oidc", count: 1 },
    { method: "password", count: 1 },
  ]);
  assert.deepEqual(points("sign_in.failures"), [{ method: "oidc", reason: "sign-in-expired", count: 1 }]);
  assert.ok(
    points("http.server.request.duration").some(
      (point) => "http.route" in point && point["http.route"] === "/sign-in/oidc/callback" && point.count === 1,
    ),
  );
  assert.ok(points("db.client.operation.duration").length > 5);
  assert.doesNotMatch(receiver.texts.join("\n"), /secret/i);
  await deployed.close();
  await receiver.close();
});

test("a collector that does not answer keeps nobody from signing in, nor the process from ending", async () => {
  const silent = createServer().listen(0, "localhost");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const deployed = await deployment({ environments: [{ OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${port}` }] });
  assert.equal((await deployed.newBrowser().signIn(deployed.idp, { sub: "ada", groups: ["sales"] })).location, "/");
  assert.equal(await deployed.server.stop(), 0);
  await deployed.close();
  silent.close();
});

test("without an address nothing starts, and one that is none is told", async () => {
  assert.equal(await startTelemetry({}), null);
  await assert.rejects(startTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: "collector" }), /set it to an address such as/);
  assert.equal(readConfig({ SHUTDOWN_DELAY_SECONDS: "5" }).shutdownDelaySeconds, 5);
});
