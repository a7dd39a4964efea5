import assert from "node:assert/strict";

/** The action throws an `invalid-input` with this very path (nothing where no single place is at fault) and this very sentence. */
export function refused(action, path, message) {
  assert.throws(action, (error) => {
    const { name, code, diagnostics } = error;
    assert.deepEqual({ name, code, diagnostics }, { name: "GroupSyncError", code: "invalid-input", diagnostics: [] });
    assert.deepEqual({ path: error.path, message: error.problem }, { path: path || undefined, message });
    return true;
  });
}
