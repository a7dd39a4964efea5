// Which files are pages, where each is on the site, and what the sidebar calls it.

import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { DefaultTheme } from "vitepress";
import navigation from "./navigation.json" with { type: "json" };

/** The repository: what the paths of pages begin at. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

export const read = (file: string) => readFileSync(join(root, file), "utf8");

/** What of the repository holds no page, so that it is not even looked through. */
export const notPages = [
  "!(docs|examples|server|www)/**",
  "*.md",
  "server/*/**",
  "www/!(site)/**",
  "examples/*/*/**",
  "www/site/dist/**",
];

/** The page of a file, as VitePress names pages: the guides stand at the top. */
export function pageOf(file: string): string {
  return file
    .replace(/^docs\/README\.md$/, "guides.md")
    .replace(/^(docs|www\/site)\//, "")
    .replace(/^examples\/([^/]+)\/README\.md$/, "examples/$1.md")
    .replace(/README\.md$/, "index.md")
    .replace(/^server\/API\.md$/, "server/api.md");
}

/** Where a link leads on the site: to a page, or to the file in the repository. */
export function addressOf(link: string, file: string, repository: string): string {
  const [path = "", anchor] = link.split("#");
  const target = posix.join(posix.dirname(file), path);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (isPage(target)) return `/${pageOf(target)}${hash}`;
  return `${repository}/blob/main/${target.replace(/\/$/, "")}${hash}`;
}

const listed = new Set(navigation.flatMap(({ pages }) => pages));

function isPage(file: string): boolean {
  return listed.has(file) || file.startsWith("www/site/api/");
}

/** The sidebars: of the guides, and of the API with an item for each entry of the packages. Pages are called by their headings, up to a colon. */
export function sidebars(): DefaultTheme.SidebarMulti {
  const guides = navigation.map(({ text, pages, collapsed = false }) => ({
    text,
    collapsed,
    items: pages.map((file) => ({ text: titleOf(file), link: `/${pageOf(file).replace(/(index)?\.md$/, "")}` })),
  }));
  const entries = [...read("www/site/api/index.md").matchAll(/^- \[(.+)\]\((.+)index\.md\)$/gm)];
  const api = entries.map(([, text, path]) => ({ text: text ?? "", link: `/api/${path}` }));
  return { "/": guides, "/api/": [{ text: "API reference", link: "/api/", items: api }] };
}

function titleOf(file: string): string {
  const [, heading] = read(file).match(/^# (.+)$/m) ?? [];
  if (!heading) throw new Error(`${file} is in the navigation and has no heading`);
  return heading.replace(/:.*/, "");
}
