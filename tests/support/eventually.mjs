// Waits for what comes about by itself, for as long as Playwright waits for an element: a busy machine takes its time.

const patience = 30_000;

/** Waits until an assertion holds. */
export async function eventually(assertion) {
  for (const deadline = Date.now() + patience; ; ) {
    // What the assertion itself waits for may take all the time that there is.
    const isLast = Date.now() > deadline;
    try {
      return await assertion();
    } catch (error) {
      if (isLast) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
