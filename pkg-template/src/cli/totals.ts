// The totals of many users, as people read them.
import type { Braked, ImpactSummary, ReconcileSummary } from "idp-group-sync";
import { effects } from "./access.js";
import { grouped, plural } from "./diagnostics.js";
import type { Painter } from "./terminal.js";
import { padded, visible, widthOf } from "./visible.js";

/** How many users a change touches, and how. */
export function impactTotals(summary: ImpactSummary, { paint }: Painter): string[] {
  const { users, unchanged, denied, admitted, gains, loses, changes, topRoleLost, roles } = summary;
  const count = (number: number, verb: string) => `${grouped(number)} ${verb}`;
  const kinds = [
    count(denied, effects.denied),
    count(admitted, effects.admitted),
    count(unchanged, "unchanged"),
    count(gains, "gain"),
    count(loses, "lose"),
    count(changes, "gain and lose"),
  ];
  const rows = Object.entries(roles).map(([role, { before, after }]) => [
    visible(role),
    grouped(before),
    grouped(after),
  ]);
  const table = [["role", "before", "after"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => widthOf(row[column] ?? ""))));
  const aligned = table.map(([role = "", ...numbers]) =>
    [padded(role, widths[0] ?? 0), ...numbers.map((number, index) => number.padStart(widths[index + 1] ?? 0))].join(
      "  ",
    ),
  );
  const top = topRoleLost === 1 ? "1 user loses" : `${grouped(topRoleLost)} users lose`;
  return [
    paint("strong", `${plural(users, "user")}: ${kinds.join(", ")}`),
    ...(topRoleLost > 0 ? [paint("bad", `${top} the highest role`)] : []),
    ...heldLines(summary, paint),
    "",
    ...aligned,
  ];
}

/** What becomes of how many users of a directory. */
export function reconcileTotals(summary: ReconcileSummary, { paint }: Painter): string[] {
  const { users, archived, restored, created, changed, unchanged, denied, blocked, losers, held } = summary;
  const kinds = [
    `${grouped(archived)} would be archived`,
    `${grouped(restored)} restored`,
    `${grouped(created)} created`,
    `${grouped(changed)} changed`,
    `${grouped(unchanged)} unchanged`,
    `${grouped(denied)} refused`,
    `${grouped(blocked)} blocked`,
  ];
  return [
    paint("strong", `${plural(users, "user")}: ${kinds.join(", ")}`),
    ...(held ? heldLines(summary, paint) : [`${plural(losers, "user")} would lose something`]),
  ];
}

function heldLines({ held, heldBy = [], losers }: Braked, paint: Painter["paint"]): string[] {
  if (!held) return [];
  const limits = heldBy.map((limit) => `--${limit}`).join(" and ");
  return [paint("bad", `held by ${limits}: ${plural(losers, "user")} would lose something`)];
}
