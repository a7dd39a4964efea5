import { init } from "idp-group-sync/slim";

await init();
