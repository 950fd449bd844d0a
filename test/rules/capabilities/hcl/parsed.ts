import { canonicalHcl } from "../../../../rules/capabilities/hcl/canonical-hcl.ts";
import { parseHcl } from "../../../../rules/capabilities/hcl/parse-hcl.ts";
import type { HclBody, HclExpression } from "../../../../rules/capabilities/hcl/tree.ts";
import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";

const encoder = new TextEncoder();

export function parsed(text: string): HclBody {
  return parseHcl(encoder.encode(text), 1_000_000);
}

/** The value of `it`, with the text as written behind `it = `. */
export function expressionOf(text: string): HclExpression {
  const [attribute] = parsed(`it = ${text}\n`).attributes;
  if (!attribute) throw new Error("no attribute");
  return attribute.expression;
}

/** What a body means, one item a line, attributes by name: `a = 1`, `b "l" {`, `}`. */
export function meaningOf(body: HclBody): string {
  const attributes = body.attributes.map(({ name, expression }) => {
    return `${name} = ${canonicalHcl(expression)}`;
  });
  const blocks = body.blocks.map(({ type, labels, body: inner }) => {
    const head = [type, ...labels.map((label) => JSON.stringify(label))].join(" ");
    return `${head} {\n${meaningOf(inner)}}`;
  });
  return [...attributes.sort(), ...blocks].map((item) => `${item}\n`).join("");
}

/** The code and line with which a text is refused, as `not-hcl@3`. */
export function refusalOf(text: string | Uint8Array): string {
  try {
    parseHcl(typeof text === "string" ? encoder.encode(text) : text, 1_000_000);
    return "understood";
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return error.place ? `${error.code}@${error.place.line}` : error.code;
  }
}
