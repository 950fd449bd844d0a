/**
 * Makes the slim extract of GitHub's OpenAPI description that the embedded GitHub validates against.
 *
 *   npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
 *   node scripts/extract-openapi.ts package
 *
 * Keeps the operations and webhooks named in `operations.json` and what they refer to; drops prose and examples; repairs what is
 * wrong in it: `nullable` without a type, enums of a nullable that leave null out, alternatives that became unions.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

const folder = new URL("../test/embedded-github/openapi/", import.meta.url);
const prose = new Set(["description", "summary", "example", "examples", "externalDocs", "tags"]);

const source = process.argv[2];
if (source === undefined) {
  console.error("extract-openapi: name the unpacked @octokit/openapi package");
  process.exit(2);
}
const whole = readJson(`${source}/generated/api.github.com.json`);
const wanted = readJson(new URL("operations.json", folder));
const extract = {
  openapi: whole["openapi"],
  info: slim(whole["info"] ?? null),
  paths: pickOperations(object(whole["paths"]), strings(wanted["operations"])),
  "x-webhooks": pickWebhooks(object(whole["x-webhooks"]), strings(wanted["webhooks"])),
  components: {},
};
extract.components = pickComponents(object(whole["components"]), extract);
writeFileSync(new URL("api.github.com.json", folder), formatByLine(extract));
copyFileSync(`${source}/LICENSE`, new URL("LICENSE", folder));

function pickOperations(paths: JsonObject, operationIds: readonly string[]): JsonObject {
  const picked: Record<string, JsonObject> = {};
  const missing = new Set(operationIds);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(object(methods))) {
      const { operationId, parameters, requestBody, responses } = object(operation);
      if (typeof operationId !== "string" || !missing.delete(operationId)) continue;
      const kept = { operationId, parameters, requestBody, responses };
      (picked[path] ??= {})[method] = slim(defined(kept));
    }
  }
  if (missing.size > 0) throw new Error(`no such operation: ${[...missing].join(", ")}`);
  return picked;
}

function pickWebhooks(webhooks: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) {
    const post = object(object(webhooks[name])["post"]);
    const content = object(object(post["requestBody"])["content"])["application/json"];
    picked[name] = slim(object(content)["schema"] ?? null);
  }
  return picked;
}

/** Everything that `roots` refer to, directly or through others. */
function pickComponents(components: JsonObject, roots: unknown): JsonObject {
  const picked: Record<string, JsonObject> = {};
  const queue = references(roots);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [kind = "", name = ""] = next.slice("#/components/".length).split("/");
    const section = (picked[kind] ??= {});
    if (section[name] !== undefined) continue;
    section[name] = slim(object(components[kind])[name] ?? null);
    queue.push(...references(section[name]));
  }
  return picked;
}

function references(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function slim(value: Json): Json {
  if (Array.isArray(value)) return value.map(slim);
  if (value === null || typeof value !== "object") return value;
  const kept: JsonObject = {};
  for (const [key, child] of Object.entries(value)) {
    if (prose.has(key) || key.startsWith("x-")) continue;
    kept[key] = key === "properties" ? slimProperties(object(child)) : slim(child);
  }
  return repair(kept);
}

/** Below `properties`, a key such as `description` is the name of a field. */
function slimProperties(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, slim(child)]));
}

function repair(described: JsonObject): JsonObject {
  const schema = mendAlternatives(described);
  if (schema["nullable"] !== true) return schema;
  const rest = { ...schema };
  delete rest["nullable"];
  if (typeof rest["type"] !== "string") return { anyOf: [{ type: "null" }, rest] };
  const type = [rest["type"], "null"];
  if (!Array.isArray(rest["enum"])) return { ...rest, type };
  return { ...rest, type, enum: [...new Set([...rest["enum"], null])] };
}

/** An installation's account is a user or an enterprise; @octokit/openapi makes some of these a thing that is both. */
function mendAlternatives({ allOf, ...rest }: JsonObject): JsonObject {
  if (!Array.isArray(allOf)) return rest;
  const titles = allOf.map((part) => object(part)["title"]);
  const isEither = titles.includes("Simple User") && titles.includes("Enterprise");
  return isEither ? { ...rest, anyOf: allOf } : { ...rest, allOf };
}

/** One component, operation or webhook a line, so that a new version reads as a diff. */
function formatByLine(value: JsonObject | object, depth = 2): string {
  const lines = Object.entries(value).map(([key, child]: [string, unknown]) => {
    const isBranch = depth > 0 && typeof child === "object" && child !== null;
    return `${JSON.stringify(key)}:${isBranch ? formatByLine(child, depth - 1) : JSON.stringify(child)}`;
  });
  return `{\n${lines.join(",\n")}\n}${depth === 2 ? "\n" : ""}`;
}

function defined(value: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

function readJson(file: string | URL): JsonObject {
  return object(JSON.parse(readFileSync(file, "utf8")) as Json);
}

function object(value: Json | undefined): JsonObject {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Error(`not an object: ${JSON.stringify(value)}`);
  }
  return value;
}

function strings(value: Json | undefined): string[] {
  if (!Array.isArray(value)) throw new Error("operations.json: a list of names is missing");
  return value.map(String);
}
