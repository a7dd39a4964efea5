// What tokens say, and what somebody who signs in with one has afterwards in the workspace `main` of a deployment, whatever was before.

export const tokens: { groups: string[]; gives: string }[] = [
  { groups: [], gives: "end-user" },
  { groups: ["unheard-of"], gives: "end-user" },
  { groups: ["sales"], gives: "end-user: sales" },
  { groups: ["chess", "marketing", "sales"], gives: "end-user: chess, marketing, sales" },
  { groups: ["operators"], gives: "builder: operators" },
  { groups: ["builder", "marketing"], gives: "builder: marketing" },
  { groups: ["admin", "end-user"], gives: "admin" },
  { groups: ["chess", "admin", "operators"], gives: "admin: chess, operators" },
];

/** By the token's groups. */
export function givenBy(groups: unknown): string {
  const token = tokens.find((one) => JSON.stringify(one.groups) === JSON.stringify(groups));
  if (!token) throw new Error(`no token says ${JSON.stringify(groups)}`);
  return token.gives;
}
