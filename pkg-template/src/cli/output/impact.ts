// An impact for a pull request: who is refused, who loses, who gains.
import type { ImpactChange, ImpactSummary } from "idp-group-sync";
import { effects } from "../access.js";
import { grouped, plural } from "../diagnostics.js";
import { refusedText } from "../plan-text.js";
import { visible } from "../visible.js";
import { annotation } from "./github.js";

/** What becomes of users, the worst first; everybody stands in one of them. */
const sections = [
  { key: "denied", one: effects.denied, many: effects.denied, severity: "warning" },
  { key: "topRoleLost", one: "loses the highest role", many: "lose the highest role", severity: "warning" },
  { key: "loses", one: "loses", many: "lose", severity: "warning" },
  { key: "changes", one: "gains and loses", many: "gain and lose", severity: "warning" },
  { key: "gains", one: "gains", many: "gain", severity: "info" },
  { key: "admitted", one: effects.admitted, many: effects.admitted, severity: "info" },
] as const;

type Key = (typeof sections)[number]["key"];

/** So many users are named of each section, in so many characters: a comment may not have more than 65,536 in all. */
const named = 50;
const room = 8_000;
/** So many groups of one user are named. */
const groupsNamed = 20;

/** By this the comment of an earlier run is found again. */
export const commentMark = "<!-- idp-group-sync impact -->";

/** What is kept of the changes while they go by: memory is not to grow with the number of users. */
export class ImpactReport {
  readonly #kept = new Map<Key, { count: number; changes: ImpactChange[] }>();
  /** The highest role in force, once somebody would lose it. */
  #topRole: string | null = null;

  add(changes: ImpactChange[]): void {
    for (const change of changes) {
      if (change.topRoleLost) this.#topRole = change.before.role;
      const key = change.effect !== "denied" && change.topRoleLost ? "topRoleLost" : change.effect;
      const kept = this.#kept.get(key) ?? { count: 0, changes: [] };
      kept.count += 1;
      if (kept.changes.length < named) kept.changes.push(change);
      this.#kept.set(key, kept);
    }
  }

  /** A comment for a pull request. */
  markdown(summary: ImpactSummary): string {
    const { users, unchanged, held, heldBy = [], losers, roles, faultCount } = summary;
    const changed = users - unchanged;
    const lines = [
      commentMark,
      `### Group sync: ${changed === 0 ? "nothing changes for anybody" : `${grouped(changed)} of ${plural(users, "user")} would change`}`,
      "",
    ];
    if (held) {
      const limits = heldBy.map((limit) => `\`--${limit}\``).join(" and ");
      lines.push(`**Held by ${limits}**: ${plural(losers, "user")} would lose something.`, "");
    }
    if (faultCount > 0) {
      const are = faultCount === 1 ? "is" : "are";
      lines.push(`**${plural(faultCount, "line")} could not be read**, and ${are} missing here.`, "");
    }
    const vacant = this.#vacant(summary);
    if (vacant !== null) lines.push(`**Nobody would have the highest role**, ${code(vacant)}, any more.`, "");
    for (const { key, one, many } of sections) {
      const kept = this.#kept.get(key);
      if (kept === undefined) continue;
      const shown: string[] = [];
      let length = 0;
      for (const change of kept.changes) {
        const line = changeLine(change);
        length += line.length;
        if (length > room) break;
        shown.push(line);
      }
      const more = kept.count - shown.length;
      lines.push(`<details${key === "gains" || key === "admitted" ? "" : " open"}>`);
      lines.push(
        `<summary><b>${plural(kept.count, "user")}</b> ${kept.count === 1 ? one : many}</summary>`,
        "",
        ...shown,
      );
      lines.push(...(more > 0 ? [`- and ${grouped(more)} more`] : []), "", "</details>", "");
    }
    lines.push("| Role | Before | After |", "| --- | ---: | ---: |");
    for (const [role, { before, after }] of Object.entries(roles)) {
      lines.push(`| ${code(role).replaceAll("|", "\\|")} | ${grouped(before)} | ${grouped(after)} |`);
    }
    return lines.join("\n");
  }

  /** An annotation for each section, with some of its users. */
  annotations(summary: ImpactSummary, file: string | undefined): string[] {
    const found = sections.flatMap(({ key, one, many, severity }) => {
      const kept = this.#kept.get(key);
      if (kept === undefined) return [];
      const shown = kept.changes.slice(0, 10).map(({ id }) => visible(id));
      const more = kept.count - shown.length;
      const who = [...shown, ...(more > 0 ? [`and ${grouped(more)} more`] : [])].join(", ");
      const title = `${plural(kept.count, "user")} ${kept.count === 1 ? one : many}`;
      return [annotation(severity, { file }, title, who)];
    });
    const vacant = this.#vacant(summary);
    if (vacant !== null) {
      const message = `nobody would have the highest role, \`${visible(vacant)}\`, any more`;
      found.unshift(annotation("warning", { file }, "nobody left in the highest role", message));
    }
    if (!summary.held) return found;
    const message = `${plural(summary.losers, "user")} would lose something; apply nothing`;
    return [annotation("error", { file }, "held", message), ...found];
  }

  /** The highest role, where the last users who have it would lose it. */
  #vacant({ roles }: ImpactSummary): string | null {
    return this.#topRole !== null && roles[this.#topRole]?.after === 0 ? this.#topRole : null;
  }
}

function changeLine({ id, before, after, blocked = [] }: ImpactChange): string {
  const role = before.role === after.role ? [] : [`role ${roleName(before.role)} → ${roleName(after.role)}`];
  const had = new Set(before.groups);
  const has = new Set(after.groups);
  const signed = [
    ...before.groups.filter((group) => !has.has(group)).map((group) => `−${code(group)}`),
    ...after.groups.filter((group) => !had.has(group)).map((group) => `+${code(group)}`),
  ];
  const more = signed.length - groupsNamed;
  const groups =
    signed.length === 0 ? [] : [signed.slice(0, groupsNamed).join(" ") + (more > 0 ? ` and ${more} more` : "")];
  const refused = blocked.map((one) => code(refusedText(one)));
  return `- ${code(id)}: ${[...role, ...groups, ...refused].join("; ")}`;
}

function roleName(role: string | null): string {
  return role === null ? "none" : code(role);
}

/** As code, a name is neither markup nor a mention of somebody. */
function code(name: string): string {
  const text = visible(name);
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(text) || text === "" ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}
