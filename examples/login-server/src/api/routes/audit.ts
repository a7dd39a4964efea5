import type { ApiPart } from "../part.ts";
export const auditRoutes: ApiPart = () => {};
