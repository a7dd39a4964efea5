/** Everything that only the preview page says, in English. */
export const words = {
  policy: {
    require: { label: "Who is admitted", hint: "everybody" },
    matchByName: {
      label: "Match groups by name",
      answers: { true: "roles and groups", "groups-only": "groups only", false: "never" },
    },
    noMatch: {
      label: "When nothing matches",
      answers: { "default-role": "give the lowest role", keep: "change nothing", deny: "refuse" },
    },
    missingClaim: {
      label: "When the claim is missing",
      answers: { "no-groups": "treat it as empty", keep: "change nothing", deny: "refuse" },
    },
    unreadableClaim: { label: "When the claim is unreadable", answers: { keep: "change nothing", deny: "refuse" } },
    roleWithoutRoleGroup: {
      label: "When no group grants a role",
      answers: {
        infer: "work it out from the groups",
        "keep-manual": "keep a role given by hand",
        keep: "keep the present role",
      },
    },
  },

  catalog: {
    groups: "Groups",
    groupName: (place: number) => `Name of group ${place}`,
    groupNeeds: (name: string | number) => `Group ${name} `,
    needs: "needs",
    noRole: "no role",
    removeGroup: (name: string) => `Remove group ${name}`,
    addGroup: "Add a group",
    newGroup: "new-group",
    roles: "Roles, lowest first",
    roleName: (place: number) => `Name of role ${place}`,
    removeRole: (name: string) => `Remove role ${name}`,
    addRole: "Add a role",
    newRole: "new-role",
  },

  page: {
    title: "Group sync preview",
    settings: "Group sync settings",
    options: "Claim options and choices",
    token: "Token",
    application: "Application",
    outcome: "Outcome of the login",
    footer:
      "Decided in this page, by the same engine that decides at login. Nothing that you type or paste leaves the page.",
    samples: "Samples",
    scenarios: "Setups",
    tokens: "Tokens",
  },
};

/** What a language has to say. */
export type Messages = typeof words;
