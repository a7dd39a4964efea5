// Ways to break a store that is right.

/** The fixture with another `transaction`, which is given the right one. */
export function withTransaction(transaction) {
  return (fixture) => {
    const right = (work) => fixture.store.transaction(work);
    const isRetryable = (error) => fixture.store.isRetryable(error);
    return { ...fixture, store: { isRetryable, transaction: transaction(right, fixture.store) } };
  };
}

/** The fixture with other methods in each transaction. They are given the right ones, and the store. */
export function withMethods(methods) {
  return withTransaction(
    (right, store) => (work) => right((transaction) => work(overridden(transaction, methods, store))),
  );
}

/** The transaction with other methods. */
export function overridden(transaction, methods, store) {
  const names = ["lock", "readUser", "countOthers", "saveUser", "applyPlan", "writeAudit"];
  const right = Object.fromEntries(names.map((name) => [name, (...given) => transaction[name](...given)]));
  return { ...right, ...methods(right, store) };
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const forever = new Promise(() => {});
