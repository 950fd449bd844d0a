/** Sound `match` conditions, of everything that their grammar has. */
import fc from "fast-check";
import type { ScalarShape } from "../../../rules/facts/schema.ts";
import type { Each } from "../../../rules/policy/policy-set.ts";
import { itemScope } from "../../../rules/policy/scope.ts";
import { WORDS } from "./arbitrary-facts.ts";
import { type Named, namedIn } from "./arbitrary-when.ts";
import { PATTERNS } from "./known-patterns.ts";

type Match = fc.Arbitrary<Readonly<Record<string, unknown>>>;
type Value = fc.Arbitrary<unknown>;

/** A match over one item of `each`, or over the document. */
export function matchOver(each: Each | null): Match {
  return match(namedIn(itemScope(each).shape).flatMap(testable), 2);
}

/** Facts that hold one value, or a list of them. */
function testable({ path, shape }: Named): { path: string; value: Value }[] {
  const scalar = shape.is === "list" ? shape.of : shape;
  if (scalar.is === "list" || scalar.is === "object") return [];
  return [{ path, value: value(scalar, 2) }];
}

function match(facts: readonly { path: string; value: Value }[], depth: number): Match {
  const keys = fc.uniqueArray(
    fc.oneof(...facts.map(({ path, value: test }) => fc.tuple(fc.constant(path), test))),
    { selector: ([path]) => path, minLength: 1, maxLength: 3 },
  );
  const plain = keys.map((entries) => Object.fromEntries(entries));
  if (depth === 0) return plain;
  const inner = match(facts, depth - 1);
  const any = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    plain,
    fc.tuple(plain, any).map(([one, choices]) => ({ ...one, any: choices })),
    fc.tuple(plain, inner).map(([one, other]) => ({ ...one, not: other })),
    inner.map((one) => ({ not: one })),
  );
}

function value(shape: ScalarShape, depth: number): Value {
  if (depth === 0) return single(shape);
  const inner = value(shape, depth - 1);
  return fc.oneof(
    single(shape),
    operator(shape),
    inner.map((one) => ({ not: one })),
    fc.array(inner, { minLength: 1, maxLength: 3 }),
    fc.array(inner, { minLength: 1, maxLength: 2 }).map((choices) => ({ any: choices })),
    fc.tuple(inner, operator(shape)).map(([not, more]) => ({ not, ...more })),
  );
}

function single({ is, values, comparison, whenNull }: ScalarShape): Value {
  const absent = whenNull === "absent" ? [null] : [];
  if (is === "flag") return fc.constantFrom(true, false, ...absent);
  if (is === "number") return fc.constantFrom(0, 1, 2, 5, 42, ...absent);
  const globs = patternsOf(comparison, values);
  const words = comparison === "exact" ? (values ?? WORDS) : globs;
  return fc.constantFrom(...words, ...absent);
}

function operator({
  is,
  values,
  comparison,
}: ScalarShape): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  if (is === "flag") return fc.constant({ not: true });
  const searches = patternsOf("search", comparison === "exact" ? null : values);
  if (is === "text") return fc.constantFrom(...searches.map((source) => ({ matches: source })));
  return fc.record({ atLeast: fc.integer({ max: 6 }), atMost: fc.integer({ min: -1, max: 6 }) });
}

/** A pattern that matches none of a closed list of names is refused. */
function patternsOf(flavour: string, names: readonly string[] | null): string[] {
  return PATTERNS.filter(
    ({ kind, means }) => kind === flavour && (names?.some((name) => means.test(name)) ?? true),
  ).map(({ source }) => source);
}
