// What a case gives, as the package takes it.

const cursor = "‸";

/** The mapping without its cursor; a case of bad input may give something that is no text at all. */
export const mappingOf = ({ mapping = "" }) => (typeof mapping === "string" ? mapping.replace(cursor, "") : mapping);

/** Where completions are asked for. */
export const cursorOf = ({ mapping }) => mapping.indexOf(cursor);

export function configOf({ claim = "groups", catalog = { groups: [] }, policy = {}, ...given }) {
  return { mapping: mappingOf(given), claim, catalog, policy };
}

/** The commands, in order. */
export const commandsOf = ({ command, commands = [command] }) => commands;
