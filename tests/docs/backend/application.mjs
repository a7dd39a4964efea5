// One application of docs/backend.md, running: with a database, an identity provider in this process, and people with browsers.

import { Browser } from "../../integrations/support/browser.mjs";
import { environmentOf, startProvider } from "../../integrations/support/provider.mjs";
import { addressOf, freeAddress, listening, runServer } from "../../integrations/support/servers.mjs";
import { run } from "../../package/support/project.mjs";
import { database } from "./postgres.mjs";

/** Starts `program`, a file of `folder`, once the tables are set up as the guide does it. `more` goes into the environment. */
export async function start(folder, program, more = {}) {
  const graph = await listening();
  const address = await freeAddress();
  const { stop: stopProvider, ...provider } = await startProvider(folder, [`${address}/callback`]);

  const { db, url, cut, close } = await database();
  const env = {
    DATABASE_URL: url,
    ...environmentOf(address, provider),
    SUPER_ADMIN: "root",
    GRAPH_URL: addressOf(graph),
    ...more,
  };
  const stopAround = async () => {
    stopProvider();
    graph.closeAllConnections();
    graph.close();
    await close();
  };
  let running;
  try {
    await run(process.execPath, ["set-up.mjs"], folder, env);
    running = await runServer([program], folder, env, address);
  } catch (error) {
    // What still listens would keep the tests from ending.
    await stopAround();
    throw error;
  }

  const rows = async (sql, values) => (await db.query(sql, values)).rows;
  return {
    ...provider,
    address,
    graph,
    rows,
    cut,
    log: running.log,
    /** A browser of somebody, and the page at the end of a login with it. */
    async signIn(sub, browser = new Browser(sub)) {
      return { browser, ...(await browser.go(`${address}/login`)) };
    },
    /** The role and the groups that are stored of somebody. */
    async stored(sub) {
      const [found] = await rows(
        `select m.role, array(select name from group_memberships g where g.user_id = u.id order by name) as groups
         from users u join memberships m on m.user_id = u.id where u.subject = $1`,
        [`${provider.issuer} ${sub}`],
      );
      return found;
    },
    async stop() {
      await running.stop();
      await stopAround();
    },
  };
}
