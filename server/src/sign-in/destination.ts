// Where somebody goes who has signed in: to what they wanted to see. Only pages of this server have a name here, so that no link to the
// sign-in can lead anywhere else.

const pages = { admin: "/admin/" } as const;

export type Destination = keyof typeof pages | null;

/** From a query or a form; anything unknown is the home page. */
export function destinationOf(named: unknown): Destination {
  return named === "admin" ? named : null;
}

export function addressOf(destination: Destination): string {
  return destination === null ? "/" : pages[destination];
}

/** For links to a step of the sign-in: `query` with the destination in it. */
export function withDestination(path: string, destination: Destination): string {
  if (destination === null) return path;
  return `${path}${path.includes("?") ? "&" : "?"}to=${destination}`;
}
