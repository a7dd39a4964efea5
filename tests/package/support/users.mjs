// Users for `impact`, as many as are wanted.

/** Their lines: every tenth is in a group that the mappings of the tests name. */
export function* generatedUsers(count) {
  for (let number = 0; number < count; number += 1) {
    const group = number % 10 === 0 ? "Sales Team" : "nobody";
    const claims = { sub: `u${number}`, groups: [group, `team-${number % 97}`, "everyone"] };
    yield `${JSON.stringify({ id: `u${number}`, claims, membership: { role: "end-user", groups: [{ name: "sales" }] } })}\n`;
  }
}
