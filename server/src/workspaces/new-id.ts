// Ids of workspaces that admins make. The admin page runs this very code, so it suggests what the server would take.

const mostCharacters = 100;

/** Why a new workspace cannot have this id, or `null`. Those that the application has already may be of other kinds; see `ids.ts`. */
export function newIdFault(id: string): string | null {
  if (id === "") return "an id has at least one character";
  // Steps of an address that a browser takes out of it.
  if (id === "." || id === "..") return "`.` and `..` are no ids";
  if (id !== id.trim()) return "an id has no space at its ends";
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(id)) return "an id has no characters that cannot be seen";
  return id.length > mostCharacters ? `an id has at most ${mostCharacters} characters` : null;
}

/** Made of the name, and of none that is taken. */
export function suggestedId(name: string, taken: ReadonlySet<string>): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ["workspace"];
  const base = words.join("-").slice(0, 40).replace(/-$/, "");
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  return id;
}
