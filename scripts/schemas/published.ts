import { z } from "zod";
import { capabilitiesOutput } from "../../cli/output/capabilities.ts";
import { incidentsOutput, waiverListOutput } from "../../cli/output/exceptions.ts";
import { checkOutput, runOutput } from "../../cli/output/check.ts";
import { keysOutput } from "../../cli/output/keys.ts";
import { ledgerLogOutput, ledgerShowOutput, ledgerVerifyOutput } from "../../cli/output/ledger.ts";
import { lineageOutput } from "../../cli/output/lineage.ts";
import {
  policyBacktestOutput,
  policyExplainOutput,
  policyLintOutput,
  policyTestOutput,
} from "../../cli/output/policy.ts";
import { anyPredicate, predicateSchema } from "../../ledger/predicates.ts";
import { RECORD_KINDS } from "../../ledger/record.ts";
import { caseFile } from "../../rules/policy-cases/case-file.ts";
import { policyFile } from "../../rules/policy/policy-file.ts";
import { verdictShape } from "../../rules/verdict/schema.ts";
import { described } from "./described.ts";
import { factsSchema } from "./fact-schema.ts";
import { DIALECT, mapSchema, type JsonSchema, type SchemaObject } from "./json-schema.ts";
import { forReaders } from "./readers.ts";

/** Who writes what a schema describes: people what Bailiff reads, Bailiff what others read. */
export type Direction = "input" | "output";

/** A published JSON Schema, and whose documents it describes. */
export interface PublishedSchema {
  readonly direction: Direction;
  readonly schema: SchemaObject;
}

/** What is published of one document: `facts` stands in `schemas/facts.schema.json`. */
interface Source {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly shape: z.ZodType | SchemaObject;
}

const INPUTS: readonly Source[] = [
  {
    ...{ name: "policy", title: "A policy file", shape: policyFile },
    about: "What .github/bailiff.yml and the packs are written in: docs/policies.md.",
  },
  {
    ...{ name: "cases", title: "A file of cases", shape: caseFile },
    about: "What policy test tries: .github/bailiff.test.yml, beside the policies.",
  },
];

const DOCUMENTS: readonly Source[] = [
  {
    ...{ name: "verdict", title: "GovernanceVerdict", shape: verdictShape },
    about: "The decision on one change, with its policies, reasons and provenance.",
  },
  {
    ...{ name: "facts", title: "Facts", shape: factsSchema() },
    about: "The one document that policies see of a change, which `bailiff facts` prints.",
  },
];

const PRINTED: Readonly<Record<string, z.ZodType>> = {
  check: checkOutput,
  run: runOutput,
  capabilities: capabilitiesOutput,
  "policy lint": policyLintOutput,
  "policy test": policyTestOutput,
  "policy explain": policyExplainOutput,
  "policy backtest": policyBacktestOutput,
  "ledger verify": ledgerVerifyOutput,
  "ledger log": ledgerLogOutput,
  "ledger show": ledgerShowOutput,
  lineage: lineageOutput,
  "waiver list": waiverListOutput,
  incidents: incidentsOutput,
  keys: keysOutput,
};

/** Every published JSON Schema by its file's name. */
export function publishedSchemas(): ReadonlyMap<string, PublishedSchema> {
  const written = [...DOCUMENTS, ...predicates(), ...outputs()];
  return new Map([
    ...INPUTS.map((source) => published(source, "input")),
    ...written.map((source) => published(source, "output")),
  ]);
}

/** `output-policy-lint` of `policy lint`. */
export function outputSchemaName(command: string): string {
  return `output-${command.replaceAll(" ", "-")}.schema.json`;
}

function predicates(): Source[] {
  return RECORD_KINDS.filter((kind) => predicateSchema(kind) !== anyPredicate).map((kind) => ({
    ...{ name: `predicate-${kind}`, title: `The predicate of a record of kind ${kind}` },
    about: `What the in-toto statement says whose predicate type is https://bailiff.dev/${kind}/v1.`,
    shape: predicateSchema(kind),
  }));
}

function outputs(): Source[] {
  return Object.entries(PRINTED).map(([command, shape]) => ({
    ...{ name: outputSchemaName(command).replace(/\.schema\.json$/, ""), shape },
    title: `What bailiff ${command} prints as JSON`,
    about: "Later versions add keys: whoever reads it ignores those that they do not know.",
  }));
}

function published(
  { name, title, about, shape }: Source,
  direction: Direction,
): [string, PublishedSchema] {
  const file = `${name}.schema.json`;
  const generated = shape instanceof z.ZodType ? fromZod(shape, direction) : shape;
  const plain = direction === "output" ? forReaders(generated) : generated;
  const schema = described(mapSchema(plain, tidied)) as SchemaObject;
  const head = { $schema: DIALECT, $id: `https://bailiff.dev/schemas/${file}`, title };
  return [file, { direction, schema: { ...head, description: about, ...schema } }];
}

/** What may be left out is not required of somebody who writes it. */
function fromZod(shape: z.ZodType, direction: Direction): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(shape, { io: direction });
  if ($schema !== DIALECT) throw new Error(`zod writes another dialect: ${String($schema)}`);
  return schema;
}

/** Without what says nothing: the pattern of a date beside its format, the ends of a double's integers. */
function tidied(schema: SchemaObject): SchemaObject {
  const kept = Object.entries(schema).filter(
    ([keyword, value]) =>
      !(keyword === "pattern" && schema["format"] === "date-time") &&
      !(keyword === "maximum" && value === Number.MAX_SAFE_INTEGER) &&
      !(keyword === "minimum" && value === Number.MIN_SAFE_INTEGER),
  );
  return Object.fromEntries(kept);
}
