// docs/integrations/nextjs.md, built and run as it stands.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../package/support/project.mjs";
import { application, installedFile, installedTool, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";

const folder = application([...shared, "docs/integrations/nextjs.md"]);

// What `create-next-app` makes besides. The build checks the types too.
const layout = `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;
writeFileSync(join(folder, "app", "layout.tsx"), layout);
rmSync(join(folder, "main.ts")); // of docs/backend.md, for another framework

const env = { NEXT_TELEMETRY_DISABLED: "1" };
await run(installedTool("next"), ["build"], folder, env);

/** What the page shows, of which React has escaped the quotes. */
const read = (text) => JSON.parse(text.match(/<pre>(.*?)<\/pre>/)[1].replaceAll("&quot;", '"'));

const program = ({ PORT }) => [installedFile("next/dist/bin/next"), "start", "--port", PORT];
testRoute(testLogins(() => start(folder, { program, env: () => env }), { read }));
