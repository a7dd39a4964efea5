// Telling a network that is away from a fault.

import { NotRun } from "./outcomes.mjs";

/** A check that asks the network is not run where there is none. */
export function unlessUnreachable(what, body) {
  try {
    return body();
  } catch (error) {
    if (isUnreachable(error.message)) throw new NotRun(`${what} cannot be reached: ${reasonOf(error)}`);
    throw error;
  }
}

/** Whether a program failed because the network did. */
export function isUnreachable(text) {
  return /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Could not resolve host|audit endpoint returned an error|failed to fetch advisory database/.test(
    text,
  );
}

/** What of a program's output says best what was not to be had. */
export function reasonOf({ message }) {
  const told = [
    /Could not resolve host.*/,
    /getaddrinfo \w+ \S+/,
    /\baudit endpoint returned an error/,
    /\bE[A-Z]{4,}\b.*/,
  ];
  return told.map((pattern) => message.match(pattern)?.[0]).find(Boolean) ?? message.split("\n")[0];
}
