// The providers of docs/directory.md, at their public addresses: loaded before a program, in the place of the network.

const groups = { "6e7b768e-07e2-4810-8459-485f84f8f204": ["Sales Team", "All Employees"] };
const salesId = "3f2a9c1e-8d4b-4e6f-9a7c-1b2d3e4f5a6b";
const google = { "ada@example.com": ["sales"], sales: ["staff"], staff: [] };
const keycloakUsers = [
  { id: "f5c8b1d2", enabled: true },
  { id: "0a9b8c7d", enabled: false },
];

const routes = [
  [/^POST https:\/\/login\.microsoftonline\.com\/[^/]+\/oauth2\/v2\.0\/token$/, token],
  [/^POST https:\/\/graph\.microsoft\.com\/v1\.0\/users\/[-\w]+\/getMemberGroups$/, () => ({ value: [salesId] })],
  [
    /^GET https:\/\/graph\.microsoft\.com\/v1\.0\/users\/([-\w]+)\/transitiveMemberOf\/microsoft\.graph\.group\?/,
    (_, id) => ({ value: groups[id].map((displayName) => ({ id: displayName, displayName, securityEnabled: true })) }),
  ],
  [/^POST https:\/\/oauth2\.googleapis\.com\/token$/, token],
  [
    /^GET https:\/\/admin\.googleapis\.com\/admin\/directory\/v1\/groups\?/,
    ({ searchParams }) => ({
      groups: google[searchParams.get("userKey")].map((id) => ({ id, email: `${id}@example.com`, name: id })),
    }),
  ],
  [/^POST https:\/\/example\.okta\.com\/oauth2\/v1\/token$/, token],
  [
    /^GET https:\/\/example\.okta\.com\/api\/v1\/users\/00u1a2b3\/groups$/,
    () => ["Everyone", "app-sales"].map((name) => ({ id: name, profile: { name } })),
  ],
  [/^POST https:\/\/id\.example\.com\/realms\/main\/protocol\/openid-connect\/token$/, token],
  [/^GET https:\/\/id\.example\.com\/admin\/realms\/main\/users\?/, (url) => counted(keycloakUsers, url)],
  [
    /^GET https:\/\/id\.example\.com\/admin\/realms\/main\/users\/f5c8b1d2\/groups\?/,
    (url) =>
      counted(
        ["/sales/emea", "/staff"].map((path) => ({ id: path, path })),
        url,
      ),
  ],
  [/^POST https:\/\/example\.eu\.auth0\.com\/oauth\/token$/, token],
  [
    /^GET https:\/\/example\.eu\.auth0\.com\/api\/v2\/users\/auth0%7C5f7c8ec7\/roles\?/,
    () => ({ roles: [{ id: "rol_1", name: "Sales" }], total: 1 }),
  ],
];

function token() {
  return { access_token: "token", token_type: "Bearer", expires_in: 3600 };
}

function counted(list, { searchParams }) {
  const first = Number(searchParams.get("first"));
  return list.slice(first, first + Number(searchParams.get("max")));
}

globalThis.fetch = async (address, { method, headers }) => {
  const asked = `${method} ${address}`;
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(asked);
    if (match === null) continue;
    const isAuthorized = answer === token || /^Bearer token$/.test(headers.authorization);
    return isAuthorized ? Response.json(answer(new URL(address), match[1])) : new Response("", { status: 401 });
  }
  throw new Error(`the documentation asks for something else: ${asked}`);
};
