/**
 * Groups from the APIs of Entra ID, Google Workspace, Okta, Keycloak and Auth0, where a token has none, and between logins.
 *
 * @packageDocumentation
 * @category Your application
 */

export { type Auth0Options, auth0Directory } from "./auth0.js";
export type { Directory, DirectoryOptions, DirectoryUser, FetchAnswer, Reading, Signal } from "./directory.js";
export { type EntraOptions, entraDirectory } from "./entra.js";
export { DirectoryError, type DirectoryErrorCode } from "./error.js";
export { type GoogleOptions, googleDirectory } from "./google.js";
export { type KeycloakOptions, keycloakDirectory } from "./keycloak.js";
export { type OktaOptions, oktaDirectory } from "./okta.js";
