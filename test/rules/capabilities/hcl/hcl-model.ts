import fc from "fast-check";

/** An expression as the laws make it up, before anybody has written it down. */
export type Model =
  | { readonly type: "text"; readonly parts: readonly (string | Model)[] }
  | { readonly type: "number"; readonly tenths: number }
  | { readonly type: "word"; readonly word: string }
  | { readonly type: "list"; readonly items: readonly Model[] }
  | { readonly type: "object"; readonly entries: readonly (readonly [string, Model])[] }
  | { readonly type: "call"; readonly name: string; readonly args: readonly Model[] }
  | { readonly type: "steps"; readonly source: Model; readonly steps: readonly (string | number)[] }
  | { readonly type: "splat"; readonly root: string; readonly names: readonly string[] }
  | { readonly type: "conditional"; readonly parts: readonly [Model, Model, Model] }
  | {
      readonly type: "sum";
      readonly operators: readonly string[];
      readonly operands: readonly Model[];
    }
  | {
      readonly type: "for";
      readonly source: Model;
      readonly value: Model;
      readonly key: Model | null;
    };

export interface BodyModel {
  readonly attributes: readonly (readonly [string, Model])[];
  readonly blocks: readonly {
    readonly type: string;
    readonly label: string;
    readonly body: BodyModel;
  }[];
}

const name = fc.constantFrom("a", "b-c", "for_each", "each", "é", "if", "data");
const text = fc.string({
  unit: fc.constantFrom(
    "a",
    " ",
    "\n",
    "\n  ",
    "$",
    "${",
    "%{",
    "%",
    '"',
    "\\",
    "#",
    "é",
    "E",
    "}",
  ),
  maxLength: 8,
});

const { model } = fc.letrec<{ model: Model }>((tie) => {
  const few = fc.array(tie("model"), { maxLength: 3 });
  const pair = fc.tuple(fc.oneof(name, text), tie("model"));
  return {
    model: fc.oneof(
      { depthSize: "small" },
      fc.record({ type: fc.constant("number" as const), tenths: fc.nat(500) }),
      fc.record({
        type: fc.constant("word" as const),
        word: fc.constantFrom("true", "null", "a", "each", "in"),
      }),
      fc.record({
        type: fc.constant("text" as const),
        parts: fc.array(fc.oneof({ weight: 3, arbitrary: text }, tie("model")), { maxLength: 3 }),
      }),
      fc.record({ type: fc.constant("list" as const), items: few }),
      fc.record({
        type: fc.constant("object" as const),
        entries: fc.uniqueArray(pair, { maxLength: 4, selector: ([key]) => key }),
      }),
      fc.record({ type: fc.constant("call" as const), name, args: few }),
      fc.record({
        type: fc.constant("steps" as const),
        source: tie("model"),
        steps: fc.array(fc.oneof(name, fc.nat(3)), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant("splat" as const),
        root: fc.constantFrom("a", "data"),
        names: fc.array(name, { maxLength: 2 }),
      }),
      fc.record({
        type: fc.constant("conditional" as const),
        parts: fc.tuple(tie("model"), tie("model"), tie("model")),
      }),
      fc
        .tuple(
          tie("model"),
          fc.array(fc.tuple(fc.constantFrom("+", "-"), tie("model")), {
            minLength: 1,
            maxLength: 3,
          }),
        )
        .map(([first, rest]): Model => {
          const operators = rest.map(([operator]) => operator);
          return {
            type: "sum",
            operators,
            operands: [first, ...rest.map(([, operand]) => operand)],
          };
        }),
      fc.record({
        type: fc.constant("for" as const),
        source: tie("model"),
        value: tie("model"),
        key: fc.option(tie("model")),
      }),
    ),
  };
});

const { body } = fc.letrec<{ body: BodyModel }>((tie) => ({
  body: fc.record({
    attributes: fc.uniqueArray(fc.tuple(name, model), { maxLength: 3, selector: ([key]) => key }),
    blocks: fc.oneof(
      { depthSize: "small" },
      fc.constant([]),
      fc.array(fc.record({ type: name, label: text, body: tie("body") }), { maxLength: 2 }),
    ),
  }),
}));

export { body as bodyModel };
