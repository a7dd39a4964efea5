// What the login of a pinned person or token is called.

import { messages } from "../../messages/language.js";
import type { Login, LoginPreview } from "../state/login-previews.js";
import { personName } from "./access.js";

const naming = ["name", "preferred_username", "email", "sub"];

/** `place` tells tokens apart that say nothing of whose they are. */
export function loginName({ userId, claims }: Login, known: LoginPreview | undefined, place: number): string {
  if (known?.user) return personName(known.user);
  if (userId !== null) return `#${userId}`;
  const m = messages().live;
  const own = naming
    .map((claim) => (claims as Record<string, unknown>)[claim])
    .find((value) => typeof value === "string");
  return typeof own === "string" && own !== "" ? m.tokenOf(own) : m.tokenName(place);
}
