import { hash } from "node:crypto";
import {
  canonicalBytes,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../format/canonical.ts";
import { kindOf, type Statement } from "../format/statement.ts";

/**
 * What a record is the latest of: its kind, action, subject and origin, as a sha256 (hex).
 *
 * An action is told by its kind, name, number and attempt, not by its title or labels.
 */
export function latestKey(statement: Statement): string {
  const { predicate, subject } = statement;
  const { kind = null, name = null, number = null, attempt = null } = memberOf(predicate, "action");
  const origin = memberOf(memberOf(predicate, "verdict"), "provenance")["origin"] ?? null;
  const parts = [kindOf(statement), [kind, name, number, attempt], subject, origin];
  return digestOf(parts as unknown as JsonValue);
}

/**
 * What a record says, as a sha256 (hex): all but when and after what it was said, and its id.
 *
 * `factsDigest` covers the time of judging; all else that facts are made of stands in the record.
 */
export function sayingOf(statement: Statement): string {
  const { subject, predicateType, predicate } = statement;
  const said = without(predicate, ["id", "at", "observed", "supersedes", "factsDigest"]);
  const action = predicate["action"];
  const timeless = isJsonObject(action) ? { ...said, action: without(action, ["at"]) } : said;
  return digestOf([predicateType, subject as unknown as JsonValue, timeless]);
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function memberOf(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

function digestOf(value: JsonValue): string {
  return hash("sha256", canonicalBytes(value), "hex");
}
