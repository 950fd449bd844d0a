/** The lines on which something stands, both 1-based and its own. */
export interface Lines {
  readonly line: number;
  readonly endLine: number;
}

/** What stands between a block's braces, or in a whole file. Order means nothing between attributes. */
export interface HclBody {
  /** No two have the same name. */
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute extends Lines {
  readonly name: string;
  readonly expression: HclExpression;
}

/** `resource "aws_iam_policy" "deploy" { … }`: a type, labels (quoted or not), a body. */
export interface HclBlock extends Lines {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
}

/**
 * An expression as it takes effect: without parentheses, heredocs without their indentation, and
 * `"${x}"`, which means `x`, as `x`. Walking it recurses no deeper than parsing it did.
 */
export type HclExpression =
  | HclString
  | HclNumber
  | HclBool
  | HclNull
  | HclTemplate
  | HclList
  | HclObject
  | HclCall
  | HclReference
  | HclAccess
  | HclConditional
  | HclFor
  | HclOperation;

/** A text without interpolations, quoted or a heredoc, with its escapes resolved, in Unicode's form NFC. */
export interface HclString extends Lines {
  readonly type: "string";
  readonly value: string;
  /** Where the text's first character stands: in a heredoc a line below `line`. */
  readonly textLine: number;
  /** Whether each line break of the text is one in the file, so that its rows have lines. */
  readonly rows: boolean;
}

/** Its digits in one spelling for each number: `1` for 1.0, `2.5` for 25e-1. */
export interface HclNumber extends Lines {
  readonly type: "number";
  readonly digits: string;
}

export interface HclBool extends Lines {
  readonly type: "bool";
  readonly value: boolean;
}

export interface HclNull extends Lines {
  readonly type: "null";
}

/**
 * A text with interpolations: what its parts come to, one after the other. `%{ if }` is a
 * conditional between two texts, `%{ for }` a `for` that joins texts.
 */
export interface HclTemplate extends Lines {
  readonly type: "template";
  readonly parts: readonly HclExpression[];
}

export interface HclList extends Lines {
  readonly type: "list";
  readonly items: readonly HclExpression[];
}

/** In the order of the file. Of two entries with the same literal key only the later one, which wins. */
export interface HclObject extends Lines {
  readonly type: "object";
  readonly entries: readonly HclEntry[];
}

/** A literal key is a string, however it is written: `a`, `"a"`, `1`. */
export interface HclEntry extends Lines {
  readonly key: HclExpression;
  readonly value: HclExpression;
}

/** `jsonencode(x)`, `provider::aws::arn_parse(x)`; `spread` where `...` hands out the last argument. */
export interface HclCall extends Lines {
  readonly type: "call";
  readonly name: string;
  readonly args: readonly HclExpression[];
  readonly spread: boolean;
}

/** `data.aws_iam_policy_document.deploy[0].json`: the root's name, then steps. */
export interface HclReference extends Lines {
  readonly type: "reference";
  readonly root: string;
  readonly steps: readonly HclStep[];
}

/** Steps into what is no name: `merge(a, b).c`, `(a ? b : c)[0]`. There is at least one. */
export interface HclAccess extends Lines {
  readonly type: "access";
  readonly source: HclExpression;
  readonly steps: readonly HclStep[];
}

/** `.name`, `[key]` (`.0` is `[0]`), or a splat with the steps that it takes into each element. */
export type HclStep =
  | { readonly step: "attribute"; readonly name: string }
  | { readonly step: "index"; readonly key: HclExpression }
  | { readonly step: "splat"; readonly each: readonly HclStep[] };

export interface HclConditional extends Lines {
  readonly type: "conditional";
  readonly condition: HclExpression;
  readonly whenTrue: HclExpression;
  readonly whenFalse: HclExpression;
}

/** `[for key, item in source : value if condition]`, `{for … : newKey => value...}`, `%{ for … }`. */
export interface HclFor extends Lines {
  readonly type: "for";
  readonly makes: "list" | "object" | "text";
  readonly keyName: string | null;
  readonly itemName: string;
  readonly source: HclExpression;
  readonly newKey: HclExpression | null;
  readonly value: HclExpression;
  /** `...` behind the value: the values of each key in a list. */
  readonly grouped: boolean;
  readonly condition: HclExpression | null;
}

/**
 * One operand behind `-` or `!`, or operands joined by operators of one precedence, which work
 * from left to right: `a + b - c` has three operands and two operators.
 */
export interface HclOperation extends Lines {
  readonly type: "operation";
  readonly operators: readonly string[];
  readonly operands: readonly HclExpression[];
}
