// What an application without a store has: nothing is remembered, and everybody is new.

import type { Store } from "./store.js";

const nothing = async () => {};

export const forgetful: Store = {
  transaction: (work) =>
    work({
      lock: nothing,
      readUser: async () => null,
      countOthers: async () => ({ users: 0, superAdmins: 0, roles: {}, workspaces: {} }),
      saveUser: nothing,
      applyPlan: nothing,
      writeAudit: nothing,
    }),
};
