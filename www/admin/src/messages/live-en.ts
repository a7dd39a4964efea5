// The live preview beside the mapping: in English.

import { html } from "lit";
import { code, codes, count, type Text } from "./words-en.js";

export const liveEn = {
  live: {
    title: "Live preview",
    hint: "What each keystroke changes at the next login of these people. Decided in this page.",
    empty: "Pin a person or a token to see, as you type, what your changes do to them.",
    show: "Live preview",
    close: "Close the live preview",
    person: "Pin a person",
    token: "Pin a token",
    claims: "Claims as JSON, or a whole JWT",
    claimsHint: "Decoded in this page and kept until you close this tab. The review shows it to this server once.",
    pin: "Pin",
    unpin: (name: string) => `Unpin ${name}`,
    pinned: "Pinned people and tokens",
    full: (most: number) => `${count(most, "pin", "pins")} at most. Unpin one to pin another.`,
    tokenName: (number: number) => `Token ${number}`,
    tokenOf: (name: string) => `Token of ${name}`,
    gone: "This person no longer exists.",
    total: (changed: number, all: number) =>
      changed === 0
        ? `No change for ${count(all, "login", "logins")}`
        : `${changed} of ${count(all, "login", "logins")} will change`,
    said: (name: string, what: Text | Text[]): Text => html`${name}: ${what}`,
    more: (more: number) => `${more} more`,
    unchanged: "no change",
    refused: (reason: string): Text => html`kept out. ${reason}`,
    denied: "refused",
    gets: (role: string): Text => html`gets ${code(role)}`,
    becomes: "becomes",
    joins: (groups: string[]): Text => html`joins ${codes(groups)}`,
    loses: (groups: string[]): Text => html`loses ${codes(groups)}`,
    why: "Why",
    withErrors: "The text has an error. These are the results of the last text without one.",
    agrees: (logins: number) => `The server decides ${count(logins, "login", "logins")} as this page does.`,
    asking: "Asking the server for the same results…",
    differs:
      "The server decides differently from this page, so nothing can be saved. Reload the page: it may be out of date.",
    differsFor: (name: string, workspaces: string[]): Text =>
      workspaces.length === 0 ? html`${name}: whether they may sign in` : html`${name}: ${codes(workspaces)}`,
    notAsked: "Could not check that the server decides as this page does.",
  },
};
