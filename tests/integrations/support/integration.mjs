// One application of docs/integrations, running: with an identity provider in this process, and people with browsers.

import { Browser } from "./browser.mjs";
import { environmentOf, startProvider } from "./provider.mjs";
import { freeAddress, runServer } from "./servers.mjs";

/**
 * Starts an application of `folder`: `program` is what Node, or `command`, is called with, or a function of the environment that gives it. `callback` is
 * the path that the identity provider sends browsers back to, `login` the one that sends them there, and `page` the one that shows what
 * the user has.
 */
export async function start(
  folder,
  { command, program, callback = "/callback", login = "/login", page = "/", env: more = () => ({}) },
) {
  const address = await freeAddress();
  const provider = await startProvider(folder, [`${address}${callback}`]);
  const env = {
    ...environmentOf(address, provider),
    ...more({ address, issuer: provider.issuer }),
  };
  let running;
  try {
    const args = typeof program === "function" ? await program(env) : program;
    running = await runServer(args, folder, env, address, command);
  } catch (error) {
    provider.stop();
    throw error;
  }
  return {
    ...provider,
    address,
    log: running.log,
    /** A browser of somebody, and the page at the end of a login with it. */
    async signIn(sub, browser = new Browser(sub)) {
      return { browser, ...(await browser.go(`${address}${login}`)) };
    },
    /** Where the identity provider sends a browser back to at the end of a login, before it goes there. */
    begin(sub, browser = new Browser(sub)) {
      const stop = (url) => url.origin === address && url.pathname === callback;
      return browser.go(`${address}${login}`, { stop }).then(({ url }) => ({ browser, url }));
    },
    /** The page that shows what the user of this browser has. */
    see: (browser) => browser.go(`${address}${page}`),
    async stop() {
      await running.stop();
      provider.stop();
    },
  };
}
