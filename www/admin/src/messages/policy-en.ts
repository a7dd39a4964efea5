import type { PolicyWords } from "./policy-questions.js";

/** The choices in English: what is asked, and for each answer what it is called and what it means. */
export const policyEn: PolicyWords = {
  compare: {
    question: "How are names compared?",
    exact: ["Exactly", "As they are written."],
    "ignore-case": ["Ignoring case", "And however letters with accents are composed."],
  },
  matchByName: {
    question: "Do groups match by their own name?",
    true: ["Roles and groups", "A group that no entry names grants the role or group of the same name."],
    "groups-only": ["Groups only", "Never a role: for identity providers where anybody may name a group “admin”."],
    false: ["Never", "Only the mapping grants anything."],
  },
  require: {
    question: "Who is admitted?",
    help: "A group or pattern, or several with && and !, as to the left of an arrow. Empty: everybody.",
    anybody: "Everybody",
  },
  noMatch: {
    question: "When no group matches",
    "default-role": ["Give the lowest role", "And no groups."],
    keep: ["Change nothing", "They keep what they have."],
    deny: ["Refuse", "They cannot sign in here."],
  },
  missingClaim: {
    question: "When the token has no such claim",
    "no-groups": ["Treat it as no groups", "Many identity providers leave out an empty claim."],
    keep: ["Change nothing", "They keep what they have."],
    deny: ["Refuse", "They cannot sign in here."],
  },
  unreadableClaim: {
    question: "When the claim cannot be read",
    keep: ["Change nothing", "A guess could give or take something. The activity says why."],
    deny: ["Refuse", "They cannot sign in here."],
  },
  roleWithoutRoleGroup: {
    question: "When no group grants a role",
    infer: ["Work it out from their groups", "The highest that a group needs, or else the lowest."],
    "keep-manual": ["Keep a role that was given by hand", "One that a sync gave is taken back."],
    keep: ["Keep the role they have", "Unless a group needs a higher one."],
  },
  demotion: {
    question: "May a login lower a role?",
    allow: ["Yes", "Roles follow the groups, up and down."],
    never: ["Never", "Even where their groups grant a lower one."],
  },
  removal: {
    question: "Which groups do people leave at login?",
    all: ["All that they no longer have", "What was given by hand is undone as well."],
    synced: ["Only those that a sync gave", "What was given by hand stays."],
    mapped: ["Only those that this mapping can grant", "Others are left alone."],
    none: ["None", "Logins only ever add groups."],
  },
  nonMembers: {
    question: "Who joins a workspace by signing in?",
    matched: ["Whoever has a group that matches", "Everybody joins the default workspace."],
    all: ["Everybody", "With what their groups give them."],
    none: ["Nobody", "Only members are synced, and the default workspace is joined."],
  },
  syncOn: {
    question: "Whom do logins sync?",
    "every-login": ["Everybody, at every login", "What they have follows their groups."],
    "first-login": ["Only those who come in for the first time", "Members are left as they are."],
  },
  whenGone: {
    question: "What happens to people who leave the directory?",
    archive: ["They are archived", "When they return, they get back what they had."],
    keep: ["Nothing", "You archive them by hand."],
  },
  protectLastAdmin: {
    question: "May a login lower the role of the last admin?",
    true: ["No", "A workspace always keeps an admin."],
    false: ["Yes", "A workspace may be left without an admin."],
  },
};
