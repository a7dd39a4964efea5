// The documentation as a site: the files of `docs/` and what they link to, as they stand in the repository.

import { join } from "node:path";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { pages } from "../../vite.pages.js";
import { addressOf, notPages, pageOf, read, root, sidebars } from "../pages.js";
import { stackTables } from "../tables.js";

const { homepage, ...manifest } = JSON.parse(read("package.json"));
const repository: string = manifest.repository.url.replace(/^git\+|\.git$/g, "");
const icon = `data:image/svg+xml,${encodeURIComponent(read("www/public/favicon.svg"))}`;

/** A host shows `404.html` at any depth, where the relative addresses in it lead nowhere: the nearest one above has them right. */
const openFromItsOwnFolder = `(async () => {
  for (let folder = new URL("./", location); ; folder = new URL("../", folder)) {
    const page = new URL("404.html", folder);
    if (page.pathname === location.pathname) return;
    if ((await fetch(page, { method: "HEAD" })).ok) return location.replace(page);
    if (folder.pathname === "/") return;
  }
})();`;

export default defineConfig({
  title: "idp-group-sync",
  description: JSON.parse(read("pkg/package.json")).description,
  lang: "en",
  // Relative, so that it works from any folder of any host.
  base: "./",
  srcDir: "../..",
  srcExclude: notPages,
  rewrites: pageOf,
  outDir: "dist",
  cacheDir: join(root, "target", "site-cache"),
  head: [["link", { rel: "icon", type: "image/svg+xml", href: icon }]],
  transformHead: ({ page }) => (page === "404.md" ? [["script", {}, openFromItsOwnFolder]] : []),
  themeConfig: {
    nav: [
      { text: "Guides", link: "/guides", activeMatch: "^/(?!api/|$)" },
      { text: "API", link: "/api/", activeMatch: "^/api/" },
    ],
    sidebar: sidebars(),
    outline: [2, 3],
    search: {
      provider: "local",
      options: {
        miniSearch: {
          searchOptions: {
            // A guide explains what the reference only lists, but for what is looked up by its very name; and what is for
            // contributors comes behind what is for users. VitePress writes this function into the page, by itself.
            boostDocument: (id: string, term: string, fields?: { title?: string }) => {
              if (/\/(architecture|releasing|requirements)\./.test(id)) return 0.3;
              const [, named = ""] = fields?.title?.match(/^[A-Z][A-Za-z ]+: (\w+)/) ?? [];
              return id.includes("/api/") && named.toLowerCase() !== term ? 0.2 : 1;
            },
          },
        },
      },
    },
    notFound: {
      title: "There is no such page",
      quote: "It may have another address now. The search above finds it.",
      linkText: "To the first page",
      linkLabel: "To the first page",
    },
    socialLinks: [{ icon: "github", link: repository }],
  },
  markdown: {
    languageAlias: { mapping: "txt" },
    // The anchors that GitHub gives headings, as the guides link to them.
    anchor: { slugify: (heading) => slug(heading) },
    config: (md) => {
      stackTables(md);
      md.core.ruler.push("repository-links", ({ tokens, env }) => {
        // A heading is rendered once more by itself, for the page's title.
        if (!env.path) return;
        const file = (env.realPath ?? env.path).slice(root.length);
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.type === "link_open" ? token.attrGet("href") : null;
          // A reader of the site is there already, wherever it is published.
          if (href === homepage) token.attrSet("href", "/");
          else if (href && !/^(\w+:|#|\/)/.test(href)) token.attrSet("href", addressOf(href, file, repository));
        }
      });
    },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("group-") } } },
  vite: {
    publicDir: false,
    optimizeDeps: { entries: ["www/site/.vitepress/theme/*.ts"] },
    resolve: pages.resolve,
    worker: pages.worker,
    build: { cssTarget: ["chrome123", "firefox120", "safari17.5"], chunkSizeWarningLimit: 5000 },
    server: { watch: { ignored: ["**/target/**", "**/dist/**", "**/.tools/**"] } },
    plugins: [
      {
        // The example that the repository's first page begins with.
        name: "first-example",
        enforce: "pre",
        transform(code, id) {
          if (!id.endsWith("www/site/index.md")) return;
          const [example = ""] = read("README.md").match(/^```js\n[\s\S]*?^```$/m) ?? [];
          return code.replace("<!-- the first example of README.md -->", () => example);
        },
      },
    ],
  },
});
