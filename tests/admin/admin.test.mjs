// One process for all of them: the page and the server are built once, and one browser serves every test.
import "./settings.mjs";
import "./review.mjs";
