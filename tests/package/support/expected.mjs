/** What fixtures/common/login.mjs returns wherever it runs. */
export const expected = {
  role: "end-user",
  groups: ["marketing"],
  error: { isGroupSyncError: true, code: "invalid-input", path: "catalog.groups[0].name" },
  afterFree: "freed",
};
