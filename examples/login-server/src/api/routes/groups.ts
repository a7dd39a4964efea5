import type { ApiPart } from "../part.ts";
export const groupRoutes: ApiPart = () => {};
