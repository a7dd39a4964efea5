// One process for all of them: the page is built once, and one browser serves every test.
import "./mapping.mjs";
import "./explanation.mjs";
import "./tools.mjs";
import "./paste.mjs";
import "./table.mjs";
import "./large.mjs";
import "./outcome.mjs";
import "./outdated.mjs";
import "./workspaces.mjs";
import "./token.mjs";
import "./application.mjs";
import "./samples.mjs";
import "./keyboard.mjs";
import "./language.mjs";
import "./theme.mjs";
import "./accessibility.mjs";
import "./privacy.mjs";
