// Logins a second on a PostgreSQL server, by one process and by two, beside the same number of requests that sign nobody in; and where the
// time of a login goes. An identity provider in this process answers at once, so what is measured is the server's.
//
//   npx tsc -p server && TEST_DATABASE_URL=postgres://postgres@localhost/postgres node server/bench/logins.mjs [seconds]

import { deployment } from "../dist/tests/e2e/support/deployment.js";
import { telemetryReceiver } from "../dist/tests/support/telemetry-receiver.js";

if (!process.env.TEST_DATABASE_URL) throw new Error("TEST_DATABASE_URL is missing: set it to a PostgreSQL server");
const seconds = Number(process.argv[2] ?? 10);
const atOnce = 16;
/** Everybody comes back with other groups, so that each login changes something. */
const people = 200;
const groups = [["sales"], ["sales", "marketing"], ["chess"], []];

console.log("| Processes | Pages a second | Logins a second | Ratio |\n| --- | ---: | ---: | ---: |");
for (const processes of [1, 2]) {
  const deployed = await deployment({ environments: Array.from({ length: processes }, () => ({ LOG_LEVEL: "warn" })) });
  // Two requests as well, with no transaction.
  const page = async (browser) => {
    await browser.get("/sign-in");
    await browser.get("/sign-in");
  };
  const pages = await rate(deployed, page);
  const login = signIn(deployed);
  const logins = await rate(deployed, login.work);
  await login.check();
  console.log(`| ${processes} | ${pages.toFixed(0)} | ${logins.toFixed(0)} | ${(pages / logins).toFixed(1)}× |`);
  await deployed.close();
}

const receiver = await telemetryReceiver();
const deployed = await deployment({
  environments: [{ LOG_LEVEL: "warn", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint }],
});
const login = signIn(deployed);
await rate(deployed, login.work, 1);
await login.check();
await deployed.close();
await receiver.close();
report(receiver.spans);

/** Logins, and whether the database has each of them, with what it changed. */
function signIn({ idp, withDatabase }) {
  let count = 0;
  const work = async (browser) => {
    const claims = { sub: `person-${count % people}`, groups: groups[Math.floor(count / people) % groups.length] };
    count += 1;
    const { location } = await browser.signIn(idp, claims);
    if (location !== "/") throw new Error(`nobody was signed in, but sent to ${location}`);
  };
  const check = async () => {
    const changing = await withDatabase((database) =>
      database.selectFrom("audit_plans").select("audit_id").distinct().where("applied", "=", true).execute(),
    );
    if (changing.length !== count) throw new Error(`of ${count} logins, ${changing.length} changed something`);
  };
  return { work, check };
}

/** How often `work` is done a second, after a second of warming up, and at least once. */
async function rate(deployed, work, concurrency = atOnce) {
  let done = 0;
  const begun = performance.now();
  const [from, to] = [begun + 1000, begun + 1000 + seconds * 1000];
  let last = to;
  const loop = async (index) => {
    while (performance.now() < to || done === 0) {
      await work(deployed.newBrowser(deployed.servers[index % deployed.servers.length]));
      const now = performance.now();
      if (now < from || (now >= to && done > 0)) continue;
      done += 1;
      last = Math.max(now, to);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, index) => loop(index)));
  return done / ((last - from) / 1000);
}

/** Of what came back from the identity provider, one login after the other. */
function report(spans) {
  const milliseconds = (span) => Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6;
  const callbacks = new Set(spans.filter(({ name }) => name === "GET /sign-in/oidc/callback").map((one) => one.spanId));
  const traces = new Set(spans.filter(({ spanId }) => callbacks.has(spanId)).map(({ traceId }) => traceId));
  const within = spans.filter(({ traceId }) => traces.has(traceId));
  const steps = {
    "the whole request": ({ spanId }) => callbacks.has(spanId),
    "code for token, verification included": ({ name }) => name === "identity provider",
    "verifying the signature": ({ name }) => name === "verify signature",
    "login transaction": ({ name }) => name === "login",
    engine: ({ name }) => name === "engine",
    "statements, in and around the transaction": ({ attributes }) =>
      attributes.some(({ key }) => key === "db.system.name"),
  };
  const sumOf = (step) => within.filter(step).reduce((sum, span) => sum + milliseconds(span), 0);
  const whole = sumOf(steps["the whole request"]);
  console.log("\n| Step | Milliseconds a login | Share | Times |\n| --- | ---: | ---: | ---: |");
  for (const [name, step] of Object.entries(steps)) {
    const [sum, times] = [sumOf(step), within.filter(step).length / callbacks.size];
    console.log(
      `| ${name} | ${(sum / callbacks.size).toFixed(2)} | ${((100 * sum) / whole).toFixed(0)} % | ${times.toFixed(1)} |`,
    );
  }
}
