// Which texts can be the id of a workspace: those that the database can hold, and find in an index.

import { isStorable } from "../login/identity.ts";

const mostCharacters = 1024;
const mostBytes = 2048;

/** Why no workspace can have this id, or `null`. */
export function idFault(id: string): string | null {
  if (!isStorable(id)) return "a workspace's id holds no control characters, nor halves of characters";
  const isLong = id.length > mostCharacters || Buffer.byteLength(id) > mostBytes;
  return isLong ? `a workspace's id has at most ${mostCharacters} characters, and ${mostBytes} bytes` : null;
}
