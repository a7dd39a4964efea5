// Files as reports name them.
import { relative, resolve, sep } from "node:path";

/** The path from the root of the repository, which is where reports are looked up. */
export function inRepository(file: string): string {
  const root = process.env.GITHUB_WORKSPACE ?? process.env.CI_PROJECT_DIR;
  const path = root === undefined ? file : relative(root, resolve(file));
  return (path.startsWith("..") ? file : path).split(sep).join("/");
}
