// What all directories do alike, tried on that of Keycloak and Entra ID: tokens, waiting, time-outs, limits, and where a token is sent.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DirectoryError, entraDirectory, keycloakDirectory, oktaDirectory } from "idp-group-sync/directory";
import { all, clock, provider, rejection } from "./support/directory.mjs";

const secret = "s3cret-of-the-client";

/** Microsoft Graph with tokens that count up, and `answer` for all else. */
async function graph(t, answer, options = {}) {
  let issued = 0;
  const time = clock();
  const { base, requests } = await provider(t, (request) => {
    if (!request.path.endsWith("/oauth2/v2.0/token")) return answer(request, requests.filter(isApi).length);
    issued++;
    return { json: { token_type: "Bearer", access_token: `token-${issued}`, expires_in: 3600 } };
  });
  const configured = { tenant: "contoso", clientId: "app", clientSecret: secret, ...time.options, ...options };
  const directory = entraDirectory({ ...configured, base: `${base}/v1.0`, login: base });
  return { directory, requests, base, ...time, api: () => requests.filter(isApi), issued: () => issued };
}

const isApi = ({ path }) => path.startsWith("/v1.0/");
const groups = (...value) => ({ json: { value } });
const failed = { status: 500, json: { error: { code: "generalException" } } };

describe("the token", () => {
  test("is asked for once, also by many at a time, and renewed before it runs out", async (t) => {
    const { directory, issued, advance, api } = await graph(t, () => groups("a"));
    await Promise.all([1, 2, 3].map((id) => directory.groupsOf(String(id))));
    assert.equal(issued(), 1);
    advance(3600_000 - 60_001);
    await directory.groupsOf("4");
    assert.equal(issued(), 1);
    advance(1);
    await directory.groupsOf("5");
    assert.equal(issued(), 2);
    assert.deepEqual(
      api().map(({ headers }) => headers.authorization),
      ["Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-2"],
    );
  });

  test("is renewed once where it is refused", async (t) => {
    const refused = { status: 401, json: { error: { code: "InvalidAuthenticationToken" } } };
    const once = await graph(t, ({ headers }) => (headers.authorization === "Bearer token-1" ? refused : groups("a")));
    assert.deepEqual(await once.directory.groupsOf("ada"), ["a"]);
    assert.equal(once.issued(), 2);

    const always = await graph(t, () => refused);
    const error = await rejection(always.directory.groupsOf("ada"));
    assert.deepEqual([error.code, always.api().length, always.issued()], ["unauthorized", 2, 2]);
    assert.match(error.message, /status 401, InvalidAuthenticationToken; check the credentials/);
  });

  test("that nobody gets is an error without a secret, and is asked for again the next time", async (t) => {
    let isOff = true;
    const { base, requests } = await provider(t, ({ path, body }) => {
      if (!path.endsWith("/token")) return { json: [] };
      // As a careless provider would: with what was sent in its answer.
      return isOff
        ? { status: 401, json: { error: secret, error_description: body } }
        : { json: { access_token: "t" } };
    });
    const directory = keycloakDirectory({ base, realm: "main", clientId: "app", clientSecret: secret });
    const error = await rejection(directory.groupsOf("ada"));
    assert.ok(error instanceof DirectoryError);
    assert.equal(error.code, "unauthorized");
    assert.equal(error.place, `POST ${base}/realms/main/protocol/openid-connect/token`);
    assert.ok(!JSON.stringify([error.message, error.stack, { ...error }]).includes(secret));
    assert.equal(error.cause, undefined);
    isOff = false;
    assert.deepEqual(await directory.groupsOf("ada"), []);
    assert.equal(requests.filter(({ path }) => path.endsWith("/token")).length, 2);
  });

  test("is in no error that comes of its use", async () => {
    const options = { base: "https://example.okta.com", apiToken: "00token" };
    const careless = (_, { headers }) => Promise.reject(new TypeError(`bad header ${headers.authorization}`));
    const error = await rejection(oktaDirectory({ ...options, fetch: careless, attempts: 1 }).groupsOf("ada"));
    assert.equal(error.code, "unavailable");
    assert.ok(!error.stack.includes("00token"), error.stack);
    assert.throws(() => oktaDirectory({ ...options, apiToken: "00token\n" }), {
      code: "invalid-input",
      place: "apiToken",
    });
  });
});

describe("waiting", () => {
  test("is as long as `Retry-After` says, in seconds or as a date, or else doubles", async (t) => {
    const answers = [
      { status: 429, headers: { "retry-after": "7" } },
      {
        status: 503,
        headers: { "retry-after": "Sun, 01 Mar 2026 12:00:20 GMT", date: "Sun, 01 Mar 2026 12:00:08 GMT" },
      },
      { status: 429 },
      { status: 502 },
      groups("a"),
    ];
    const { directory, waits } = await graph(t, (_, count) => answers[count - 1]);
    assert.deepEqual(await directory.groupsOf("ada"), ["a"]);
    assert.deepEqual(waits, [7_000, 12_000, 4_000, 8_000]);
  });

  test("in the middle of the pages gives all of them", async (t) => {
    const { directory, base, waits } = await graph(
      t,
      ({ query }, count) => {
        if (count === 2) return { status: 429, headers: { "retry-after": "3" } };
        const page = Number(query.$skiptoken ?? 1);
        const next = page < 3 ? { "@odata.nextLink": `${base}/v1.0/more?$skiptoken=${page + 1}` } : {};
        return { json: { value: [{ id: `${page}`, displayName: `Group ${page}`, securityEnabled: true }], ...next } };
      },
      { groups: "name" },
    );
    assert.deepEqual(await directory.groupsOf("ada"), ["Group 1", "Group 2", "Group 3"]);
    assert.deepEqual(waits, [3_000]);
  });

  test("ends after so many attempts, and where it would be too long", async (t) => {
    const busy = await graph(t, () => ({ status: 429 }), { attempts: 3 });
    const error = await rejection(busy.directory.groupsOf("ada"));
    assert.deepEqual([error.code, busy.api().length, busy.waits], ["throttled", 3, [1_000, 2_000]]);
    assert.match(error.problem, /answered 3 times, at last with status 429/);

    const long = await graph(t, () => ({ status: 429, headers: { "retry-after": "61" } }));
    const asked = await rejection(long.directory.groupsOf("ada"));
    assert.deepEqual([asked.code, long.api().length, long.waits], ["throttled", 1, []]);
    assert.match(asked.problem, /asks to wait 61 s/);

    const away = await graph(t, () => ({ status: 504 }), { attempts: 2 });
    assert.equal((await rejection(away.directory.groupsOf("ada"))).code, "unavailable");
  });

  test("ends at once where it is aborted, with the reason", async (t) => {
    const stop = new AbortController();
    const sleep = (_, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        stop.abort(new Error("enough"));
      });
    const { directory, api } = await graph(t, () => ({ status: 503 }), { sleep });
    assert.equal((await rejection(directory.groupsOf("ada", { signal: stop.signal }))).message, "enough");
    assert.equal((await rejection(directory.groupsOf("ada", { signal: stop.signal }))).message, "enough");
    assert.equal(api().length, 1);
  });

  test("goes on by the platform's timer, if there is no other", async (t) => {
    const { directory, api } = await graph(
      t,
      (_, count) => (count === 1 ? { status: 503, headers: { "retry-after": "0" } } : groups("a")),
      {
        sleep: undefined,
      },
    );
    assert.deepEqual(await directory.groupsOf("ada"), ["a"]);
    assert.equal(api().length, 2);
  });
});

describe("a provider that fails", () => {
  test("on a later page gives nothing of the earlier ones", async (t) => {
    const { directory, base } = await graph(
      t,
      (_, count) =>
        count === 2
          ? failed
          : {
              json: {
                value: [{ id: "1", displayName: "a", securityEnabled: true }],
                "@odata.nextLink": `${base}/v1.0/2`,
              },
            },
      { groups: "name" },
    );
    const error = await rejection(directory.groupsOf("ada"));
    assert.deepEqual([error.code, error.place], ["unavailable", `GET ${base}/v1.0/2`]);
    assert.match(error.problem, /status 500, generalException/);
  });

  test("in a list of users ends the list with the error, after whole users", async (t) => {
    const { directory, base } = await graph(t, ({ path, query }) => {
      if (path.endsWith("getMemberGroups")) return groups("a");
      if (query.$skiptoken) return failed;
      const value = [
        { id: "ada", accountEnabled: true },
        { id: "bob", accountEnabled: false },
      ];
      return { json: { value, "@odata.nextLink": `${base}/v1.0/users?$skiptoken=2` } };
    });
    const seen = [];
    const error = await rejection(
      (async () => {
        for await (const user of directory.users()) seen.push(user);
      })(),
    );
    assert.equal(error.code, "unavailable");
    assert.deepEqual(seen, [
      { id: "ada", directory: "active", groups: ["a"] },
      { id: "bob", directory: "inactive", groups: [] },
    ]);
  });

  test("to answer in time, to be there, or to know the user", async (t) => {
    // The token may take its time, and what is asked counts as soon as it is: where a machine is busy, nothing arrives within 40 ms.
    let asked = 0;
    const hurried = (address, init) => {
      if (!isApi({ path: new URL(address).pathname })) return fetch(address, { ...init, signal: null });
      asked++;
      return fetch(address, init);
    };
    const slow = await graph(t, () => undefined, { timeout: 40, attempts: 2, fetch: hurried });
    const late = await rejection(slow.directory.groupsOf("ada"));
    assert.deepEqual([late.code, asked, slow.waits], ["timed-out", 2, [1_000]]);

    const time = clock();
    const nowhere = { base: "http://127.0.0.1:1", apiToken: "t", attempts: 2, ...time.options };
    const away = await rejection(oktaDirectory(nowhere).groupsOf("ada"));
    assert.deepEqual([away.code, time.waits], ["unavailable", [1_000]]);

    const unknown = await graph(t, () => ({ status: 404, json: { error: { code: "Request_ResourceNotFound" } } }));
    assert.equal((await rejection(unknown.directory.groupsOf("ada"))).code, "user-not-found");

    const denied = await graph(t, () => ({ status: 403, json: { error: { code: "Authorization_RequestDenied" } } }));
    const error = await rejection(denied.directory.groupsOf("ada"));
    assert.deepEqual([error.code, /GroupMember\.Read\.All/.test(error.help)], ["forbidden", true]);
  });

  test("to answer as documented is told with the place", async (t) => {
    const answers = [
      [{ json: { value: ["a", 7] } }, ": value[1]", "expected a text, found a number"],
      [{ json: { value: "a" } }, ": value", "expected a list, found a text"],
      [{ json: {} }, ": value", "expected a list, found nothing"],
      [{ json: ["a"] }, "", "expected an object, found a list"],
      [{ json: { value: [""] } }, ": value[0]", "expected a text, found an empty text"],
      [{ text: "<!doctype html>" }, "", "the answer is no JSON"],
    ];
    for (const [answer, place, problem] of answers) {
      const { directory, base } = await graph(t, () => answer);
      const error = await rejection(directory.groupsOf("ada"));
      assert.deepEqual(
        [error.code, error.place, error.problem],
        ["unexpected-answer", `POST ${base}/v1.0/users/ada/getMemberGroups${place}`, problem],
      );
      assert.equal(error.message, `${error.place}: ${error.problem}; ${error.help}`);
    }
  });

  test("with pages that never end, or an answer that is too large", async (t) => {
    const page = { id: "1", displayName: "a", securityEnabled: true };
    const circle = await graph(
      t,
      ({ query }) => ({
        json: { value: [page], "@odata.nextLink": `${circle.base}/v1.0/more?page=${query.page === "1" ? 2 : 1}` },
      }),
      { groups: "name" },
    );
    assert.equal((await rejection(circle.directory.groupsOf("ada"))).code, "too-large");
    assert.equal(circle.api().length, 3);

    const large = await graph(t, () => groups("x".repeat(2_000)), { largestAnswer: 1_000 });
    const error = await rejection(large.directory.groupsOf("ada"));
    assert.deepEqual([error.code, large.api().length], ["too-large", 1]);
  });
});

describe("where a token is sent", () => {
  test("is below the configured address, whatever a link says", async (t) => {
    const hostile = [];
    const other = await provider(t, (request) => {
      hostile.push(request);
      return groups();
    });
    for (const link of [
      `${other.base}/v1.0/more`,
      "https://graph.microsoft.com.evil.example/v1.0/more",
      "//evil.example/v1.0/more",
      "/beta/more",
      "../more",
      "file:///etc/passwd",
      "http://[",
    ]) {
      const { directory, api } = await graph(t, () => ({ json: { value: [], "@odata.nextLink": link } }), {
        groups: "name",
      });
      const error = await rejection(directory.groupsOf("ada"));
      assert.deepEqual([link, error.code, api().length], [link, "foreign-link", 1]);
      assert.ok(!error.message.includes("evil"), "the link may hold anything");
    }
    assert.deepEqual(hostile, []);
  });

  test("is not where a redirection leads", async (t) => {
    const other = await provider(t, () => groups("a"));
    const { directory } = await graph(t, () => ({ status: 307, headers: { location: `${other.base}/` }, json: {} }));
    assert.equal((await rejection(directory.groupsOf("ada"))).code, "unexpected-answer");
    assert.deepEqual(other.requests, []);
  });

  test("is encrypted, but for this machine", () => {
    const at = (base) => () => oktaDirectory({ base, apiToken: "t" });
    for (const base of [
      "http://example.okta.com",
      "http://localhost.example.com",
      "ftp://example.okta.com",
      "https://ada:secret@example.okta.com",
      "https://example.okta.com/?a",
      "example.okta.com",
      "",
    ]) {
      assert.throws(
        at(base),
        (error) => error.code === "invalid-input" && error.place === "base" && !/secret/.test(error),
      );
    }
    for (const base of ["https://example.okta.com", "http://localhost:8080/", "http://127.0.0.1", "http://[::1]:1"])
      at(base)();
  });

  test("is about the given user, whatever the id holds", async (t) => {
    const { directory, api } = await graph(t, () => groups("a"));
    for (const id of ["auth0|1", "../../groups", "a/b?c#d", "%2e%2e", "ä"]) await directory.groupsOf(id);
    assert.deepEqual(
      api().map(({ path }) => decodeURIComponent(path.split("/")[3])),
      ["auth0|1", "../../groups", "a/b?c#d", "%2e%2e", "ä"],
    );
    for (const id of ["", ".", "..", "\ud800", undefined]) {
      assert.equal((await rejection(directory.groupsOf(id))).code, "invalid-input");
    }
  });
});

test("a list of users asks for a few users' groups at a time, and for nothing more once it is left", async (t) => {
  let [now, most] = [0, 0];
  const counting = async (address, init) => {
    most = Math.max(most, ++now);
    return fetch(address, init).finally(() => now--);
  };
  const ids = Array.from({ length: 12 }, (_, index) => `user-${index}`);
  const { directory, api } = await graph(
    t,
    ({ path }) =>
      path.endsWith("getMemberGroups")
        ? groups(path.split("/")[3])
        : { json: { value: ids.map((id) => ({ id, accountEnabled: true })) } },
    { concurrency: 3, fetch: counting },
  );
  const users = await all(directory.users());
  assert.deepEqual(
    users,
    ids.map((id) => ({ id, directory: "active", groups: [id] })),
  );
  assert.equal(most, 3);
  const before = api().length;
  for await (const { id } of directory.users()) if (id === "user-1") break;
  assert.equal(api().length - before, 1 + 3);
});

test("limits are whole numbers above 0, and nothing that is needed is missing", () => {
  const options = { base: "https://id.example.com", realm: "main", clientId: "app", clientSecret: secret };
  for (const name of ["timeout", "attempts", "longestWait", "largestAnswer", "concurrency"]) {
    for (const limit of [0, -1, 1.5, Number.NaN, "5"]) {
      assert.throws(() => keycloakDirectory({ ...options, [name]: limit }), { code: "invalid-input", place: name });
    }
  }
  for (const name of ["realm", "clientId", "clientSecret"]) {
    assert.throws(() => keycloakDirectory({ ...options, [name]: "" }), { code: "invalid-input", place: name });
  }
});
