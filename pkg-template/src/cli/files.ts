// The files that arguments name: a folder stands for those in it that are meant.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "./exit.js";
import { unreadable } from "./inputs.js";
import { visible } from "./visible.js";

/** What is looked for in a folder. */
export interface Meant {
  /** For messages and help. */
  names: string;
  pattern: RegExp;
}

export const mappingTexts: Meant = {
  names: "`mapping.txt`, `*-mapping.txt` or `*.mapping`",
  pattern: /^(.*[.-])?mapping(\.txt)?$/i,
};

export const mappings: Meant = {
  names: `${mappingTexts.names}, \`group-sync.json\` or \`settings.json\` (or .yaml)`,
  pattern: /^(.*[.-])?(mapping(\.txt)?|(group-sync|settings)\.(json|ya?ml))$/i,
};

export const expectations: Meant = {
  names: "`scenarios.json`, `guarantees.json` or `settings.json` (or .yaml)",
  pattern: /^(.*[.-])?(scenarios|guarantees|settings)\.(json|ya?ml)$/i,
};

/** The files as they are named, and of each folder what is meant at any depth, in the order of the names. */
export async function filesOf(paths: string[], { names, pattern }: Meant, description: string): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (path === "-" || !(await isFolder(path))) files.push(path);
    else {
      const found = await within(path, pattern, description);
      if (found.length === 0) throw new InputError(`${visible(path)}: there is none of ${names} in this folder`);
      files.push(...found);
    }
  }
  return [...new Set(files)];
}

/** What cannot be read is told when it is read. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function within(folder: string, pattern: RegExp, description: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, description, error);
  });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // Hidden folders and packages are others' business.
    if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") {
      files.push(...(await within(path, pattern, description)));
    } else if (entry.isFile() && pattern.test(entry.name)) files.push(path);
  }
  return files;
}
