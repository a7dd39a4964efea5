// What people see of the development identity provider.

import { Html, html } from "../pages/html.ts";
import { style } from "../pages/style.ts";
import type { Account } from "./accounts.ts";
import type { Pushed } from "./scim-push.ts";

/** Where an account is chosen. */
export function accountPage(uid: string, accounts: Account[]): string {
  return page(
    "Choose an account",
    html`
<p>This is the identity provider for development. Whoever you choose, you are.</p>
<form method="post" action="/account/${uid}">
${accounts.map(
  ({ subject, name, shows }) =>
    html`<button name="account" value="${subject}"><strong>${name}</strong><span>${withCode(shows)}</span></button>`,
)}
</form>`,
  );
}

/** Where accounts are disabled and enabled, groups renamed, and the directory wiped. */
export function accountsPage({
  accounts,
  groups,
  wiped,
  pushing,
}: {
  accounts: (Account & { disabled: boolean })[];
  groups: string[];
  wiped: boolean;
  /** `null` where there is nobody to push to. */
  pushing: { on: boolean; last: Pushed | null } | null;
}): string {
  return page(
    "Accounts",
    html`
${pushing && pushSection(pushing)}
<h2>People</h2>
<p>Whoever is disabled is signed out of the server within a second, and cannot sign in.</p>
${accounts.map(
  ({ subject, name, disabled }) => html`<form class="account" method="post" action="/accounts">
<input type="hidden" name="account" value="${subject}">
<strong>${name}</strong>
<button class="quiet" name="disabled" value="${disabled ? "false" : "true"}" aria-label="${disabled ? "Enable" : "Disable"} ${name}">${disabled ? "Enable" : "Disable"}</button>
</form>`,
)}
<h2>Groups</h2>
<p>${
      pushing?.on
        ? "A new name is pushed: the members have what it grants with their next request."
        : "A new name stands in the next tokens, and in the directory: a run over it gives the members what the new name grants."
    }</p>
${groups.map(
  (group) => html`<form class="account" method="post" action="/accounts">
<input type="hidden" name="group" value="${group}">
<input name="name" value="${group}" aria-label="Name of ${group}" required maxlength="200">
<button class="quiet" aria-label="Rename ${group}">Rename</button>
</form>`,
)}
<h2>Directory</h2>
<p>${
      wiped
        ? "The directory lists nobody. A run over it is held, and the admin page asks."
        : `The directory lists ${accounts.length} accounts. The admin page reads it under Activity.`
    }</p>
<form class="account" method="post" action="/accounts">
<button class="quiet" name="wiped" value="${wiped ? "false" : "true"}">${wiped ? "Bring all accounts back" : "Remove all accounts from the directory"}</button>
</form>`,
  );
}

function pushSection({ on, last }: { on: boolean; last: Pushed | null }): Html {
  return html`
<h2>Push to the application by SCIM</h2>
<p>${
    on
      ? "On. What you change here reaches the application at once, without a sign-in."
      : "Off. Switch it on, and the application gets all accounts and groups now, and later whatever changes here. Pushed groups hold until somebody's next sign-in: then their token decides again."
  }</p>
${last && pushedList(last)}
<form class="account" method="post" action="/accounts">
<button class="quiet" name="push" value="${on ? "false" : "true"}">${on ? "Stop pushing" : "Push by SCIM"}</button>
</form>`;
}

function pushedList({ taken, refused, failure }: Pushed): Html {
  return html`<div role="status">
${failure !== null && html`<p><strong>The application was not told everything: ${failure}.</strong></p>`}
${refused.length > 0 && html`<p><strong>The application refused:</strong></p>${list(refused)}`}
${taken.length > 0 && html`<details${taken.length < 4 ? " open" : ""}><summary>The application took ${taken.length === 1 ? "1 change" : `${taken.length} changes`}</summary>${list(taken)}</details>`}
${taken.length + refused.length === 0 && failure === null && html`<p>The application has it all already.</p>`}
</div>`;
}

function list(items: string[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** `form` is the identity provider's, to be sent with `logout`. */
export function signOutPage(form: string): string {
  return page(
    "Sign out of the identity provider?",
    html`
${new Html(form)}
<button form="op.logoutForm" name="logout" value="yes">Sign out</button>
<p><button class="quiet" form="op.logoutForm">Stay signed in</button></p>`,
  );
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}${accountStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}

/** What stands between backticks, as code. */
function withCode(text: string): Html[] {
  return text.split("`").map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`));
}

const accountStyle = `
form:not(.account) button { text-align: left; background: var(--card); color: var(--text); border-color: var(--line); font-weight: 400; margin: 0.5rem 0; }
.account + h2 { margin-top: 1.75rem; }
button:hover { border-color: var(--accent); }
button span { display: block; font-size: 0.875rem; color: var(--quiet); }
.account input { flex: 1; min-width: 0; margin: 0 0.75rem 0 0; }
.account { display: flex; justify-content: space-between; align-items: center; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
`;
