// The tables of docs/elements.md, as the custom elements manifest would have them.

const code = (text) => (text ? `\`${text.replaceAll("|", "\\|")}\`` : "");
const said = (text) => text?.replace(/\.$/, "") ?? "";

function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`.replaceAll("|  |", "| |"));
}

/** The design tokens, which both elements have. */
const isShared = ({ name }) => name.startsWith("--gs-");

/** The tables of one element, by what they list; without those that list nothing. */
export function tablesOf({ members, events, cssProperties, cssParts = [] }) {
  const fields = members.filter(({ kind }) => kind === "field");
  const methods = members.filter(({ kind }) => kind === "method");
  const parametersOf = ({ parameters = [] }) => parameters.map(({ name, type }) => `${name}: ${type.text}`).join(", ");
  const readOnly = ({ readonly }) => (readonly ? " Can only be read." : "");
  const lists = {
    properties: table(
      ["Property", "Attribute", "Type", "Default", ""],
      fields.map((field) => [
        code(field.name),
        code(field.attribute),
        code(field.type.text),
        // The name of a constant inside says nothing to a reader.
        code(field.default === "nobody" ? "[]" : field.default),
        `${said(field.description)}${readOnly(field) && `.${readOnly(field).replace(/\.$/, "")}`}`,
      ]),
    ),
    events: table(
      ["Event", "Type", ""],
      events.map(({ name, type, description }) => [code(name), code(type.text), said(description)]),
    ),
    methods: table(
      ["Method", ""],
      methods.map((method) => [code(`${method.name}(${parametersOf(method)})`), said(method.description)]),
    ),
    "CSS custom properties": table(
      ["CSS custom property", "Default", ""],
      cssProperties
        .filter((property) => !isShared(property))
        .map((property) => [code(property.name), code(property.default), said(property.description)]),
    ),
    "CSS parts": table(
      ["CSS part", ""],
      cssParts.map(({ name, description }) => [code(name), said(description)]),
    ),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, lines]) => lines.length > 2));
}

export function sharedTable({ cssProperties }) {
  return table(
    ["CSS custom property", "Default"],
    cssProperties.filter(isShared).map((property) => [code(property.name), code(property.default)]),
  );
}

/** Every table of a Markdown text, as its lines. */
export function tablesIn(text) {
  return (text.match(/(^\|.*\n)+/gm) ?? []).map((lines) => lines.trimEnd().split("\n"));
}
