// The made-up people of the demo. What they have comes from logins: the engine has decided each of them.

import {
  applyCommand,
  type Catalog,
  defaultSettings,
  type Guarantee,
  type InstanceSettings,
  type Scenario,
  type SettingsCommand,
} from "idp-group-sync";
import { type LocalData, type LocalUser, personOf } from "./data.js";
import { signIn } from "./login.js";

const roles = ["end-user", "builder", "admin"];
const catalog = (...groups: Catalog["groups"]): Catalog => ({ roles, groups });

const workspaces = [
  {
    id: "main",
    name: "Main",
    catalog: catalog(
      { name: "developers", requires: "builder" },
      { name: "operators", requires: "builder" },
      { name: "engineers" },
      { name: "marketing" },
      { name: "sales" },
    ),
  },
  {
    id: "product",
    name: "Product",
    catalog: catalog({ name: "developers", requires: "builder" }, { name: "designers" }),
  },
  {
    id: "directory",
    name: "Directory",
    catalog: catalog({ name: "sales" }, { name: "Research, Europe", requires: "builder" }),
  },
  { id: "lab", name: "Laboratory", catalog: catalog({ name: "researchers", requires: "builder" }) },
  { id: "support", name: "Support desk", catalog: catalog({ name: "agents" }) },
];

/** Without it, nobody of the platform's owners is an admin any more. */
export const lockoutToTry = "Platform Owners -> admin";

const commands: SettingsCommand[] = [
  {
    type: "set-mapping",
    mapping: `# Who may build\nEngineering -> developers\nIT Operations -> operators\n\nMarketing Team -> marketing\nSales Team -> sales\n${lockoutToTry}`,
  },
  { type: "add-workspace", workspace: "product" },
  {
    type: "set-mapping",
    mapping: "# Here, engineers are developers\nEngineering -> developers\nDesign* -> designers",
    workspace: "product",
  },
  { type: "add-workspace", workspace: "directory" },
  { type: "set-claim", claim: { name: "ldap_groups", item: "ldap-cn" }, workspace: "directory" },
  { type: "set-policy", policy: { removal: "synced" }, workspace: "directory" },
  { type: "enable" },
];

const people: [name: string, token: Record<string, unknown> | null][] = [
  ["Sue Super", null],
  ["Ada Admin", { groups: ["Platform Owners", "Engineering"] }],
  ["Amir Aziz", { groups: ["Platform Owners"] }],
  ["Ben Builder", { groups: ["builder", "Sales Team"] }],
  ["Clara Coder", { groups: ["Engineering", "Design Systems"] }],
  ["Dario Deploy", { groups: ["IT Operations"] }],
  ["Eli Engineer", { groups: ["Engineering"] }],
  ["Eve Enduser", { groups: ["end-user"] }],
  ["Finn Frontend", { groups: ["engineering", "Design Guild"] }],
  ["Greta Growth", { groups: ["Marketing Team"] }],
  ["Hana Hill", { groups: ["Marketing Team", "Sales Team"] }],
  ["Igor Ilves", { groups: ["sales-team"] }],
  ["Jana Jansen", { groups: ["Sales Team"] }],
  ["Kofi Kane", { groups: ["sales"] }],
  [
    "Lena Ldap",
    {
      groups: [],
      ldap_groups: ["CN=sales,OU=Groups,DC=example,DC=com", "CN=Research\\, Europe,OU=Groups,DC=example,DC=com"],
    },
  ],
  ["Mara Marketing", { groups: ["Marketing Team", "sales-team"] }],
  ["Mia Missing", {}],
  ["Mo Malformed", { groups: true }],
  ["Nils Nobody", { groups: [] }],
  ["Olga Operator", { groups: ["operators"] }],
  [
    "Otto Overage",
    { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://directory.example/otto" } } },
  ],
  ["Pia Product", { groups: ["Design Guild"], department: "Product" }],
  ["Quentin Quist", { groups: ["Engineering", "Sales Team"], department: "Sales" }],
  ["Rosa Research", { groups: ["Research"], ldap_groups: ["CN=Research\\, Europe,OU=Groups,DC=example,DC=com"] }],
];

const scenarios: Scenario[] = [
  { name: "Engineers build", groups: ["Engineering"], expect: { role: "builder", groups: ["developers"] } },
  { name: "Marketing does not build", groups: ["Marketing Team"], expect: { role: "end-user", groups: ["marketing"] } },
  { name: "Whoever has no groups gets in", claims: { groups: [] }, expect: { outcome: "no-match" } },
];

const guarantees: Guarantee[] = [
  { name: "Only platform owners become admins", only: { role: "admin", groups: ["Platform Owners", "admin"] } },
];

/** The same people in an instance that was never set up: nobody has signed in yet. */
export function emptyData(now: Date): LocalData {
  return {
    format: 3,
    workspaces,
    users: everybody(),
    versions: [{ settings: defaultSettings("main"), changedAt: now.toISOString(), changedBy: null }],
    logins: [],
    firstLogin: 1,
    scenarios: [],
    labels: [],
  };
}

export function sampleData(now: Date): LocalData {
  const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const data = emptyData(before(240));
  const settings = commands.reduce((from, command) => {
    const change = applyCommand(from, command, { superAdmin: true });
    if (change.status !== "applied") throw new Error(`the sample settings do not take \`${command.type}\``);
    return change.settings;
  }, defaultSettings("main"));
  const [sue] = data.users;
  data.versions.push({ settings, changedAt: before(200).toISOString(), changedBy: sue ? personOf(sue) : null });
  data.scenarios.push({ workspace: null, set: { version: 1, scenarios, guarantees } });
  const signingIn = data.users.filter(({ token }) => token !== null);
  for (const [index, user] of signingIn.entries()) signIn(data, user, before(150 - index * 5));
  givenByHand(data);
  rolledBack(data, settings, before);
  return data;
}

function everybody(): LocalUser[] {
  return people.map(([name, token], index): LocalUser => {
    const subject = name.split(" ", 1)[0]?.toLowerCase() ?? name;
    return {
      id: index + 1,
      name,
      email: `${subject}@example.com`,
      subject,
      status: "active",
      superAdmin: token === null,
      token,
      claims: null,
      memberships: token === null ? { main: { status: "active", role: "admin", groups: [] } } : {},
    };
  });
}

/** A wrong change, which was found and taken back. */
function rolledBack({ versions }: LocalData, settings: InstanceSettings, before: (hours: number) => Date): void {
  const changedBy = versions.at(-1)?.changedBy ?? null;
  const mapping = settings.mapping.replace("Owners -> admin", "Owners -> builder").replace("Sales Team -> sales\n", "");
  const wrong: InstanceSettings = { ...settings, mapping, policy: { noMatch: "deny" } };
  versions.push({ settings: wrong, changedAt: before(30).toISOString(), changedBy });
  versions.push({ settings, changedAt: before(29).toISOString(), changedBy });
}

/** Somebody was let into a group by hand, which the next login undoes, or not, by the choice of the workspace. */
function givenByHand({ users }: LocalData): void {
  const greta = users.find(({ subject }) => subject === "greta")?.memberships.main;
  if (greta) greta.groups = [...greta.groups, { name: "sales", grantedBy: "manual" }];
}
