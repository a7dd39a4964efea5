// What the environment says. Everything has a default that is right on a developer's machine; `README.md` lists the names.

import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import cronParser from "cron-parser";
import type { RateLimits } from "./application.ts";
import { CannotStart } from "./cannot-start.ts";
import { keyBytes } from "./encryption.ts";
import { comparedAddress } from "./login/addresses.ts";
import { type ReconcileOptions, reconcileDefaults } from "./reconcile/reconciling.ts";
import { type GroupSource, groupSource } from "./sign-in/group-source.ts";
import { type ClaimsFrom, claimsFromKinds, type OidcOptions } from "./sign-in/oidc-client.ts";

export interface Config {
  host: string;
  port: number;
  origin: URL;
  /** A PostgreSQL server, or a folder for the embedded database. */
  database: { url: string } | { folder: string };
  /** An identity provider, the one for development in this process, or none. */
  identityProvider: OidcOptions | { developmentPort: number; origins: URL[] } | null;
  /** Where groups come from that a token lacks. */
  groupSource: GroupSource | null;
  /** What an empty database begins with where the identity provider for development is used. */
  developmentData: DevelopmentData;
  /** Without a password, they are invited. */
  firstAdmin: { email: string; password: string | null } | null;
  sessionHours: number;
  /** The keys for what is stored encrypted, the newest first; `null` if there are none. */
  encryptionKeys: [Buffer, ...Buffer[]] | null;
  /** How often sessions are synced again whose identity provider gives refresh tokens; 0 for never. */
  refreshMinutes: number;
  /** When whole directories are read, and when a run over one is held. */
  reconcile: ReconcileOptions;
  /** The addresses of the proxies before the server, and networks of such. */
  trustProxy: string[];
  logLevel: string;
  /** How long it still takes requests once it was told to end, and says that it is not ready. */
  shutdownDelaySeconds: number;
  limits: RateLimits;
  previewFolder: string | null;
}

/** Nothing but workspaces and people; settings besides; or also sign-ins of the past, scenarios and guarantees. */
const developmentDataKinds = ["empty", "settings", "demonstration"] as const;
export type DevelopmentData = (typeof developmentDataKinds)[number];

type Environment = Record<string, string | undefined>;

/** A variable that is empty is one that is left out: files of variables have lines such as `HOST=`. */
export function readConfig(variables: Environment): Config {
  const environment: Environment = Object.fromEntries(Object.entries(variables).filter(([, text]) => text !== ""));
  const port = numberOf(environment, "PORT", 3000, ports);
  const origin = originOf(environment) ?? new URL(`http://localhost:${port}`);
  const production = environment.NODE_ENV === "production";
  const url = databaseAddress(environment.DATABASE_URL);
  return {
    host: environment.HOST ?? "localhost",
    port,
    origin,
    database: url ? { url } : { folder: environment.DATA_FOLDER ?? "data" },
    identityProvider: identityProvider(environment, origin, production),
    groupSource: groupSource(environment),
    developmentData: developmentData(environment),
    firstAdmin: firstAdmin(environment),
    sessionHours: numberOf(environment, "SESSION_HOURS", 8, { least: 1, most: 8760 }),
    encryptionKeys: encryptionKeys(environment.ENCRYPTION_KEYS),
    refreshMinutes: numberOf(environment, "REFRESH_MINUTES", 15, { most: 10_080 }),
    reconcile: {
      at: reconcileAt(environment.RECONCILE_AT),
      maxLosers: numberOf(environment, "RECONCILE_MAX_LOSERS", reconcileDefaults.maxLosers),
      maxShare: numberOf(environment, "RECONCILE_MAX_SHARE", reconcileDefaults.maxShare, { most: 100 }),
    },
    trustProxy: trustedProxies(environment.TRUST_PROXY),
    logLevel: logLevel(environment),
    shutdownDelaySeconds: numberOf(environment, "SHUTDOWN_DELAY_SECONDS", 0, { most: 600 }),
    limits: {
      password: numberOf(environment, "PASSWORDS_PER_MINUTE", 10, { least: 1 }),
      oidc: numberOf(environment, "SIGN_INS_PER_MINUTE", 300, { least: 1 }),
      scim: numberOf(environment, "SCIM_REQUESTS_PER_MINUTE", 3000, { least: 1 }),
    },
    previewFolder: previewFolder(environment),
  };
}

function identityProvider(environment: Environment, origin: URL, production: boolean): Config["identityProvider"] {
  if (environment.OIDC_ISSUER === "none") return null;
  const issuer = addressOf(environment, "OIDC_ISSUER");
  if (issuer) {
    const clientId = environment.OIDC_CLIENT_ID;
    if (!clientId)
      throw new CannotStart("OIDC_CLIENT_ID is missing: set it to what the identity provider calls this server");
    return {
      ...(environment.OIDC_NAME && { name: environment.OIDC_NAME }),
      issuer,
      clientId,
      clientSecret: environment.OIDC_CLIENT_SECRET || null,
      scope: environment.OIDC_SCOPE ?? "openid profile email",
      claimsFrom: claimsFrom(environment),
    };
  }
  // It lets anybody in as anybody.
  if (production || origin.hostname !== "localhost") {
    throw new CannotStart(
      "OIDC_ISSUER is missing: set it to your identity provider, or to `none` for passwords alone; the one for development is there only for http://localhost",
    );
  }
  const others = (environment.DEVELOPMENT_ORIGINS ?? "").split(",").filter(Boolean);
  return {
    developmentPort: numberOf(environment, "IDENTITY_PROVIDER_PORT", 3001, ports),
    origins: [origin, ...others.map((other) => readAddress("DEVELOPMENT_ORIGINS", other.trim()))],
  };
}

function claimsFrom({ OIDC_CLAIMS_FROM: text = "userinfo" }: Environment): ClaimsFrom[] {
  const names = text.split(",").map((name) => name.trim());
  return names.flatMap((name) => {
    if (name === "" || name === "id-token") return [];
    const known = claimsFromKinds.find((one) => one === name);
    if (known) return [known];
    throw new CannotStart(
      `OIDC_CLAIMS_FROM has \`${name}\`: besides \`id-token\`, claims are taken from ${claimsFromKinds.join(" and ")}`,
    );
  });
}

function developmentData({ DEVELOPMENT_DATA: data = "settings" }: Environment): DevelopmentData {
  const known = developmentDataKinds.find((one) => one === data);
  if (known) return known;
  throw new CannotStart(`DEVELOPMENT_DATA is \`${data}\`: set it to one of ${developmentDataKinds.join(", ")}`);
}

function firstAdmin(environment: Environment): Config["firstAdmin"] {
  const { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: password } = environment;
  if (!email && !password) return null;
  if (!email || comparedAddress(email) === null) {
    throw new CannotStart("FIRST_ADMIN_EMAIL is no e-mail address: set it to the address of the first super admin");
  }
  if (password && password.length < 12) throw new CannotStart("FIRST_ADMIN_PASSWORD has at least 12 characters");
  if (!password && environment.OIDC_ISSUER === "none") {
    throw new CannotStart("FIRST_ADMIN_PASSWORD is missing: without single sign-on, an invitation cannot be accepted");
  }
  return { email, password: password || null };
}

function reconcileAt(at = "0 3 * * *"): string | null {
  if (at === "off") return null;
  try {
    cronParser.parseExpression(at, { utc: true });
    if (at.trim().split(/\s+/).length === 5) return at;
  } catch {}
  throw new CannotStart(
    `RECONCILE_AT is \`${at}\`: set it to a cron expression of five fields, such as \`0 3 * * *\` for every night at three (UTC), or to \`off\``,
  );
}

function encryptionKeys(text: string | undefined): Config["encryptionKeys"] {
  if (!text) return null;
  const [first, ...others] = text.split(",").map((key) => Buffer.from(key.trim(), "base64"));
  if (first && [first, ...others].every((key) => key.length === keyBytes)) return [first, ...others];
  throw new CannotStart(
    "ENCRYPTION_KEYS has a key that is not 32 bytes in Base64: make one with `openssl rand -base64 32`",
  );
}

/** Names for the addresses that only this machine, or only a network of one's own, has. */
const ownNetworks = ["loopback", "linklocal", "uniquelocal"];

/**
 * Whoever is trusted says where a request comes from, so nobody else may be: with `true`, or a number of proxies, every request could, and
 * would escape the limits of its address.
 */
function trustedProxies(text: string | undefined): string[] {
  if (!text || text === "false") return [];
  const proxies = text.split(",").map((proxy) => proxy.trim());
  const wrong = proxies.find((proxy) => !ownNetworks.includes(proxy) && !isNetwork(proxy));
  if (wrong === undefined) return proxies;
  throw new CannotStart(
    `TRUST_PROXY has \`${wrong}\`: name the proxies before the server by their addresses or networks, such as \`10.0.0.7, 10.1.0.0/16\`, or with \`loopback\` one on this machine; what everybody is trusted to say is worth nothing`,
  );
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  // Without a single bit it would be everybody.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const ports = { least: 1, most: 65_535 };

/** What is beyond the limits is a mistake, such as seconds for hours, and would show much later: at a sign-in, or at the end. */
function numberOf(
  environment: Environment,
  name: string,
  otherwise: number,
  { least = 0, most = 1_000_000_000 } = {},
): number {
  const text = environment[name];
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new CannotStart(`${name} is \`${text}\`: set it to a whole number from ${least} to ${most}`);
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

function logLevel({ LOG_LEVEL: level = "info" }: Environment): string {
  if (logLevels.includes(level)) return level;
  throw new CannotStart(`LOG_LEVEL is \`${level}\`: set it to one of ${logLevels.join(", ")}`);
}

function previewFolder({ PREVIEW_FOLDER: folder }: Environment): string | null {
  if (folder === undefined) return null;
  if (existsSync(folder)) return resolve(folder);
  throw new CannotStart(`PREVIEW_FOLDER is \`${folder}\`: there is no such folder; set it to that of the built page`);
}

/** As the driver takes it: an address, or the folder of a socket. What is no such thing it would take for the name of a database. */
function databaseAddress(text: string | undefined): string | undefined {
  if (!text || /^(postgres(ql)?:|socket:|\/)/.test(text)) return text;
  throw new CannotStart(
    "DATABASE_URL is no address of a PostgreSQL database: set it to one such as postgres://user:password@localhost:5432/app",
  );
}

/** Nothing is served below a path, and links and cookies are for a host. */
function originOf(environment: Environment): URL | undefined {
  const origin = addressOf(environment, "ORIGIN");
  if (origin && origin.href !== `${origin.origin}/`) {
    throw new CannotStart(
      `ORIGIN is \`${environment.ORIGIN}\`: set it to \`${origin.origin}\`, without anything behind`,
    );
  }
  return origin;
}

function addressOf(environment: Environment, name: string): URL | undefined {
  const text = environment[name];
  return text === undefined ? undefined : readAddress(name, text);
}

function readAddress(name: string, text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new CannotStart(`${name} is \`${text}\`: set it to an address such as https://app.example.com`);
}
