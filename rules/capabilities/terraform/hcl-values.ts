import type { ConfigEntry, ConfigMap, ConfigText, ConfigValue } from "../cloud/config-value.ts";
import { embeddedJson } from "../cloud/embedded-json.ts";
import { canonicalHcl } from "../hcl/canonical-hcl.ts";
import type { HclBlock, HclBody, HclExpression, HclReference, HclTemplate } from "../hcl/tree.ts";

/** What references stand for; see `Locals`. */
export interface KnownTexts {
  readonly textsOf: (reference: HclReference) => ConfigValue | null;
}

/** Functions that hand on what they are given, or choose from it. */
const HANDS_ON = new Set([
  ...[
    "jsonencode",
    "yamlencode",
    "jsondecode",
    "yamldecode",
    "concat",
    "compact",
    "distinct",
    "flatten",
  ],
  ...[
    "toset",
    "tolist",
    "tomap",
    "tostring",
    "coalesce",
    "coalescelist",
    "try",
    "sort",
    "merge",
    "one",
  ],
  ...[
    "setunion",
    "setsubtract",
    "reverse",
    "sensitive",
    "nonsensitive",
    "values",
    "chunklist",
    "slice",
    "trimspace",
  ],
]);

/**
 * An expression as a configuration's value. Of what a condition or a function chooses from, every
 * value counts; a local of the same file stands for its texts; all else that is only known when it
 * is applied is its canonical text.
 */
export function hclValue(expression: HclExpression, locals: KnownTexts): ConfigValue {
  const { line } = expression;
  const convert = (part: HclExpression): ConfigValue => hclValue(part, locals);
  switch (expression.type) {
    case "string": {
      const { value, rows, textLine } = expression;
      const document = embeddedJson(value, (row) => (rows ? textLine + row : line));
      return document ?? { type: "text", text: value, literal: true, line };
    }
    case "number":
      return { type: "text", text: expression.digits, literal: true, line };
    case "bool":
      return { type: "text", text: String(expression.value), literal: true, line };
    case "null":
      return { type: "list", items: [], line };
    case "template":
      return templateValue(expression);
    case "list":
      return { type: "list", items: expression.items.map(convert), line };
    case "object": {
      const entries = expression.entries.map(({ key, value, line: at }): ConfigEntry => {
        return { key: keyText(key), line: at, value: convert(value) };
      });
      return { type: "map", entries, line };
    }
    case "conditional": {
      const { whenTrue, whenFalse } = expression;
      return { type: "list", items: [convert(whenTrue), convert(whenFalse)], line };
    }
    case "for":
      return { type: "list", items: [convert(expression.value), convert(expression.source)], line };
    case "call": {
      const { name, args } = expression;
      if (HANDS_ON.has(name)) return { type: "list", items: args.map(convert), line };
      return { type: "list", items: [opaque(expression), ...documentsOf(args, locals)], line };
    }
    case "access":
      return {
        type: "list",
        items: [opaque(expression), ...documentsOf([expression.source], locals)],
        line,
      };
    case "reference":
      return locals.textsOf(expression) ?? opaque(expression);
    case "operation":
      return opaque(expression);
  }
}

function opaque(expression: HclExpression): ConfigText {
  const { line } = expression;
  return { type: "text", text: `\${${canonicalHcl(expression)}}`, literal: false, line };
}

/** What is handed to a function that may hand it on: the maps in it, and no more. */
function documentsOf(args: readonly HclExpression[], locals: KnownTexts): ConfigValue[] {
  return args.flatMap((part): ConfigValue[] => {
    if (part.type === "object") return [hclValue(part, locals)];
    if (part.type === "list") return documentsOf(part.items, locals);
    if (part.type === "call") return documentsOf(part.args, locals);
    if (part.type === "access") return documentsOf([part.source], locals);
    return [];
  });
}

function keyText(key: HclExpression): string {
  return key.type === "string" ? key.value : `\${${canonicalHcl(key)}}`;
}

/** A text with interpolations; where it is JSON, they stand in it as texts. */
function templateValue({ parts, line, endLine }: HclTemplate): ConfigValue {
  const [first] = parts;
  const start = first?.type === "string" && first.rows ? first.textLine : line;
  const document = embeddedJson(jsonText(parts), (row) => Math.min(start + row, endLine));
  if (document) return document;
  const text = parts
    .map((part) => (part.type === "string" ? part.value : opaque(part).text))
    .join("");
  return { type: "text", text, literal: false, line };
}

/** An interpolation outside of quotes is a value of its own. */
function jsonText(parts: readonly HclExpression[]): string {
  let isQuoted = false;
  return parts
    .map((part) => {
      if (part.type === "string") {
        isQuoted = isQuoted !== (part.value.match(/(?<!\\)"/gu)?.length ?? 0) % 2 > 0;
        return part.value;
      }
      const text = JSON.stringify(opaque(part).text);
      return isQuoted ? text.slice(1, -1) : text;
    })
    .join("");
}

/** A body as a map: its blocks by their types and labels, each as often as it stands there. */
export function hclMap(body: HclBody, line: number, locals: KnownTexts): ConfigMap {
  const attributes = body.attributes.map(({ name, expression, line: at }): ConfigEntry => {
    return { key: name, line: at, value: hclValue(expression, locals) };
  });
  const blocks = body.blocks.flatMap((block) => blockEntries(block, locals));
  return { type: "map", entries: [...attributes, ...blocks], line };
}

/** `dynamic "x"` makes blocks `x`, unless it certainly makes none. */
function blockEntries(block: HclBlock, locals: KnownTexts): ConfigEntry[] {
  const { type, labels, body, line } = block;
  const [label] = labels;
  if (type !== "dynamic" || label === undefined) {
    const inner: ConfigValue = hclMap(body, line, locals);
    const nested = [...labels].reverse().reduce<ConfigValue>((value, key) => {
      return { type: "map", entries: [{ key, line, value }], line };
    }, inner);
    return [{ key: type, line, value: nested }];
  }
  if (isNone(body)) return [];
  return body.blocks
    .filter((content) => content.type === "content")
    .map((content) => ({
      ...{ key: label, line: content.line },
      value: hclMap(content.body, content.line, locals),
    }));
}

/** Whether a block is made not even once, whatever is applied: `count = 0`, `for_each = []`. */
export function isNone(body: HclBody): boolean {
  return body.attributes.some(({ name, expression }) => {
    if (name === "count") return textOf(expression) === "0";
    if (name !== "for_each") return false;
    const given =
      expression.type === "call" && expression.name === "toset" ? expression.args[0] : expression;
    if (given?.type === "list") return given.items.length === 0;
    return given?.type === "object" && given.entries.length === 0;
  });
}

function textOf(expression: HclExpression): string | null {
  if (expression.type === "number") return expression.digits;
  return expression.type === "string" ? expression.value : null;
}
