/** What fixtures/common/login.mjs returns wherever it runs. */
export const expected = {
  role: "end-user",
  groups: ["marketing"],
  plan: { join: ["marketing"], leave: ["sales"] },
  inherited: true,
  login: [true, ["sales"]],
  gains: ["🚀 gains", "zoé gains"],
  passed: true,
  error: { isGroupSyncError: true, code: "invalid-input", path: "catalog.groups[0].name" },
  afterFree: "freed",
};
