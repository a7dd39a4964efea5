// Lines of users that could not be read, as people read of them.
import type { LineFault, LineFaults } from "idp-group-sync";
import { plural } from "./diagnostics.js";
import type { Painter } from "./terminal.js";
import { visible } from "./visible.js";

/** Those of a file, with their lines. */
export function faultLines(faults: LineFaults, name: string, painter: Painter): string[] {
  const place = ({ line, id }: LineFault) =>
    [`${name}:${line}`, ...(id === undefined ? [] : [`user ${id}`])].join(": ");
  return told(faults, place, `${visible(name)}: `, painter);
}

/** Those of several parts, whose lines are known to nobody, by the users. */
export function faultsOfParts(faults: LineFaults, painter: Painter): string[] {
  return told(faults, ({ line, id }) => (id === undefined ? `line ${line} of a part` : `user ${id}`), "", painter);
}

function told(
  { faults, faultCount }: LineFaults,
  place: (fault: LineFault) => string,
  where: string,
  { paint }: Painter,
): string[] {
  const label = paint("error", "error");
  const lines = faults.map((fault) => `${label}: ${visible(`${place(fault)}: ${fault.message}`)}`);
  const more = faultCount - faults.length;
  return more === 0 ? lines : [...lines, `${label}: ${where}${plural(more, "more line")} could not be read`];
}
