import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { unknownField } from "./unknown-fields.ts";

/** The parts of an OpenAPI document that are read here. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly "x-webhooks": Readonly<Record<string, unknown>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: BodyObject & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface BodyObject {
  readonly content?: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: unknown;
}

/** An operation by GitHub's name for it, with its place in the description. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly template: string;
}

export interface RequestParts {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Undefined where the request has no body. */
  readonly body: unknown;
}

/**
 * GitHub's own description of its API, asked whether a message agrees with it.
 *
 * Answers are one line about the first problem, or null. Schemas are compiled at their first use.
 */
export class Description {
  readonly #document: Document;
  readonly #ajv: Ajv;
  readonly #operations = new Map<string, Operation>();
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: unknown) {
    this.#document = document as Document;
    this.#ajv = new Ajv({ strict: false, logger: false, coerceTypes: false });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document as object, "github");
    for (const [template, methods] of Object.entries(this.#document.paths)) {
      for (const [method, { operationId: id }] of Object.entries(methods)) {
        this.#operations.set(id, { id, method: method.toUpperCase(), template });
      }
    }
  }

  operation(id: string): Operation {
    const operation = this.#operations.get(id);
    if (operation === undefined) throw new Error(`the extract has no operation ${id}`);
    return operation;
  }

  /** Also refuses fields and query parameters that the description does not know, which GitHub would ignore. */
  requestProblem(operation: Operation, { parameters, query, body }: RequestParts): string | null {
    return (
      this.#parameterProblem(operation, "path", Object.entries(parameters)) ??
      this.#parameterProblem(operation, "query", [...query]) ??
      this.#bodyProblem(operation, body)
    );
  }

  responseProblem(operation: Operation, status: number, body: unknown): string | null {
    const pointer = [...placeOf(operation), "responses", String(status)];
    const response = this.#resolve(pointer);
    if (response === undefined) return `${operation.id}: ${status} is not described`;
    const schema = this.#resolve([...response.pointer, "content", "application/json", "schema"]);
    if (schema !== undefined) return this.#problem(schema.pointer, body);
    return body === undefined ? null : `${operation.id}: ${status} has no body`;
  }

  /** `name` is an event, with its action where it has one: `pull_request.opened`. */
  webhookProblem(name: string, payload: unknown): string | null {
    const webhook = name.replaceAll(/[._]/g, "-");
    if (!(webhook in this.#document["x-webhooks"])) return `the extract has no webhook ${webhook}`;
    return this.#problem(["x-webhooks", webhook], payload);
  }

  #parameterProblem(
    operation: Operation,
    place: "path" | "query",
    given: readonly (readonly [string, string])[],
  ): string | null {
    const known = this.#parametersOf(operation).filter(({ value }) => value.in === place);
    for (const [name, text] of given) {
      const parameter = known.find(({ value }) => value.name === name);
      if (parameter === undefined) return `${place} parameter ${name} is unknown`;
      const problem = this.#problem([...parameter.pointer, "schema"], numberOr(text));
      const isText = problem !== null && this.#problem([...parameter.pointer, "schema"], text);
      if (isText !== false && isText !== null) return `${place} parameter ${name}: ${problem}`;
    }
    return null;
  }

  #parametersOf(operation: Operation): { pointer: string[]; value: Parameter }[] {
    const place = [...placeOf(operation), "parameters"];
    const count = this.#operationObject(operation).parameters?.length ?? 0;
    return Array.from({ length: count }, (_, index) => {
      const found = this.#resolve([...place, String(index)]);
      return { pointer: found?.pointer ?? place, value: found?.value as Parameter };
    });
  }

  #bodyProblem(operation: Operation, body: unknown): string | null {
    const described = this.#operationObject(operation).requestBody;
    if (body === undefined) return described?.required === true ? "a body is missing" : null;
    const pointer = [...placeOf(operation), "requestBody", "content", "application/json", "schema"];
    const schema = this.#resolve(pointer);
    if (schema === undefined) return isEmpty(body) ? null : "this operation takes no body";
    const unknown = unknownField(schema.value, body, (reference) => this.#lookUp(reference));
    return unknown === null ? this.#problem(pointer, body) : `field ${unknown} is unknown`;
  }

  #operationObject({ template, method }: Operation): OperationObject {
    const found = this.#document.paths[template]?.[method.toLowerCase()];
    if (found === undefined) throw new Error(`the extract has no ${method} ${template}`);
    return found;
  }

  /** What a pointer leads to, references followed; undefined where it leads nowhere. */
  #resolve(pointer: readonly string[]): { pointer: string[]; value: unknown } | undefined {
    let value: unknown = this.#document;
    for (const key of pointer) value = (value as Record<string, unknown> | undefined)?.[key];
    if (value === undefined) return undefined;
    const reference = (value as { $ref?: string }).$ref;
    if (reference === undefined) return { pointer: [...pointer], value };
    return this.#resolve(reference.slice("#/".length).split("/"));
  }

  #lookUp(reference: string): unknown {
    return this.#resolve(reference.slice("#/".length).split("/"))?.value;
  }

  #problem(pointer: readonly string[], value: unknown): string | null {
    const validate = this.#validator(pointer.map(pointerPart).join("/"));
    if (validate(value)) return null;
    // Of alternatives that all failed, the one that got furthest tells most.
    const [first] = [...(validate.errors ?? [])].sort((one, other) => reach(other) - reach(one));
    const allowed = first?.keyword === "enum" ? ` (${JSON.stringify(first.params)})` : "";
    return `${first?.instancePath ?? ""} ${first?.message ?? "is not valid"}${allowed}`.trim();
  }

  #validator(pointer: string): ValidateFunction {
    const known = this.#validators.get(pointer);
    if (known !== undefined) return known;
    const compiled = this.#ajv.compile({ $ref: `github#/${pointer}` });
    this.#validators.set(pointer, compiled);
    return compiled;
  }
}

let described: Description | undefined;

/** The description in `openapi/`, read once a process. */
export function gitHubDescription(): Description {
  const file = new URL("openapi/api.github.com.json", import.meta.url);
  described ??= new Description(JSON.parse(readFileSync(file, "utf8")));
  return described;
}

function placeOf({ template, method }: Operation): string[] {
  return ["paths", template, method.toLowerCase()];
}

/** One key of a JSON pointer in a URI's fragment. */
function pointerPart(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function numberOr(text: string): unknown {
  if (/^-?[0-9]+$/.test(text)) return Number(text);
  return text === "true" || text === "false" ? text === "true" : text;
}

function reach({ instancePath, params }: ErrorObject): number {
  return params["type"] === "null" ? 0 : instancePath.split("/").length;
}

function isEmpty(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}
