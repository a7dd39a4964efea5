import type { ApiPart } from "../part.ts";
export const scenarioRoutes: ApiPart = () => {};
