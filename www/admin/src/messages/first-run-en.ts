// The first run of an empty instance: in English.

import { count } from "./words-en.js";

export const firstRunEn = {
  firstRun: {
    title: "Set up group sync",
    lead: "Five steps. Nothing applies until you save.",
    done: "done",
    steps: {
      signIn: "Sign in once with your identity provider",
      claim: "Pick the claim with the groups",
      map: "Map the groups",
      people: "See who gets what",
      on: "Switch on",
    },
    signInHint: "This shows what your tokens hold. While Group Sync is off, a sign-in changes no role and no group.",
    signInWhere: "Open this address in a private window, or ask a colleague to sign in:",
    waiting: "Waiting for the first sign-in…",
    signInAs: "Sign somebody in",
    signedIn: (people: number) => `${count(people, "person has", "people have")} signed in.`,
    claimHint: "Pick the claim that holds the groups.",
    mapHint: "Accept a suggestion, map to another role or group, or write entries yourself.",
    people: (some: number, of: number) =>
      `${some} of ${count(of, "person", "people")} would get something at the next sign-in.`,
    peopleNone: (of: number) => `0 of ${count(of, "person", "people")} would get something. Map a group first.`,
    peopleUnfinished: "Fix the errors in the mapping to see who gets what.",
    peopleFailed: "Cannot tell who gets what.",
    peopleRunning: "Checking who gets what…",
    onHint: "The review shows everything once more before it is saved.",
    switchOn: "Switch on and review",
  },
};
