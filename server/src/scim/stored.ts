// What rows of users and groups have in common.

import { isStorable } from "../login/identity.ts";
import { invalid, ScimError } from "./errors.ts";

/** Whether there may be a resource of this id: any text can stand in a path. */
export function isId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

/** A text by which something is known; `null` if it is not said. */
export function storedName(value: unknown, name: string, longest: number): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value === "string" && value.length <= longest && isStorable(value) && value.trim() !== "") return value;
  throw invalid("invalidValue", `\`${name}\` is a text of at most ${longest} characters, without control characters`);
}

/** RFC 7644, section 3.14. */
export function mustMatch(version: number, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === "*") return;
  const versions = ifMatch.split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (!versions.includes(`"${version}"`)) throw new ScimError(412, "the resource has changed since");
}
