import { createHmac, timingSafeEqual, verify } from "node:crypto";
import { allows, type App, type Permissions } from "../state/apps.ts";
import type { Grant } from "../state/installation-tokens.ts";
import type { World } from "../state/world.ts";
import { ApiError } from "../state/api-error.ts";
import type { Caller } from "./callers.ts";

const longestAppTokenSeconds = 600;
/** GitHub forgives clocks that are a little ahead. */
const clockDriftSeconds = 60;
const installationTokenSeconds = 3600;

/** Tells who sends an `Authorization` header; throws 401 where it is none of ours. */
export function identify(world: World, authorization: string | undefined): Caller {
  if (authorization === undefined) return { kind: "anonymous" };
  const token = tokenOf(authorization);
  if (token.startsWith("ghp_")) return userCaller(world, token);
  if (token.startsWith("ghs_")) return installationCaller(world, token);
  return { kind: "app", app: verifyAppToken(world, token) };
}

/** A fresh installation token, in the form that the world has them in now. */
export function mintToken(
  world: World,
  app: App,
  granted: Omit<Grant, "exp">,
): { token: string; expires: Date } {
  const exp = Math.floor(world.now().getTime() / 1000) + installationTokenSeconds;
  const grant = { ...granted, exp };
  const { tokens } = world;
  const token =
    tokens.form === "classic" ? tokens.addClassic(grant) : statelessToken(world, app, grant);
  tokens.minted.push(token);
  return { token, expires: new Date(exp * 1000) };
}

/** It says itself what it may do: nothing is kept of it here. */
function statelessToken(world: World, app: App, grant: Grant): string {
  const header = encode({ alg: "HS256", typ: "JWT" });
  const signed = `${header}.${encode({ ...grant })}`;
  return `ghs_${app.id}_${signed}.${sign(world, signed)}`;
}

/** The token of `Bearer TOKEN`, `token TOKEN` or, as git sends it, `Basic base64(user:TOKEN)`. */
function tokenOf(authorization: string): string {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (/^(bearer|token)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) throw badCredentials();
  const decoded = Buffer.from(value, "base64").toString("utf8");
  return decoded.slice(decoded.indexOf(":") + 1);
}

function userCaller(world: World, token: string): Caller {
  const account = world.accounts.byToken(token);
  if (account === undefined) throw badCredentials();
  return { kind: "user", account };
}

function installationCaller(world: World, token: string): Caller {
  const grant = world.tokens.classic(token) ?? statelessGrant(world, token);
  const installation = world.installations.get(grant.installation);
  if (installation === undefined || grant.exp * 1000 <= world.now().getTime()) {
    throw badCredentials();
  }
  if (installation.suspendedAt !== null) throw suspended();
  const repositories = grant.repositories === "all" ? "all" : new Set(grant.repositories);
  const permissions = held(grant.permissions, installation.permissions);
  return { kind: "installation", installation, permissions, repositories };
}

/** GitHub's answer to and for an installation that was suspended. */
export function suspended(): ApiError {
  return new ApiError(403, "This installation has been suspended");
}

function statelessGrant(world: World, token: string): Grant {
  const match = /^ghs_[0-9]+_([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(token);
  const [, signed = "", payload = "", signature = ""] = match ?? [];
  if (match === null || !equal(sign(world, signed), signature)) throw badCredentials();
  return decode(payload) as unknown as Grant;
}

/** A token never gains what was granted after it was made, and loses what was withdrawn. */
function held(token: Permissions, installation: Permissions): Permissions {
  const kept = Object.entries(token).filter(([name, level = "read"]) =>
    allows(installation, name, level),
  );
  return Object.fromEntries(kept);
}

function verifyAppToken(world: World, token: string): App {
  const match = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token);
  if (match === null) throw badCredentials();
  const [, header = "", payload = "", signature = ""] = match;
  const claims = decode(payload);
  const app = [...world.apps.values()].find(
    ({ id, clientId }) => String(claims["iss"]) === String(id) || claims["iss"] === clientId,
  );
  const isSigned =
    app !== undefined &&
    decode(header)["alg"] === "RS256" &&
    verify(
      "sha256",
      Buffer.from(`${header}.${payload}`),
      app.publicKey,
      Buffer.from(signature, "base64url"),
    );
  if (!isSigned) throw new ApiError(401, "A JSON web token could not be decoded");
  checkTimes(claims, Math.floor(world.now().getTime() / 1000));
  return app;
}

function checkTimes(claims: Record<string, unknown>, now: number): void {
  const { iat, exp } = claims;
  if (!Number.isInteger(iat) || Number(iat) > now + clockDriftSeconds) {
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (typeof exp !== "number" || exp <= now) {
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + longestAppTokenSeconds + clockDriftSeconds) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
}

function sign(world: World, text: string): string {
  return createHmac("sha256", world.tokens.secret).update(text).digest("base64url");
}

function equal(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
  } catch (cause) {
    throw new ApiError(401, "A JSON web token could not be decoded", { cause });
  }
}

function badCredentials(): ApiError {
  return new ApiError(401, "Bad credentials");
}
