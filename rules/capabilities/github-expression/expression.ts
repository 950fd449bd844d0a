/**
 * A parsed expression, equal where two spellings of it mean the same: contexts, functions and
 * keys in lower case, `a['b']` as `a.b`, and without the brackets that change nothing.
 *
 * Only variables of `env` keep their letters: most runners tell them apart. `*` as a key is every
 * key. `all` and `any` are `&&` and `||` with two operands or more, none of their own type.
 */
export type Expression =
  | { readonly type: "literal"; readonly value: string | number | boolean | null }
  | { readonly type: "context"; readonly name: string }
  | { readonly type: "index"; readonly of: Expression; readonly key: Expression | "*" }
  | { readonly type: "call"; readonly name: string; readonly operands: readonly Expression[] }
  | { readonly type: "not"; readonly operands: readonly [Expression] }
  | {
      readonly type: "compare";
      readonly operator: string;
      readonly operands: readonly [Expression, Expression];
    }
  | { readonly type: "all" | "any"; readonly operands: readonly Expression[] };
