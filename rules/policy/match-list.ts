import type { ListShape, ObjectShape } from "../facts/schema.ts";
import type { Compilation, Pointer } from "./findings.ts";
import { isMap } from "./maps.ts";
import { compileListTest, compileTest } from "./match-value.ts";
import type { JsonLogic } from "./policy-set.ts";
import { elementScope, type ReadFact, type Scope } from "./scope.ts";

/** A list that is matched: the fact, the test that stands beside it, and where. */
export interface MatchedList {
  readonly fact: Pick<ReadFact, "path" | "logic">;
  readonly shape: ListShape;
  readonly value: unknown;
  readonly at: Pointer;
}

type Membership = "has" | "lacks";

/** Compiles the match of an element that a list `has`, or `lacks`. */
export type CompileElement = (
  value: unknown,
  place: { readonly scope: Scope; readonly at: Pointer },
  membership: Membership,
) => JsonLogic;

/**
 * Compiles the test of a list.
 *
 *     { has: M }    an element meets M
 *     { lacks: M }  none does
 *
 * Of facts M is a match over the element, of texts the test of one. Several M in a list are
 * alternatives, and both keys are ANDed. A list of texts may also be tested as one text is: one of
 * them passes, and under `not` none does.
 */
export function compileList(
  list: MatchedList,
  element: CompileElement,
  compilation: Compilation,
): JsonLogic {
  const entries = Object.entries(isMap(list.value) ? list.value : {});
  const rest = entries.filter(([key]) => !isMembership(key));
  const parts = entries.flatMap(([key, value]) => {
    if (!isMembership(key)) return [];
    const one = { ...list, value, at: [...list.at, key] };
    const some = { some: [list.fact.logic, compileAny(one, key, { element, compilation })] };
    return [key === "has" ? some : { "!": [some] }];
  });
  if (parts.length === 0) return compileWhole(list, compilation);
  const all: JsonLogic[] = [...parts];
  if (rest.length > 0) {
    all.push(compileWhole({ ...list, value: Object.fromEntries(rest) }, compilation));
  }
  return all.length === 1 ? all[0] : { and: all };
}

function isMembership(key: string): key is Membership {
  return key === "has" || key === "lacks";
}

interface Elements {
  readonly element: CompileElement;
  readonly compilation: Compilation;
}

function compileAny(list: MatchedList, membership: Membership, elements: Elements): JsonLogic {
  const { value, at } = list;
  if (!Array.isArray(value)) return compileElement(list, membership, elements);
  const choices = (value as unknown[]).map((one, index) =>
    compileElement({ ...list, value: one, at: [...at, index] }, membership, elements),
  );
  if (choices.length > 0) return choices.length === 1 ? choices[0] : { or: choices };
  const words = { message: "an empty list matches nothing", remedy: "say what the element is" };
  elements.compilation.findings.push({ at, ...words });
  return false;
}

function compileElement(
  { fact, shape: { of }, value, at }: MatchedList,
  membership: Membership,
  { element, compilation }: Elements,
): JsonLogic {
  if (of.is === "object")
    return element(value, { scope: elementScope(of, fact.path), at }, membership);
  if (of.is === "list") return false;
  return compileTest({ var: "" }, { value, at, shape: of }, compilation);
}

function compileWhole(
  { fact, shape, value, at }: MatchedList,
  compilation: Compilation,
): JsonLogic {
  const { of } = shape;
  if (of.is !== "object" && of.is !== "list") {
    return compileListTest(fact.logic, { value, at, shape: of }, compilation);
  }
  compilation.findings.push({
    at,
    message: `${fact.path} is a list and cannot be matched as a whole`,
    remedy: `say what it has or lacks, for example { has: { ${firstFact(of)}: … } }, or walk it with each`,
  });
  return false;
}

function firstFact(of: ObjectShape | ListShape): string {
  return of.is === "object" ? (Object.keys(of.fields)[0] ?? "") : "";
}
