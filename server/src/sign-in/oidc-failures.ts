// What can go wrong between us and the identity provider, in words for the person who wants to sign in.

import { GroupSyncError } from "idp-group-sync";
import * as client from "openid-client";
import { Problem } from "../pages/problem.ts";

const again = "Try again. If it happens again, tell your administrator the number below.";

/** The engine's own errors stay what they are: what cannot be read is genuine all the same. */
export function oidcProblem(error: unknown): Problem | GroupSyncError {
  if (error instanceof GroupSyncError && error.code !== "subject-mismatch") return error;
  if (error instanceof client.AuthorizationResponseError) {
    return new Problem({
      status: 403,
      code: "identity-provider-declined",
      title: "The identity provider did not sign you in",
      detail: error.error === "access_denied" ? "The sign-in was cancelled or refused there." : again,
      cause: error,
    });
  }
  if (isUnreachable(error)) {
    return new Problem({
      status: 503,
      code: "identity-provider-unreachable",
      title: "The identity provider cannot be reached",
      detail: "Try again in a moment. If you have a password, you can sign in with it meanwhile.",
      cause: error,
    });
  }
  if (error instanceof client.ResponseBodyError || error instanceof client.WWWAuthenticateChallengeError) {
    return new Problem({
      status: 502,
      code: "identity-provider-refused-server",
      title: "The identity provider refused this server's request",
      detail: again,
      cause: error,
    });
  }
  return new Problem({
    status: 502,
    code: "answer-unverified",
    title: "The identity provider's answer could not be verified",
    detail: `You are not signed in, and nothing was changed. ${again}`,
    cause: error,
  });
}

/** No connection, no answer in time, or an answer that only a server in trouble gives. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TypeError && error.message === "fetch failed") return true;
  if ("code" in error && ["OAUTH_TIMEOUT", "ERR_JWKS_TIMEOUT"].includes(String(error.code))) return true;
  if (error.message === "Expected 200 OK from the JSON Web Key Set HTTP response") return true;
  const { cause } = error;
  if (cause instanceof Response) return cause.status >= 500;
  return cause instanceof Error && isUnreachable(cause);
}
