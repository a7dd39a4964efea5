// The engine away from the page, which answers what the elements ask and what this page asks beside that.
import "idp-group-sync-elements/internal/engine/engine-worker.js";
import "./shared/engine/also.js";
