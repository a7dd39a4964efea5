// One process for all of them: the page is built once, and one browser serves every test.
import "./mapping.mjs";
import "./outcome.mjs";
import "./token.mjs";
import "./application.mjs";
import "./samples.mjs";
import "./keyboard.mjs";
import "./theme.mjs";
import "./accessibility.mjs";
import "./privacy.mjs";
