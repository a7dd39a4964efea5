import { html, type TemplateResult } from "lit";
import type { PolicyWords } from "../elements/policy-questions.js";

export type Text = string | TemplateResult;
type Field = "claim" | "mapping" | "policy";

const code = (name: string) => html`<code>${name}</code>`;
const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const fields: Record<Field, string> = { claim: "claim", mapping: "mapping", policy: "choices" };
const fieldList = (own: Field[]) => own.map((field) => fields[field]).join(", ");
const at = (where: string | null) => (where === null ? "for the instance" : html`for ${code(where)}`);

/** English. Everything that the page says stands here, but for what the engine itself says. */
export const en = {
  languageName: "English",
  cancel: "Cancel",
  showAll: (all: number) => `Show all ${all.toLocaleString("en")}`,
  showMore: (more: number) => `Show more (${more.toLocaleString("en")} left)`,
  page: {
    title: "Group sync",
    views: "Views",
    home: "Your workspaces",
    language: "Language",
    demo: "A demonstration with made-up people. Everything stays in this browser.",
    startAnew: "Start anew",
    loading: "Loading…",
    skip: "Skip to the content",
  },
  views: {
    settings: "Settings",
    preview: "Preview",
    scenarios: "Scenarios",
    activity: "Activity",
    review: "Review and save",
  },
  problems: {
    title: "This page cannot be shown",
    again: "Try again",
    signIn: "Sign in",
    signInHint: "Sign in as a super admin of this instance. In another tab, if there is something unsaved here.",
    "not-signed-in": "You are not signed in, or no longer.",
    "not-super-admin": "Only a super admin may see and change the settings of group sync.",
    unreachable: "The server cannot be reached.",
    "database-unavailable": "The server cannot reach its database. What was asked was carried out whole or not at all.",
    "csrf-token": "The session has changed. Load the page again.",
  } as Record<string, string>,
  settings: {
    title: "Group sync",
    groupSync: "Group Sync",
    on: "On: at every single sign-on, roles and groups follow the identity provider.",
    off: "Off: nothing changes at login, and nobody's role or groups are touched. The settings are kept, and come back when you switch it on again.",
    scopes: "What the settings are for",
    instance: "Instance",
    instanceHint: "what workspaces inherit",
    addWorkspace: "Add workspace",
    notListed: (name: string) => html`${code(name)} is not in the sync list.`,
    defaultBadge: "default",
    offBadge: "off",
    inheritsAll: "inherits everything",
    overrides: (own: Field[]) => `its own: ${fieldList(own)}`,
    defaultWorkspace: "Default workspace",
    defaultWorkspaceHint: "New users join it, whatever their groups.",
    syncWorkspace: "Sync this workspace",
    workspaceOn: "On: every single sign-on also syncs this workspace.",
    workspaceOff: "Off: logins change nothing in this workspace. Its settings are kept.",
    makeDefault: "Make it the default workspace",
    removeWorkspace: "Remove from the sync list…",
    inherited: "Inherited",
    overridden: "Overridden here",
    override: "Override here",
    reset: "Reset to inherited",
  },
  claim: {
    title: "Claim",
    name: "Claim name",
    hint: "The claim of the token that carries the groups. Dots lead into nested claims.",
    suggestions: "Seen in recent logins:",
    noSuggestions: "No login has shown a claim that groups could be read from yet.",
    users: (users: number, tokens: number) => `${users} of ${tokens}`,
    options: "How the claim is read",
  },
  mapping: {
    title: "Group mapping",
    label: "Group mapping",
    hint: "One entry a line: a group of the identity provider, an arrow, a role or group of the application. Groups that no entry names match by their own name.",
    loading: "The editor is on its way…",
    failed: "The editor could not be loaded. Load the page again.",
    empty: "Empty: groups match by their own name.",
    inheritedText: "The inherited mapping",
  },
  policies: {
    title: "Choices",
    hint: "What the mapping leaves open. A choice that you do not make stays the default.",
    whole: "These take the place of all of the instance's choices.",
    default: "default",
  },
  policy: {
    matchByName: {
      question: "Do groups match by their own name?",
      answers: {
        true: ["Roles and groups", "A group that no entry names grants the role or group of the same name."],
        "groups-only": ["Groups only", "Never a role: for identity providers where anybody may name a group “admin”."],
        false: ["Never", "Only the mapping grants anything."],
      },
    },
    noMatch: {
      question: "When none of somebody's groups matches",
      answers: {
        "default-role": ["Give the lowest role", "And no groups."],
        keep: ["Change nothing", "They keep what they have."],
        deny: ["Refuse", "They may not come in here."],
      },
    },
    missingClaim: {
      question: "When the token has no such claim",
      answers: {
        "no-groups": ["Treat it as no groups", "Many identity providers leave out an empty claim."],
        keep: ["Change nothing", "They keep what they have."],
        deny: ["Refuse", "They may not come in here."],
      },
    },
    unreadableClaim: {
      question: "When the claim cannot be read",
      answers: {
        keep: ["Change nothing", "A guess could give or take something. The activity says why."],
        deny: ["Refuse", "They may not come in here."],
      },
    },
    roleWithoutRoleGroup: {
      question: "When no group grants a role",
      answers: {
        infer: ["Work it out from their groups", "The highest that a group needs, or else the lowest."],
        "promote-only": ["Never lower the role they have", "It may still be raised."],
        keep: ["Keep the role they have", "Unless a group needs a higher one."],
      },
    },
    removal: {
      question: "Which groups do people leave at login?",
      answers: {
        all: ["All that they no longer have", "What was given by hand is undone as well."],
        synced: ["Only those that a sync gave", "What was given by hand stays."],
        mapped: ["Only those that this mapping can grant", "Others are left alone."],
        none: ["None", "Logins only ever add groups."],
      },
    },
    nonMembers: {
      question: "Who joins a workspace by signing in?",
      answers: {
        matched: ["Whoever has a group that matches", "Everybody joins the default workspace."],
        all: ["Everybody", "With what their groups give them."],
        none: ["Nobody", "Only members are synced, and the default workspace is joined."],
      },
    },
    protectLastAdmin: {
      question: "May a login lower the role of the last admin?",
      answers: {
        true: ["No", "A workspace always keeps an admin."],
        false: ["Yes", "A workspace may be left without an admin."],
      },
    },
  } as PolicyWords,
  addWorkspace: {
    title: "Add workspace",
    hint: "It inherits everything from the instance, which you can override afterwards.",
    search: "Search",
    none: "Every workspace is in the sync list.",
    notFound: "No workspace has such a name.",
    members: (members: number) => count(members, "member", "members"),
    add: "Add",
  },
  removeWorkspace: {
    title: (name: string) => `Remove ${name} from the sync list?`,
    hint: "Nobody's role or groups change by this. To stop syncing for a while, switch the workspace off instead: that loses nothing.",
    newDefault: "It is the default workspace. Which one takes its place?",
    choose: "Choose…",
    remove: "Remove",
    /** The engine says it in English. */
    loss: null as ((name: string, own: Field[]) => Text) | null,
  },
  /** The engine says these in English; a code that is not here is told in its words. */
  rejections: {} as Record<string, string>,
  unsaved: {
    title: "Unsaved changes",
    count: (changes: number) => count(changes, "unsaved change", "unsaved changes"),
    discard: "Discard",
    review: "Review and save",
    notYet: "not yet right",
    mendFirst: "Mend what is wrong first",
  },
  commands: {
    enable: "Group Sync is switched on." as Text,
    disable: "Group Sync is switched off." as Text,
    setClaim: (claim: string, where: string | null): Text => html`The claim ${at(where)} is ${code(claim)}.`,
    setMapping: (where: string | null): Text => html`The mapping ${at(where)} has another text.`,
    setPolicy: (where: string | null): Text => html`The choices ${at(where)} are others.`,
    inherit: (field: Field, name: string): Text => html`${code(name)} inherits the ${fields[field]} of the instance.`,
    addWorkspace: (name: string): Text => html`${code(name)} is added to the sync list.`,
    enableWorkspace: (name: string): Text => html`${code(name)} is synced again.`,
    disableWorkspace: (name: string): Text => html`${code(name)} is no longer synced. Its settings are kept.`,
    removeWorkspace: (name: string, successor: string | null): Text =>
      successor === null
        ? html`${code(name)} is removed from the sync list.`
        : html`${code(name)} is removed from the sync list, and ${code(successor)} is the default workspace.`,
    setDefault: (name: string): Text => html`${code(name)} is the default workspace.`,
  },
  effects: { gains: "gains", loses: "loses", changes: "changes" },
  access: { role: "role", noRole: "none", becomes: "becomes", joins: "joins", leaves: "leaves" },
  difference: {
    none: "No group of the identity provider is treated otherwise than before. What differs shows in the people below.",
    count: (changes: number) => `${count(changes, "group is", "groups are")} treated otherwise than before.`,
    pattern: "pattern",
    same: (names: string[]) => `Nothing differs in ${names.join(", ")}.`,
    begins: "Logins begin to sync this workspace.",
    ends: "Logins no longer sync this workspace. Everybody keeps what they have.",
  },
  impact: {
    progress: "People gone through",
    running: (done: number, all: number) =>
      `${done.toLocaleString("en")} of ${count(all, "person", "people")} gone through…`,
    total: (affected: number, all: number) =>
      affected === 0
        ? `Nobody of ${count(all, "known person", "known people")} would have anything else after their next login.`
        : `${affected.toLocaleString("en")} of ${count(all, "known person", "known people")} would have something else after their next login.`,
    withoutClaims: (people: number) =>
      `${count(people, "person has", "people have")} not signed in with single sign-on yet, so nothing is known about them.`,
    failed: "Who is affected could not be found out.",
    effect: "Effect",
    all: (changes: number) => `all (${changes.toLocaleString("en")})`,
    workspace: "Workspace",
    everyWorkspace: "all",
    search: "Name or e-mail address",
    people: "Who is affected",
    nobody: "Nobody fits these filters.",
    notMember: "not a member yet",
  },
  review: {
    changes: "Your changes",
    rules: "What becomes of the rules",
    people: "Who is affected",
    save: "Save",
    back: "Back",
    waiting: "As soon as everybody has been gone through.",
    nothing: "Nothing to save",
    nothingHint: "What you change shows here first: what becomes of the rules, and who is affected.",
    saved: (version: number) => `Saved as version ${version}`,
    savedHint: "It holds from the next login on.",
    notSaved: "Not saved.",
    refused: "These changes do not fit on what has been saved in the meantime, and were left out:",
    losesTopRole: (people: number, role: string): Text =>
      html`${count(people, "person loses", "people lose")} the role ${code(role)}. Type ${code(role)} to save all the same.`,
    failing: "Some scenarios are red. Save all the same?",
    warnings: "Save all the same?",
    anyway: "Save all the same",
  },
  conflict: {
    title: "Somebody else was faster",
    explanation: (name: string, at: string) =>
      `${name} saved the settings on ${at}, after you had begun. Nothing of yours is lost, and nothing is saved yet.`,
    somebody: "Somebody",
    theirs: (version: number) => `What holds now (version ${version})`,
    yours: "What you wanted",
    impossible: "The engine refuses your changes.",
    document: "The settings as JSON",
    rebase: "Make my changes to what holds now",
    discard: "Discard my changes",
    hint: "Then you can review them again before they are saved. Where both have changed the same field, yours takes its place.",
  },
  scenarios: {
    count: (green: number, red: number) => `${green} green, ${red} red`,
    green: "as expected",
    red: "not as expected",
    notRun: "They could not be run.",
  },
};
