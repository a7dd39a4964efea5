// The pages of the API reference, from the declarations of both packages: www/site/api/, anew with every build.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, Comment, Converter, ReflectionKind } from "typedoc";
import { packageFolder } from "../../scripts/build/package.mjs";
import { workFolder } from "../../scripts/build/stamp.mjs";
import { writeDeclarations } from "../../scripts/build-elements/declarations.mjs";
import { root } from "../../scripts/setup/place.mjs";

const site = fileURLToPath(new URL(".", import.meta.url));
const elementsTypes = join(workFolder, "site-elements");

const introduction = `What each entry of the npm packages has, from its types. For a whole login, begin with
[Get started](../../../docs/application.md); [JavaScript and TypeScript](../../../docs/javascript.md) shows the engine at work.`;

/** What has no declarations of its own, or those of another entry. */
const left = /^\.\/(package\.json|custom-elements\.json|schemas\/|internal\/|standalone|engine-worker$|react$)/;

export async function writeApiReference() {
  rmSync(elementsTypes, { recursive: true, force: true });
  writeDeclarations(join(elementsTypes, "dist", "types"));
  const entries = new Map([
    ...entriesOf(packageFolder, packageFolder),
    ...entriesOf(join(root, "www", "elements"), elementsTypes),
  ]);
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [...entries.keys()],
    tsconfig: join(site, "tsconfig.api.json"),
    plugin: ["typedoc-plugin-markdown"],
    out: join(site, "api"),
    name: "API reference",
    readme: "none",
    disableSources: true,
    excludeExternals: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeInternal: true,
    skipErrorChecking: true,
    cleanOutputDir: true,
    entryFileName: "index",
    // As the manifests have them.
    sortEntryPoints: false,
    hidePageHeader: true,
    useCodeBlocks: true,
    expandObjects: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    enumMembersFormat: "table",
    indexFormat: "table",
    excludeReferences: true,
    categorizeByGroup: false,
    categoryOrder: [
      ...["Your application", "Stores", "The engine", "Custom elements"],
      ...["Decide", "Preview", "Edit a mapping", "Settings", "Errors", "*", "Types"],
    ],
    defaultCategory: "Types",
    hideGenerator: true,
    logLevel: "Warn",
    // Told in full where they are used.
    intentionallyNotExported: ["words", "Listening"],
  });
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, writeTypesAsDeclared);
  const points = app.getEntryPoints();
  if (!points) throw new Error("the declarations do not compile");
  for (const point of points) point.displayName = entries.get(point.sourceFile.fileName);
  const project = app.converter.convert(points);
  project.comment = new Comment([{ kind: "text", text: introduction }]);
  // How an element is styled inside is Lit's business, and so is its documentation.
  for (const { children } of project.getReflectionsByKind(ReflectionKind.Class)) {
    for (const member of children ?? []) if (member.name === "styles") project.removeReflection(member);
  }
  app.validate(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error("the API reference has warnings");
  await app.generateOutputs(project);
}

/** `Taken<Catalog>` is more to a reader than all that it comes to. */
function writeTypesAsDeclared(context, signature, declaration) {
  for (const [place, { type }] of (declaration?.parameters ?? []).entries()) {
    if (type?.getText().includes("Taken<"))
      signature.parameters[place].type = context.converter.convertType(context, type);
  }
}

/** The declarations of each entry of a package, and the name that it is imported by. */
function entriesOf(manifestFolder, folder) {
  const { name, exports } = JSON.parse(readFileSync(join(manifestFolder, "package.json"), "utf8"));
  return Object.entries(exports)
    .filter(([entry]) => !left.test(entry))
    .map(([entry, target]) => [join(folder, typesOf(target)), name + entry.slice(1)]);
}

function typesOf({ types, default: byDefault, import: byImport }) {
  if (typeof types === "string") return types;
  return types?.default ?? typesOf(byImport ?? byDefault);
}
