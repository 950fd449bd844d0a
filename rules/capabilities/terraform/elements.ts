import type { ConfigEntry, ConfigMap, ConfigValue } from "../cloud/config-value.ts";
import { mapsIn } from "../cloud/config-value.ts";
import { fromData } from "../cloud/from-data.ts";
import type { DataScalar } from "../data/data-node.ts";
import { parseJson } from "../data/json.ts";
import { parseHcl } from "../hcl/parse-hcl.ts";
import type { HclExpression } from "../hcl/tree.ts";
import { NotUnderstood } from "../not-understood.ts";
import { hclMap, hclValue, isNone } from "./hcl-values.ts";
import { Locals, localsOf } from "./locals.ts";

/** A block at the top of a file: `resource "aws_iam_role" "deploy" { … }`. */
export interface Element {
  readonly type: string;
  /** As many as its type has. */
  readonly labels: readonly string[];
  readonly body: ConfigMap;
}

/** The blocks of a file in Terraform's own language, without those that certainly make nothing. */
export function hclElements(content: Uint8Array, maxBytes: number): readonly Element[] {
  const file = parseHcl(content, maxBytes);
  const locals = localsOf(file);
  return file.blocks
    .filter(({ body }) => !isNone(body))
    .map(({ type, labels, body, line }) => ({ type, labels, body: hclMap(body, line, locals) }));
}

/** The values that a file gives to variables, as if they were defaults. */
export function hclVariables(content: Uint8Array, maxBytes: number): readonly Element[] {
  return defaultsOf(hclMap(parseHcl(content, maxBytes), 1, NO_LOCALS));
}

/** As `hclVariables`, of a file in JSON: its strings are no templates. */
export function jsonVariables(content: Uint8Array, maxBytes: number): readonly Element[] {
  const node = parseJson(content, { maxBytes });
  const root = fromData(node, {
    text: ({ text, line }) => hclValue(literal(text, line), NO_LOCALS),
  });
  if (root.type !== "map") throw new NotUnderstood("no-body", "no values: no object", node);
  return defaultsOf(root);
}

function defaultsOf({ entries }: ConfigMap): Element[] {
  return entries.map(({ key, line, value }) => ({
    ...{ type: "variable", labels: [key] },
    body: { type: "map", entries: [{ key: "default", line, value }], line },
  }));
}

/** How many labels a block has, where it has any. */
const LABELS: Readonly<Record<string, number>> = {
  ...{ resource: 2, data: 2, ephemeral: 2 },
  ...{ module: 1, provider: 1, variable: 1, output: 1, check: 1 },
};

/**
 * The blocks of a file in JSON, whose strings are templates.
 *
 * Source: developer.hashicorp.com/terraform/language/syntax/json.
 */
export function jsonElements(content: Uint8Array, maxBytes: number): readonly Element[] {
  const node = parseJson(content, { maxBytes });
  const root = fromData(node, { text: templateText });
  if (root.type !== "map") throw new NotUnderstood("no-body", "no configuration: no object", node);
  return root.entries.flatMap(({ key: type, value }) => {
    const labels = Object.hasOwn(LABELS, type) ? (LABELS[type] ?? 0) : 0;
    return labelled(value, labels).map(({ names, body }) => ({
      ...{ type, labels: names },
      body: withoutDynamic(body),
    }));
  });
}

interface Labelled {
  readonly names: readonly string[];
  readonly body: ConfigMap;
}

function labelled(value: ConfigValue, labels: number): readonly Labelled[] {
  const maps = mapsIn(value);
  if (labels === 0) return maps.map((body) => ({ names: [], body }));
  return maps.flatMap(({ entries }) =>
    entries.flatMap(({ key, value: inner }) =>
      labelled(inner, labels - 1).map(({ names, body }) => ({ names: [key, ...names], body })),
    ),
  );
}

/** `dynamic` holds the blocks that it makes, by their types. */
function withoutDynamic(body: ConfigMap): ConfigMap {
  const entries = body.entries.flatMap((entry): ConfigEntry[] => {
    const value = inside(entry.value);
    if (entry.key !== "dynamic") return [{ ...entry, value }];
    return mapsIn(value).flatMap((types) =>
      types.entries.flatMap(({ key, value: made }) =>
        mapsIn(made).flatMap((dynamic) =>
          dynamic.entries
            .filter((content) => content.key === "content")
            .map((content) => ({ ...content, key })),
        ),
      ),
    );
  });
  return { ...body, entries };
}

function inside(value: ConfigValue): ConfigValue {
  if (value.type === "text") return value;
  if (value.type === "list") return { ...value, items: value.items.map(inside) };
  return withoutDynamic(value);
}

function templateText(scalar: DataScalar): ConfigValue {
  const { text, line } = scalar;
  if (!/[$%]\{/u.test(text)) return hclValue(literal(text, line), NO_LOCALS);
  const expression = withoutLastBreak(parseTemplate(text, scalar));
  return standingAt(hclValue(expression, NO_LOCALS), line);
}

function parseTemplate(text: string, scalar: DataScalar): HclExpression {
  try {
    const { attributes } = parseHcl(new TextEncoder().encode(heredocOf(text)), 4 * MAX_TEXT);
    return attributes[0]?.expression ?? literal(text, scalar.line);
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    throw new NotUnderstood(error.code, error.message, scalar, { cause: error });
  }
}

const NO_LOCALS = new Locals();
/** Of a file that was read already. */
const MAX_TEXT = 1024 * 1024;

function literal(value: string, line: number): HclExpression {
  return { type: "string", value, textLine: line, rows: false, line, endLine: line };
}

/** A text in which nothing is escaped, up to a line that does not stand in it. */
function heredocOf(text: string): string {
  const longest = (text.match(/_+/gu) ?? []).reduce(
    (most, { length }) => Math.max(most, length),
    0,
  );
  const marker = `END${"_".repeat(longest + 1)}`;
  return `text = <<${marker}\n${text}\n${marker}\n`;
}

function withoutLastBreak(expression: HclExpression): HclExpression {
  if (expression.type !== "template") return expression;
  const { parts } = expression;
  const last = parts.at(-1);
  if (last?.type !== "string") return expression;
  const value = last.value.replace(/\n$/u, "");
  const kept = value === "" ? parts.slice(0, -1) : [...parts.slice(0, -1), { ...last, value }];
  const [only] = kept;
  return kept.length === 1 && only ? only : { ...expression, parts: kept };
}

/** All of it at one line: what stands in a string of JSON has no other. */
function standingAt(value: ConfigValue, line: number): ConfigValue {
  if (value.type === "text") return { ...value, line };
  if (value.type === "list") {
    return { ...value, line, items: value.items.map((item) => standingAt(item, line)) };
  }
  const entries = value.entries.map((entry) => ({
    ...{ key: entry.key, line },
    value: standingAt(entry.value, line),
  }));
  return { ...value, line, entries };
}
