// Names for what the settings are made of. An application may well have a `modal-dialog` of its own, or Web Awesome's `wa-button` in
// another version, and a page has each name once: in the package they are called `group-sync-modal-dialog` and `group-sync-wa-button`.

import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { root } from "../setup/place.mjs";

const admin = join(root, "www", "admin", "src");
const registered = /@customElement\("([\w-]+)"\)/g;
const prefix = "group-sync-";

/** What only pages share is theirs too. */
const pages = ["claim-form"];
const webAwesome = [
  "wa-button",
  "wa-icon",
  "wa-input",
  "wa-option",
  "wa-popup",
  "wa-select",
  "wa-spinner",
  "wa-switch",
  "wa-tag",
];

const decorators = "\0decorators";
const guarded = join(root, "www", "elements", "src", "elements", "custom-element.ts");

export function ownNames() {
  const files = readdirSync(admin, { recursive: true }).filter((file) => file.endsWith(".ts"));
  const found = files.flatMap((file) => [...readFileSync(join(admin, file), "utf8").matchAll(registered)]);
  const own = found.map(([, name]) => name).filter((name) => !name.startsWith(prefix));
  // Where it is an element: in a tag, a style sheet or a text of its own; not in the path of an import, nor as a part of another name.
  const name = new RegExp(`(?<=</|(?<![\\w./-]))(${[...own, ...pages, ...webAwesome].join("|")})(?![\\w-]|\\.js)`, "g");
  const isConcerned = (id) =>
    id.startsWith(admin + sep) || /[\\/]@awesome\.me[\\/]webawesome[\\/]|[\\/]elements[\\/]src[\\/]pages[\\/]/.test(id);
  return {
    name: "own-names",
    enforce: "pre",
    // Where the package is loaded twice, the first to come registers its elements, as those of www/elements/ do.
    resolveId: (id, importer) => (id === "lit/decorators.js" && importer && isConcerned(importer) ? decorators : null),
    load: (id) =>
      id === decorators
        ? `export * from "lit/decorators.js";\nexport { customElement } from ${JSON.stringify(guarded)};`
        : null,
    transform: (code, id) => (isConcerned(id) ? { code: code.replace(name, `${prefix}$1`), map: null } : null),
  };
}
