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

const listed = new Set(navigation.flatMap(({ pages }) => Object.keys(pages)));

function isPage(file: string): boolean {
  return listed.has(file) || file.startsWith("www/site/api/");
}

/** The sidebars: of the guides, and one for each entry of the packages, in which it is open. */
export function sidebars(): DefaultTheme.SidebarMulti {
  const guides = navigation.map(({ text, pages, collapsed = false }) => ({
    text,
    collapsed,
    items: Object.entries(pages).map(([file, name]) => ({ text: name, link: addressOfPage(`/${pageOf(file)}`) })),
  }));
  const entries = linksOf(read("www/site/api/index.md"), "/api/");
  const apiWith = (open?: Item, items: Group[] = []) => [
    {
      text: "API reference",
      link: "/api/",
      items: entries.map((entry) => (entry === open ? { ...entry, items } : entry)),
    },
  ];
  const api = entries.map((entry) => [entry.link, apiWith(entry, kindsOf(entry))] as const);
  return { "/": guides, "/api/": apiWith(), ...Object.fromEntries(api) };
}

type Item = { text: string; link: string };
type Group = { text: string; collapsed: boolean; items: Item[] };

/** What an entry has: its classes, its functions and so on; long lists are closed. */
function kindsOf({ link }: Item): Group[] {
  const [, ...kinds] = read(`www/site${link}index.md`).split(/^## /m);
  return kinds
    .map((kind) => ({ text: kind.slice(0, kind.indexOf("\n")), items: linksOf(kind, link) }))
    .filter(({ items }) => items.length > 0)
    .map(({ text, items }) => ({ text, collapsed: items.length > 10, items }));
}

function linksOf(list: string, folder: string): Item[] {
  return [...list.matchAll(/^\| \[(.+?)\]\((.+?\.md)\)/gm)].map(([, text = "", path = ""]) => ({
    text: text.replaceAll("\\", ""),
    link: addressOfPage(folder + path),
  }));
}

function addressOfPage(path: string): string {
  return path.replace(/(index)?\.md$/, "");
}
