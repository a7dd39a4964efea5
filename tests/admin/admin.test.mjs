// One process for all of them: the page and the server are built once, and one browser serves every test.
import "./settings.mjs";
import "./editor.mjs";
import "./review.mjs";
import "./unsaved.mjs";
import "./owners.mjs";
import "./answers.mjs";
import "./conflicts.mjs";
import "./confirmation.mjs";
import "./preview.mjs";
import "./unfinished.mjs";
import "./inheriting.mjs";
import "./scenarios.mjs";
import "./activity.mjs";
import "./demo.mjs";
import "./accessibility.mjs";
import "./weight.mjs";
import "./journey.mjs";
