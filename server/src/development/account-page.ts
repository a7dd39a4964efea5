// Where an account of the development identity provider is chosen.

import { type Html, html } from "../pages/html.ts";
import { style } from "../pages/style.ts";
import type { Account } from "./accounts.ts";

export function accountPage(uid: string, accounts: Account[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Choose an account</title>
<link rel="icon" href="data:,">
<style>${style}${accountStyle}</style>
</head>
<body>
<main>
<h1>Choose an account</h1>
<p>This is the identity provider for development. Whoever you choose, you are.</p>
<form method="post" action="/account/${uid}">
${accounts.map(
  ({ subject, name, shows }) =>
    html`<button name="account" value="${subject}"><strong>${name}</strong><span>${withCode(shows)}</span></button>`,
)}
</form>
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
button { text-align: left; background: var(--card); color: var(--text); border-color: var(--line); font-weight: 400; margin: 0.5rem 0; }
button:hover { border-color: var(--accent); }
button span { display: block; font-size: 0.875rem; color: var(--quiet); }
`;
