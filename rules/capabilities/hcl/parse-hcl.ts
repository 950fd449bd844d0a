import { decodeText } from "../data/text.ts";
import { readingOf } from "./expressions.ts";
import { type HclReading, linesFrom } from "./reading.ts";
import { HclScanner } from "./scanner.ts";
import { readPlainText } from "./templates.ts";
import type { HclAttribute, HclBlock, HclBody } from "./tree.ts";

/**
 * Parses a file in HCL's native syntax (`*.tf`) of at most `maxBytes` bytes.
 *
 * It accepts what HashiCorp's parser accepts, in time linear in the size, and recurses at most a
 * hundred levels deep. Throws `NotUnderstood` with the place for what is no HCL ("not-hcl"), too
 * large, nested too deep, not UTF-8, or has control characters. What a reference or a call means
 * is for the caller to know.
 *
 * Source: hclsyntax/spec.md of github.com/hashicorp/hcl.
 */
export function parseHcl(content: Uint8Array, maxBytes: number): HclBody {
  const scanner = new HclScanner(decodeText(content, maxBytes, { grammar: "hcl" }));
  const body = readBody(readingOf(scanner));
  if (scanner.peek().kind !== "end") throw scanner.refuse();
  return body;
}

function readBody(reading: HclReading): HclBody {
  const { scanner } = reading;
  const attributes = new Map<string, HclAttribute>();
  const blocks: HclBlock[] = [];
  for (;;) {
    while (scanner.peek().kind === "newline") scanner.read();
    if (scanner.peek().kind !== "identifier") break;
    const { text: name, line } = scanner.read();
    if (scanner.isNext("=")) {
      const attribute = readAttribute(reading, name, line);
      if (attributes.has(name)) throw scanner.refuseLast("not-hcl", TWICE);
      attributes.set(name, attribute);
    } else blocks.push(readBlock(reading, name, line));
    const { kind } = scanner.peek();
    if (kind !== "newline" && kind !== "end") throw scanner.refuse();
  }
  return { attributes: [...attributes.values()], blocks };
}

const TWICE = "not valid HCL: an attribute that is set twice";

function readAttribute(reading: HclReading, name: string, line: number): HclAttribute {
  reading.scanner.expect("=");
  const expression = reading.expression();
  return { name, expression, ...linesFrom(line, reading) };
}

function readBlock(reading: HclReading, type: string, line: number): HclBlock {
  const { scanner } = reading;
  const labels: string[] = [];
  for (;;) {
    if (scanner.peek().kind === "identifier") labels.push(scanner.read().text);
    else if (scanner.isNext('"')) labels.push(readPlainText(reading));
    else break;
  }
  scanner.expect("{");
  scanner.enter();
  const body = scanner.peek().kind === "identifier" ? readOneLine(reading) : readBody(reading);
  scanner.leave();
  scanner.expect("}");
  return { type, labels, body, ...linesFrom(line, reading) };
}

/** `{ name = value }`: a body on its block's own line holds one attribute at most. */
function readOneLine(reading: HclReading): HclBody {
  const { text: name, line } = reading.scanner.read();
  return { attributes: [readAttribute(reading, name, line)], blocks: [] };
}
