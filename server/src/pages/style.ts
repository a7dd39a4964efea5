// The one style sheet.

export const style = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f6f9, #0f1118);
  --card: light-dark(#fff, #171a23);
  --line: light-dark(#d9dce5, #2b303d);
  --text: light-dark(#1b1e2c, #e6e8ef);
  --quiet: light-dark(#575d70, #a3a8b7);
  --code: light-dark(#eceef4, #252a36);
  --accent: light-dark(#3a35ac, #aab4ff);
  --on-accent: light-dark(#fff, #12141c);
  --problem: light-dark(#a3201d, #ff8f8f);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
main.narrow, main:has(> .narrow) { max-width: 26rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0; font-size: 1.125rem; }
h3 { margin: 1.25rem 0 0.5rem; font-size: 0.875rem; color: var(--quiet); font-weight: 600; }
p { margin: 0.5rem 0; }
a { color: var(--accent); }
ul { margin: 0.25rem 0; padding-left: 1.25rem; }
section { margin: 1rem 0; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.625rem; }
code { padding: 0.1em 0.35em; background: var(--code); border-radius: 0.25rem; font: 0.875em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: break-word; white-space: pre-wrap; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th { color: var(--quiet); font-size: 0.8125rem; font-weight: 600; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
tr:last-child td { border-bottom: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0.75rem 0 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
dd ul { margin: 0; }
label { display: block; margin: 0.75rem 0 0.25rem; font-weight: 600; }
input:not([type=hidden]) { width: 100%; padding: 0.55rem 0.75rem; background: var(--page); color: inherit; border: 1px solid var(--quiet); border-radius: 0.5rem; font: inherit; }
button, .button { display: block; width: 100%; margin: 1rem 0 0; padding: 0.6rem 1rem; background: var(--accent); color: var(--on-accent); border: 1px solid transparent; border-radius: 0.5rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button.quiet { width: auto; margin: 0; background: none; color: var(--accent); border-color: var(--accent); }
:is(a, button, input):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: start; justify-content: space-between; }
header h1 { margin: 0; }
.quiet { color: var(--quiet); }
.problem { border-left: 4px solid var(--problem); }
.role { font-weight: 600; }
.mark { font-size: 0.8125rem; color: var(--quiet); }
.scroll { overflow-x: auto; }
section > :is(p, a, form, form > :first-child):first-child, form > input[type=hidden] + label { margin-top: 0; }
`;
