// The entries `idp-group-sync-elements/engine-worker` and `/standalone-engine-worker`: what `useEngineWorker` wants to be run.
import "./engine/engine-worker.js";
