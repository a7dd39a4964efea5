// The frame of every page.

import type { FastifyReply } from "fastify";
import { csrfToken } from "../sign-in/csrf.ts";
import { type Html, html } from "./html.ts";

export interface Page {
  title: string;
  body: Html;
  status?: number;
}

export function sendPage(reply: FastifyReply, { title, body, status = 200 }: Page): FastifyReply {
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.text,
    );
}

/** What goes into every form: without it, another site could post the form in somebody's name. */
export function csrfField(reply: FastifyReply): Html {
  return html`<input type="hidden" name="_csrf" value="${csrfToken(reply)}">`;
}
