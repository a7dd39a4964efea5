// One process for all of them: the site is built once, and one browser serves every test.
import "./navigation.mjs";
import "./links.mjs";
import "./reading.mjs";
