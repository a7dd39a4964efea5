// The roles of this application, lowest first. What grants them is up to the engine.

export const roles: string[] = ["end-user", "builder", "admin"];
export const highestRole = "admin";
