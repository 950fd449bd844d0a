import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Description, gitHubDescription } from "./openapi-description.ts";
import { Router } from "./http/router.ts";
import { unknownField } from "./unknown-fields.ts";

const folder = new URL("openapi/", import.meta.url);
const wanted = JSON.parse(readFileSync(new URL("operations.json", folder), "utf8")) as {
  operations: string[];
};

test("every operation of the extract is answered, and every answer is described", () => {
  const router = new Router(gitHubDescription());
  for (const id of wanted.operations) {
    const { method, template } = gitHubDescription().operation(id);
    const path = template.replaceAll(/\{\w+\}/g, "1");
    expect(router.find(method, path)?.route.operation).toBe(id);
  }
});

test("the extract names its source, its version and its licence", () => {
  const extract = JSON.parse(readFileSync(new URL("api.github.com.json", folder), "utf8")) as {
    info: { version: string; license: { name: string } };
  };
  expect(extract.info.version).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+$/);
  expect(extract.info.license.name).toBe("MIT");
  expect(readFileSync(new URL("LICENSE", folder), "utf8")).toContain("MIT License");
});

const described = new Description({
  paths: {
    "/things/{id}": {
      put: {
        operationId: "things/put",
        parameters: [
          { name: "id", in: "path", schema: { type: "integer" } },
          { name: "name", in: "query", schema: { type: "string" } },
          { name: "all", in: "query", schema: { type: "boolean" } },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/thing" } } },
        },
        responses: {
          200: { $ref: "#/components/responses/thing" },
          204: {},
        },
      },
      delete: { operationId: "things/delete", responses: {} },
    },
  },
  "x-webhooks": { "thing-made": { $ref: "#/components/schemas/thing" } },
  components: {
    responses: {
      thing: {
        content: { "application/json": { schema: { $ref: "#/components/schemas/thing" } } },
      },
    },
    schemas: {
      thing: {
        type: "object",
        required: ["size"],
        properties: {
          size: { type: "integer" },
          color: { type: ["string", "null"], enum: ["red", null] },
          inner: { anyOf: [{ $ref: "#/components/schemas/thing" }, { type: "null" }] },
          list: { type: "array", items: { $ref: "#/components/schemas/thing" } },
          map: { type: "object", additionalProperties: { type: "string" } },
          free: { type: "object" },
        },
      },
    },
  },
});
const put = described.operation("things/put");

test.each<{ when: string; body: unknown; problem: string | null }>([
  { when: "all is as described", body: { size: 1 }, problem: null },
  { when: "a field is missing", body: {}, problem: "must have required property 'size'" },
  { when: "a type is wrong", body: { size: "1" }, problem: "/size must be integer" },
  { when: "a value is not listed", body: { size: 1, color: "blue" }, problem: "/color must be" },
  { when: "a nullable is null", body: { size: 1, color: null }, problem: null },
  { when: "the body is missing", body: undefined, problem: "a body is missing" },
  {
    when: "a field is unknown",
    body: { size: 1, colour: "red" },
    problem: "field /colour is unknown",
  },
  {
    when: "a field deep inside is unknown",
    body: { size: 1, list: [{ size: 2, inner: { size: 3, colour: 1 } }] },
    problem: "field /list/0/inner/colour is unknown",
  },
  {
    when: "a map has any key",
    body: { size: 1, map: { any: "x" }, free: { any: 1 } },
    problem: null,
  },
  {
    when: "a field has the name of an object's method",
    body: { size: 1, constructor: 1 },
    problem: "field /constructor is unknown",
  },
])("a request where $when", ({ body, problem }) => {
  const parts = { parameters: { id: "7" }, query: new URLSearchParams(), body };
  const found = described.requestProblem(put, parts);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});

test.each([
  { id: "7", query: "name=12&all=true", problem: null },
  { id: "seven", query: "", problem: "path parameter id" },
  { id: "7", query: "all=yes", problem: "query parameter all" },
  { id: "7", query: "nam=x", problem: "query parameter nam is unknown" },
])("parameters $id and '$query'", ({ id, query, problem }) => {
  const parts = { parameters: { id }, query: new URLSearchParams(query), body: { size: 1 } };
  const found = described.requestProblem(put, parts);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});

test("an operation without a body takes none", () => {
  const operation = described.operation("things/delete");
  const parts = { parameters: {}, query: new URLSearchParams() };
  expect(described.requestProblem(operation, { ...parts, body: {} })).toBeNull();
  expect(described.requestProblem(operation, { ...parts, body: { a: 1 } })).toContain("no body");
});

test("responses are checked by their status", () => {
  expect(described.responseProblem(put, 200, { size: 1 })).toBeNull();
  expect(described.responseProblem(put, 200, { size: null })).toContain("/size");
  expect(described.responseProblem(put, 204, undefined)).toBeNull();
  expect(described.responseProblem(put, 204, {})).toContain("204 has no body");
  expect(described.responseProblem(put, 500, "anything")).toContain("500 is not described");
});

test("webhooks are checked by event and action", () => {
  expect(described.webhookProblem("thing.made", { size: 1 })).toBeNull();
  expect(described.webhookProblem("thing.made", {})).toContain("size");
  expect(described.webhookProblem("thing.lost", {})).toContain("no webhook thing-lost");
});

test("what the extract does not have is not answered", () => {
  expect(() => described.operation("things/absent")).toThrow("no operation things/absent");
});

test("a schema that names no field allows any", () => {
  expect(unknownField({}, { any: [{ thing: 1 }] }, () => ({}))).toBeNull();
});
