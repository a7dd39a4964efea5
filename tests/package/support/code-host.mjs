// A code host's API for comments, on this machine: it keeps what it is told, and what it was asked.

import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";
import { emptyFolder } from "./project.mjs";

/**
 * Answers GET, POST and PATCH or PUT as GitHub and GitLab do below a path that ends in `comments` or `notes`. `refuses` is the
 * status of everything that would write. It ends with the test.
 */
export async function codeHost(t, { comments = [], refuses = null } = {}) {
  const calls = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
    let text = "";
    for await (const chunk of request) text += chunk;
    const { authorization, "private-token": token } = request.headers;
    calls.push({ method: request.method, path: pathname, token: token ?? authorization });
    if (request.method === "GET") {
      const page = Number(searchParams.get("page"));
      answer(200, comments.slice((page - 1) * 100, page * 100));
      return;
    }
    if (refuses !== null) {
      answer(refuses, { message: "Resource not accessible by integration" });
      return;
    }
    const { body } = JSON.parse(text);
    const id = Number(pathname.match(/\/(\d+)$/)?.[1]);
    const known = comments.find((comment) => comment.id === id);
    if (request.method === "POST") comments.push({ id: comments.length + 1, body });
    else known.body = body;
    answer(request.method === "POST" ? 201 : 200, known ?? {});
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { calls, comments, address: `http://127.0.0.1:${port}` };
}

/**
 * A checkout of a change of examples/admin-repository, as a runner has it: the commit that it is for is not there, but at `origin`.
 * Both map files to their texts: `change` those of the change, and `before` what differs from the example before it.
 */
export function changedRepository(change, before = {}) {
  const [origin, folder] = [emptyFolder(), emptyFolder()];
  cpSync(join(root, "examples", "admin-repository"), origin, { recursive: true });
  const run = (cwd, ...args) => execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const commit = (message) => {
    run(origin, "add", "--all");
    const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    run(origin, ...who, "commit", "--quiet", "--message", message);
    return run(origin, "rev-parse", "HEAD").trim();
  };
  run(origin, "init", "--quiet", "--initial-branch=main");
  run(origin, "config", "uploadpack.allowAnySHA1InWant", "true");
  const write = (texts) => {
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(origin, file), text);
  };
  write(before);
  const base = commit("Begin");
  write(change);
  const head = commit("Change");
  run(folder, "clone", "--quiet", "--depth=1", `file://${origin}`, ".");
  return { folder, base, head };
}
