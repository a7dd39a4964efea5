// The custom elements manifest: what editors and documentation tools are told about the elements, read from their sources.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, ts } from "@custom-elements-manifest/analyzer";
import { litPlugin } from "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js";
import { root } from "../setup/place.mjs";

/** Where the source of each element is, by its name. */
const sources = {
  "group-mapping-editor": "elements/src/elements/group-mapping-editor.ts",
  "group-sync-preview": "elements/src/elements/group-sync-preview.ts",
  "group-sync-settings": "admin/src/embed/settings-element.ts",
};

const read = (path) => readFileSync(join(root, "www", path), "utf8");

/** `code` is that of the modules, in which the design tokens are looked for that they use. */
export function manifest(code) {
  const modules = Object.entries(sources).map(([name, path]) =>
    ts.createSourceFile(`dist/${name}.js`, read(path), ts.ScriptTarget.ES2022, true),
  );
  const found = create({ modules, plugins: litPlugin() });
  for (const module of found.modules) {
    module.declarations = module.declarations
      .filter(({ customElement }) => customElement)
      .map((element) => asPublished(element, code));
  }
  return found;
}

/** What an application may use of an element, and the colours and measures with which it may be made to fit. */
function asPublished(element, code) {
  const { members, attributes = [], events, cssProperties = [], ...rest } = element;
  const open = members.filter(({ privacy, static: ofClass }) => (privacy ?? "public") === "public" && !ofClass);
  return {
    ...rest,
    members: open,
    attributes: attributes.filter(({ fieldName }) => open.some(({ name }) => name === fieldName)),
    // Without those of the elements inside, which stay there.
    events: events.filter(({ description }) => description),
    cssProperties: [...cssProperties, ...tokens(code)],
  };
}

/** The design tokens that the elements use, with what they are as long as nobody sets them. */
function tokens(code) {
  const declared = read("elements/src/styles/tokens.css").matchAll(/^ {2}(--gs-[\w-]+): ([^;]+);/gm);
  const used = [...declared].filter(([, name]) => code.includes(`var(${name})`));
  return used.map(([, name, value]) => ({ name, default: value }));
}
