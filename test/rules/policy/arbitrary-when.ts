import { CAPABILITY_KINDS } from "../../../rules/capabilities/levels.ts";
/** Sound raw JSON Logic over the facts, of every operator that a `when` admits. */
import fc from "fast-check";
import {
  FACTS_SHAPE,
  ITEM_SHAPES,
  type ScalarShape,
  type Shape,
} from "../../../rules/facts/schema.ts";
import { isMembership } from "../../../rules/policy/memberships.ts";
import type { Each } from "../../../rules/policy/policy-set.ts";
import { PATHS, TIMES, WORDS } from "./arbitrary-facts.ts";
import { PATTERNS } from "./known-patterns.ts";

type Rule = fc.Arbitrary<unknown>;

/** A fact that a rule may name where it stands. */
export interface Named {
  readonly path: string;
  readonly shape: Shape;
}

/** A rule over the document, and one item of `each` where there is one. */
export function whenOver(each: Each | null): Rule {
  const item = each === null ? [] : namedIn(ITEM_SHAPES[each], "item");
  return truth([...namedIn(FACTS_SHAPE), ...item], 3);
}

/** Every fact below a shape. */
export function namedIn(shape: Shape, path = ""): Named[] {
  // Memberships take no names but those of teams and organisations.
  if (isMembership(path)) return [];
  if (shape.is !== "object") return [{ path, shape }];
  return Object.entries(shape.fields).flatMap(([key, field]) =>
    namedIn(field, path === "" ? key : `${path}.${key}`),
  );
}

function truth(named: readonly Named[], depth: number): Rule {
  if (depth === 0) return fc.oneof(equality(named), pattern(named));
  const one = truth(named, depth - 1);
  const inner = fc.array(one, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    equality(named),
    pattern(named),
    membership(named),
    numeric(named, depth),
    times(named),
    walk(named, depth),
    rule(fc.constantFrom("and", "or"), inner),
    rule(fc.constantFrom("!", "!!"), fc.tuple(one)),
    rule(fc.constant("if"), fc.array(one, { minLength: 2, maxLength: 5 })),
  );
}

function rule(operators: fc.Arbitrary<string>, operands: Rule): Rule {
  return fc.tuple(operators, operands).map(([operator, given]) => ({ [operator]: given }));
}

function read({ path }: Named): unknown {
  return { var: path };
}

/** One of those facts, as logic; what never holds where there are none. */
function fact(named: readonly Named[], is: (shape: Shape) => boolean): Rule {
  const fitting = named.filter(({ shape }) => is(shape)).map(read);
  return fitting.length === 0 ? fc.constant(null) : fc.constantFrom(...fitting);
}

function isText(shape: Shape): boolean {
  return shape.is === "text";
}

function equality(named: readonly Named[]): Rule {
  const scalars = named.filter(
    (one): one is Named & { shape: ScalarShape } => "values" in one.shape,
  );
  if (scalars.length === 0) return fc.constant(true);
  const operands = fc.constantFrom(...scalars).chain((one) => {
    const pair = fc.tuple(
      fc.constant(read(one)),
      fc.oneof(literalOf(one.shape), fc.constant(null)),
    );
    return fc
      .tuple(pair, fc.boolean())
      .map(([both, turned]) => (turned ? both.toReversed() : both));
  });
  return rule(fc.constantFrom("==", "===", "!=", "!=="), operands);
}

function literalOf({ is, values }: ScalarShape): Rule {
  if (is === "flag") return fc.boolean();
  if (is === "number") return fc.integer({ min: 0, max: 5 });
  return values === null ? fc.constantFrom(...PATHS, ...WORDS) : fc.constantFrom(...values);
}

function pattern(named: readonly Named[]): Rule {
  const texts = fact(named, isText);
  return (
    fc
      .tuple(texts, fc.constantFrom(...PATTERNS))
      // A pattern that matches no kind is refused.
      .filter(
        ([text, { means }]) => !isKind(text) || CAPABILITY_KINDS.some((kind) => means.test(kind)),
      )
      .map(([text, { kind, source }]) => ({ [kind]: [text, source] }))
  );
}

function isKind(text: unknown): boolean {
  return JSON.stringify(text).includes("kind");
}

function membership(named: readonly Named[]): Rule {
  const isFree = (shape: Shape) => isText(shape) && "values" in shape && shape.values === null;
  const words = fc.array(fc.constantFrom(...PATHS, ...WORDS), { maxLength: 3 });
  const texts = (shape: Shape) => shape.is === "list" && isText(shape.of);
  const lists = fact(named, texts).map((list) => list ?? []);
  const held = fc.oneof(words, lists, mapped(named));
  return rule(fc.constant("in"), fc.tuple(fc.oneof(fact(named, isFree), fc.constant("v1")), held));
}

function mapped(named: readonly Named[]): Rule {
  return overList(named, [], (inner) => fc.tuple(fc.constant("map"), fact(inner, isText)));
}

function numeric(named: readonly Named[], depth: number): Rule {
  const operands = fc.tuple(number(named, depth), number(named, depth));
  const three = fc.tuple(number(named, 0), number(named, depth), number(named, 0));
  return fc.oneof(
    rule(fc.constantFrom("<", "<=", ">", ">=", "==", "!=="), operands),
    rule(fc.constantFrom("<", "<="), three),
  );
}

function number(named: readonly Named[], depth: number): Rule {
  const literal = fc.integer({ min: -2, max: 5 });
  const known = fact(named, ({ is }) => is === "number").map((one) => one ?? 1);
  if (depth === 0) return fc.oneof(literal, known);
  const inner = number(named, depth - 1);
  return fc.oneof(
    literal,
    known,
    rule(fc.constantFrom("+", "min", "max"), fc.array(inner, { minLength: 1, maxLength: 3 })),
    rule(fc.constantFrom("-", "*", "/", "%"), fc.tuple(inner, inner)),
    rule(fc.constant("-"), fc.tuple(inner)),
    rule(fc.constant("if"), fc.tuple(truth(named, depth - 1), inner, inner)),
    reduced(named),
  );
}

function reduced(named: readonly Named[]): Rule {
  const sum = (operand: Rule) => operand.map((one) => ({ "+": [{ var: "accumulator" }, one] }));
  return overList(named, 0, (inner) => {
    const current = inner.map(({ path, shape }) => ({
      path: path === "" ? "current" : `current.${path}`,
      shape,
    }));
    return fc.tuple(fc.constant("reduce"), sum(number(current, 0)), fc.constant(0));
  });
}

function times(named: readonly Named[]): Rule {
  const at = named.filter(({ path }) => path.endsWith(".at")).map(read);
  if (at.length === 0) return fc.constant(false);
  const literal = fc.constantFrom(...TIMES);
  return rule(
    fc.constantFrom("<", "<=", ">", ">="),
    fc.tuple(fc.constantFrom(...at), fc.oneof(literal, fc.constantFrom(...at))),
  );
}

function walk(named: readonly Named[], depth: number): Rule {
  return overList(named, false, (inner) =>
    fc.tuple(fc.constantFrom("some", "all", "none", "filter"), truth(inner, depth - 1)),
  );
}

/** Logic over a list: `body` gives the operator and what follows the list; `without` where there is none. */
function overList(
  named: readonly Named[],
  without: unknown,
  body: (inner: readonly Named[]) => fc.Arbitrary<readonly unknown[]>,
): Rule {
  const choices = named.flatMap((list) => {
    if (list.shape.is !== "list") return [];
    return body(namedIn(list.shape.of)).map(([operator, ...operands]) => {
      return { [String(operator)]: [read(list), ...operands] };
    });
  });
  return choices.length === 0 ? fc.constant(without) : fc.oneof(...choices);
}
