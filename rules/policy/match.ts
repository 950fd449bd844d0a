import type { ObjectShape, ScalarShape } from "../facts/schema.ts";
import { describeShape } from "./fact-paths.ts";
import type { Compilation, Pointer } from "./findings.ts";
import { type CompileElement, compileList } from "./match-list.ts";
import { compileTest, testable, type Test } from "./match-value.ts";
import type { JsonLogic } from "./policy-set.ts";
import { isMap } from "./maps.ts";
import { readFact, type ReadFact, type Scope } from "./scope.ts";

/** Under `not` a rename counts by all its names, elsewhere by any: either way more of it fires. */
type Polarity = "plain" | "negated";

/** Where a match stands: in which scope, and at which place of the document. */
export interface MatchPlace {
  readonly scope: Scope;
  readonly at: Pointer;
}

/**
 * Compiles a `match` or `only` to JSON Logic.
 *
 *     { delta: [added, raised], kind: "github.*", any: [{ path: "a/**" }, { not: { name: b } }] }
 *
 * Keys are facts of the scope (dotted further in) and are ANDed, as are `any` (one of these
 * matches) and `not` (this match does not). For the values see `match-value.ts`, for lists `match-list.ts`. On `files`, `path`
 * tests both names of a rename. Whatever cannot be compiled becomes a finding.
 */
export function compileMatch(
  value: unknown,
  place: MatchPlace,
  compilation: Compilation,
  polarity: Polarity = "plain",
): JsonLogic {
  if (!isMap(value) || Object.keys(value).length === 0) {
    return refuse(compilation, place.at, {
      message: "a match is a map of facts to values, with at least one",
      remedy: matchRemedy(value),
    });
  }
  const conditions = Object.entries(value).map(([key, test]) =>
    compileKey({ key, test }, { ...place, at: [...place.at, key] }, compilation, polarity),
  );
  return conditions.length === 1 ? conditions[0] : { and: conditions };
}

function matchRemedy(written: unknown): string {
  if (typeof written === "string") return 'write for example { path: "src/**" } with each: files';
  const one = "{ delta: added }";
  return Array.isArray(written) ? `for several write any: [${one}, …]` : `write for example ${one}`;
}

function compileKey(
  { key, test }: { key: string; test: unknown },
  place: MatchPlace,
  compilation: Compilation,
  polarity: Polarity,
): JsonLogic {
  if (key === "any") return compileAny(test, place, compilation, polarity);
  if (key === "not") {
    return { "!": [compileMatch(test, place, compilation, opposite(polarity))] };
  }
  return compileFact({ key, test }, place, compilation, polarity);
}

function compileAny(
  value: unknown,
  place: MatchPlace,
  compilation: Compilation,
  polarity: Polarity,
): JsonLogic {
  if (!Array.isArray(value) || value.length === 0) {
    return refuse(compilation, place.at, {
      message: "any is a list of matches, with at least one",
      remedy: "write for example any: [{ delta: added }, { delta: raised }]",
    });
  }
  const matches = value.map((match, index) =>
    compileMatch(match, { ...place, at: [...place.at, index] }, compilation, polarity),
  );
  return { or: matches };
}

function compileFact(
  { key, test }: { key: string; test: unknown },
  { scope, at }: MatchPlace,
  compilation: Compilation,
  polarity: Polarity,
): JsonLogic {
  const fact = readFact(compilation, at, { scope, path: key, onKey: true });
  if (fact === null) return false;
  const { shape } = fact;
  if (shape.is === "list") {
    const element: CompileElement = (value, place, membership) =>
      compileMatch(value, place, compilation, membership === "has" ? polarity : opposite(polarity));
    return compileList({ fact, shape, value: test, at }, element, compilation);
  }
  if (!isScalar(shape)) {
    return refuse(compilation, at, {
      message: `${fact.path} is ${describeShape(shape)} and cannot be matched as a whole`,
      remedy: `name a fact in it, as ${fact.path}.${firstOf(shape)}`,
    });
  }
  const given: Test = { value: test, at, shape: testable(shape, fact.whenNull) };
  if (key === "path" && "previousPath" in scope.shape.fields) {
    return eitherName(fact, given, { scope, compilation, polarity });
  }
  return compileTest(fact.logic, given, compilation);
}

function firstOf({ fields }: ObjectShape): string {
  return Object.keys(fields)[0] ?? "";
}

/** A rule over `path` holds both names of a renamed file, so that a rename leaves no rule behind. */
function eitherName(
  fact: ReadFact,
  test: Test,
  {
    scope,
    compilation,
    polarity,
  }: {
    scope: Scope;
    compilation: Compilation;
    polarity: Polarity;
  },
): JsonLogic {
  const previous = { var: `${scope.prefix}previousPath` };
  compilation.reads.add(`${scope.prefix}previousPath`);
  const now = compileTest(fact.logic, test, compilation);
  const before = compileTest(previous, test, { ...compilation, findings: [] });
  return polarity === "plain"
    ? { or: [now, { and: [{ "!==": [previous, null] }, before] }] }
    : { and: [now, { or: [{ "===": [previous, null] }, before] }] };
}

function opposite(polarity: Polarity): Polarity {
  return polarity === "plain" ? "negated" : "plain";
}

function isScalar(shape: { is: string }): shape is ScalarShape {
  return shape.is === "text" || shape.is === "number" || shape.is === "flag";
}

function refuse(
  { findings }: Compilation,
  at: Pointer,
  words: { message: string; remedy: string },
): JsonLogic {
  findings.push({ at, ...words });
  return false;
}
