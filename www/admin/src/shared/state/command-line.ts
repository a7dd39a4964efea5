// A command for a POSIX shell that explains the same login, by the file that is exported.

/** What the exported file is called. */
export const FILE_NAME = "group-sync.json";

/** What the token carries, as the engine has read it. */
interface Token {
  claims: object;
  claim: { status: string; groups: string[] };
}

export function explainCommand({ claims, claim }: Token, workspace: string): string {
  const options = `--config ${FILE_NAME} --workspace=${shellWord(workspace)}`;
  // No argument can hold U+0000, nor half a surrogate pair.
  const isSayable = claim.groups.every((name) => !/[\0\p{Surrogate}]/u.test(name));
  if (claim.status === "present" && claim.groups.length > 0 && isSayable) {
    const groups = claim.groups.map((name) => `--groups=${shellWord(name)}`);
    return `npx idp-group-sync explain ${groups.join(" ")} ${options}`;
  }
  // Without groups it matters why there are none.
  return `printf %s ${shellWord(JSON.stringify(claims))} | npx idp-group-sync explain - ${options}`;
}

/** Between single quotes nothing has a meaning, but a single quote itself. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
