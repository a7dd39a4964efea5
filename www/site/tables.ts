// Tables on a phone: one whose cells hold sentences, or whose words do not fit beside each other, becomes rows that stand one below the
// other, each cell with the heading of its column. theme/style.css does so; here it is seen which tables these are.

import type { MarkdownRenderer } from "vitepress";

/** A cell with more than this is a sentence, which takes a line of its own. */
const sentence = 40;
/** What fits into a line of a phone: letters of the longest words of all columns. */
const lineOfWords = 32;

type Tokens = ReturnType<MarkdownRenderer["parse"]>;

export function stackTables(md: MarkdownRenderer) {
  md.core.ruler.push("stack-tables", ({ tokens }) => {
    tokens.forEach(({ type }, start) => {
      if (type === "table_open") stackTable(tokens.slice(start, tokens.findIndex(isEndAfter(start))));
    });
  });
}

const isEndAfter =
  (start: number) =>
  ({ type }: Tokens[number], at: number) =>
    at > start && type === "table_close";

function stackTable(table: Tokens) {
  const cells = table.flatMap((token, at) =>
    /^t[hd]_open$/.test(token.type) ? [{ token, text: textOf(table[at + 1]) }] : [],
  );
  const headings = cells.filter(({ token }) => token.type === "th_open").map(({ text }) => text);
  const longest = Math.max(...cells.map(({ text }) => text.length));
  const words = headings.map((_, column) =>
    Math.max(...cells.map(({ text }, at) => (at % headings.length === column ? longestWord(text) : 0))),
  );
  if (longest <= sentence || (headings.length < 3 && words.reduce((sum, word) => sum + word, 0) <= lineOfWords)) return;
  table[0]?.attrJoin("class", "stacked");
  cells.slice(headings.length).forEach(({ token, text }, at) => {
    const column = at % headings.length;
    if (column > 0 && headings.length > 2 && headings[column] && text) token.attrSet("data-label", headings[column]);
  });
}

function textOf(inline: Tokens[number] | undefined): string {
  return (inline?.children ?? [])
    .map(({ type, content }) => (type === "text" || type === "code_inline" ? content : ""))
    .join("");
}

/** A line may break at a space, and behind a hyphen or a slash. */
function longestWord(text: string): number {
  return Math.max(...text.split(/[\s/-]/).map(({ length }) => length));
}
