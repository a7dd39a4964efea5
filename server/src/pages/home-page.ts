// What somebody has in each workspace, and why.

import type { FastifyReply } from "fastify";
import type { Part } from "../application.ts";
import { explainUser, type WorkspaceExplanation } from "../login/explanation.ts";
import type { SignedInUser } from "../sign-in/sessions.ts";
import { type Html, html } from "./html.ts";
import { csrfField, sendPage } from "./layout.ts";
import { blockedText, doubts, grantText, roleReasonText, statusText, viaText } from "./reasons.ts";

export const homePage: Part = (server, { database }) => {
  server.get("/", async (request, reply) => {
    if (!request.user) return reply.redirect("/sign-in", 303);
    return show(reply, request.user, await explainUser(database, request.user.id));
  });
};

function show(reply: FastifyReply, user: SignedInUser, workspaces: WorkspaceExplanation[]): FastifyReply {
  const name = user.name ?? user.email ?? "You";
  const how = user.method === "oidc" ? "single sign-on" : "a password";
  return sendPage(reply, {
    title: `${name} – your workspaces`,
    body: html`
<header>
  <div>
    <h1>${name}</h1>
    <p class="quiet">Signed in with ${how}${user.email !== null && html` as ${user.email}${!user.emailVerified && html` (an address that your identity provider has not verified)`}`}${user.superAdmin && html`, super admin of this instance`}.</p>
    ${user.superAdmin && html`<p><a href="/admin/">Group sync settings</a></p>`}
  </div>
  <form method="post" action="/sign-out">${csrfField(reply)}<button class="quiet">Sign out</button></form>
</header>
${workspaces.length === 0 && html`<section><p>You are signed in, but have no place in a workspace yet. Ask your administrator.</p></section>`}
${workspaces.map((workspace) => workspaceCard(reply, workspace))}`,
  });
}

function workspaceCard(reply: FastifyReply, workspace: WorkspaceExplanation): Html {
  const { id, name, status, role, groups, decision } = workspace;
  return html`
<section aria-labelledby="workspace-${id}" data-workspace="${id}">
  <h2 id="workspace-${id}">${name}</h2>
  ${status === "archived" && html`<p>You are archived in this workspace.</p>`}
  ${
    status === "invited" &&
    html`<form method="post" action="/invitations/accept">${csrfField(reply)}
    <input type="hidden" name="workspace" value="${id}">
    <p>You are invited to this workspace.</p><button>Accept the invitation</button></form>`
  }
  <dl>
    <dt>Role</dt><dd class="role" data-role>${role}</dd>
    <dt>Groups</dt><dd data-groups>${
      groups.length === 0
        ? html`<span class="quiet">none</span>`
        : html`<ul>${groups.map((group) => html`<li>${group.name}${group.grantedBy === "manual" && html` <span class="mark">given by hand</span>`}</li>`)}</ul>`
    }</dd>
  </dl>
  ${decision ? why(workspace, decision) : html`<p class="quiet">No single sign-on has synced this workspace yet.</p>`}
</section>`;
}

type Decision = NonNullable<WorkspaceExplanation["decision"]>;

function why(workspace: WorkspaceExplanation, { at, auditId, plan, applied, ...texts }: Decision): Html {
  const { roleReasons, matches } = plan.resolution;
  const status = statusText(plan);
  const waits = plan.status === "change" && !applied;
  return html`
  <h3>Why</h3>
  ${status !== null && html`<p data-reason="${plan.reason}">${status}</p>`}
  ${waits && html`<p>This was not carried out, as you had not accepted the invitation. Once you have, the next login decides again.</p>`}
  ${
    !waits &&
    plan.role.to !== workspace.role &&
    html`<p>Since then somebody has given you another role by hand. The next login decides again.</p>`
  }
  <ul>
    ${roleReasons.map((reason) => html`<li>Role <code>${plan.resolution.role}</code>: ${roleReasonText(reason)}.</li>`)}
    ${plan.blocked.map((blocked) => html`<li>Not done: ${blockedText(blocked)}.</li>`)}
    ${doubts(plan).map(({ message }) => html`<li>About your token: ${message}.</li>`)}
  </ul>
  ${
    matches.length > 0 &&
    html`<div class="scroll" role="region" aria-label="What each group grants in ${workspace.name}" tabindex="0"><table>
    <thead><tr><th scope="col">Your group at the identity provider</th><th scope="col">Grants</th><th scope="col">How</th></tr></thead>
    <tbody>${matches.slice(0, shown).map(
      (match) => html`<tr><td><code>${match.idpGroup}</code></td>
      <td>${match.grants.length === 0 ? "nothing" : match.grants.map((grant) => html`<div>${grantText(grant, texts)}</div>`)}</td>
      <td>${viaText(match)}</td></tr>`,
    )}</tbody></table></div>`
  }
  ${matches.length > shown && html`<p class="quiet">And ${matches.length - shown} more.</p>`}
  <p class="mark">Decided at <time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace("T", " ")} UTC</time>, entry ${auditId} of the audit.</p>`;
}

/** A token may hold ten thousand groups. */
const shown = 200;
