// Configurations and tokens of a given size. Every token is new, as it is at a login: no string of it has been seen before.

/** What group names look like; names that are not in ASCII take more work on the way into the engine. */
const ALPHABETS = {
  ascii: (number) => `IdP Team ${String(number).padStart(5, "0")}`,
  "not ASCII": (number) => `Équipe Zürich ${String(number).padStart(5, "0")}`,
};

/**
 * @param {number} entries how many entries the mapping has, each with an app group of its own; every tenth group needs a role
 * @param {keyof typeof ALPHABETS} alphabet
 */
export function configuration(entries, alphabet = "ascii") {
  const name = ALPHABETS[alphabet];
  const groups = Array.from({ length: entries }, (_, number) => ({
    name: `app-group-${number}`,
    ...(number % 10 === 3 ? { requires: "builder" } : {}),
  }));
  const mapping = groups.map((group, number) => `${name(number)} -> ${group.name}`).join("\n");
  return { mapping, claim: { name: "groups" }, catalog: { groups } };
}

/** Makes tokens of a user with this many IdP groups, four in five of which the mapping of so many entries names. */
export function tokens(entries, idpGroups, alphabet = "ascii") {
  const name = ALPHABETS[alphabet];
  return (count) =>
    Array.from({ length: count }, (_, user) => {
      const groups = Array.from({ length: idpGroups }, (_, index) =>
        index % 5 === 4 ? `Unrelated ${user}-${index}` : name((user * 7 + index * 3) % entries),
      );
      return parsed({
        ...CLAIMS,
        sub: `user-${user}`,
        email: `user-${user}@example.com`,
        groups: [...new Set(groups)],
      });
    });
}

const CLAIMS = {
  iss: "https://idp.example.com",
  aud: "our-app",
  iat: 1_790_000_000,
  exp: 1_790_003_600,
  nonce: "n-0S6_WzA2Mj",
  email_verified: true,
  name: "Ada Lovelace",
};

/** A membership with some groups that the token grants, and some that it does not. */
export function membership(entries, idpGroups) {
  const groups = Array.from({ length: Math.ceil(idpGroups / 2) }, (_, index) => ({
    name: `app-group-${(index * 5) % entries}`,
    grantedBy: index % 4 === 0 ? "manual" : "sync",
  }));
  return {
    role: "end-user",
    groups: groups.filter((group, index) => index < entries / 5 || group.name === "app-group-0"),
  };
}

/** A login to so many workspaces that inherit everything. */
export function settings(configuration, workspaces) {
  const ids = Array.from({ length: workspaces }, (_, number) => `workspace-${number}`);
  return {
    settings: {
      version: 1,
      enabled: true,
      claim: "groups",
      mapping: configuration.mapping,
      policy: {},
      defaultWorkspace: ids[0],
      workspaces: ids.map((id) => ({ id, enabled: true })),
    },
    catalogs: Object.fromEntries(ids.map((id) => [id, configuration.catalog])),
    request: (claims, membership, explain) => ({
      method: "oidc",
      claims,
      user: { exists: true },
      licence: { status: "active", features: { sso: true, groupSync: true, customGroups: true } },
      workspaces: ids.map((id) => ({ id, member: "active", membership })),
      explain,
    }),
  };
}

/** As a verified token is: fresh from its text. */
function parsed(claims) {
  return JSON.parse(JSON.stringify(claims));
}
