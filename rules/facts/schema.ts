import { CAPABILITY_KINDS } from "../capabilities/levels.ts";
import { CONTRIBUTIONS } from "../policy/approvals/approval-rule.ts";

/**
 * What null means in a fact. `never`: it is not null. `absent`: there is no such thing here, and
 * nothing matches it. `unknown`: this host cannot tell, and a policy that needs it cannot be evaluated.
 */
export type WhenNull = "never" | "absent" | "unknown";

/**
 * How policies compare a text. `exact`: equal. `path`: a glob whose `*` stops at `/`.
 * `name`: a glob whose `*` takes anything.
 */
type Comparison = "exact" | "path" | "name";

export interface ScalarShape {
  readonly is: "text" | "number" | "flag";
  readonly whenNull: WhenNull;
  readonly comparison: Comparison;
  /** All the texts that it can be, null where they are not counted. */
  readonly values: readonly string[] | null;
  /** A time, RFC 3339. */
  readonly isTime?: true;
}

export interface ListShape {
  readonly is: "list";
  readonly whenNull: WhenNull;
  readonly of: Shape;
}

export interface ObjectShape {
  readonly is: "object";
  readonly whenNull: WhenNull;
  readonly fields: Readonly<Record<string, Shape>>;
  /** What any other key leads to; without it there are no others. */
  readonly others?: Shape;
}

export type Shape = ScalarShape | ListShape | ObjectShape;

const exact: ScalarShape = { is: "text", whenNull: "never", comparison: "exact", values: null };
const time: ScalarShape = { ...exact, isTime: true };
const path: ScalarShape = { ...exact, comparison: "path" };
const name: ScalarShape = { ...exact, comparison: "name" };
const number: ScalarShape = { ...exact, is: "number" };
const flag: ScalarShape = { ...exact, is: "flag" };

const side = oneOf("base", "head");
const mode = absent(oneOf("100644", "100755", "120000", "160000"));
const actor = unknown(object({ id: exact, login: exact, bot: flag }));

const author = unknown(
  object({
    ...{ id: exact, login: exact, bot: flag },
    ...{ teams: unknown(list(exact)), organisations: unknown(list(exact)) },
  }),
);

const file = object({
  path,
  previousPath: absent(path),
  status: oneOf("added", "modified", "removed", "renamed", "typechanged"),
  baseMode: mode,
  headMode: mode,
  baseSize: unknown(number),
  headSize: unknown(number),
  binary: unknown(flag),
  addedLines: unknown(number),
  removedLines: unknown(number),
  owners: unknown(list(exact)),
  previousOwners: unknown(list(exact)),
});

const line = object({
  path,
  delta: unknown(oneOf("added", "removed")),
  side: unknown(side),
  line: unknown(number),
  text: unknown(exact),
});

const capability = object({
  kind: { ...name, values: CAPABILITY_KINDS },
  name,
  holder: name,
  context: exact,
  delta: oneOf("added", "raised", "lowered", "removed"),
  before: absent(exact),
  after: absent(exact),
  path,
  side,
  line: number,
  endLine: number,
  certainty: oneOf("exact", "heuristic"),
});

const dependency = object({
  ecosystem: exact,
  name,
  delta: oneOf("added", "changed", "removed"),
  from: absent(exact),
  to: absent(exact),
  direct: absent(flag),
  source: name,
  integrity: absent(oneOf("present", "absent", "changed", "restated")),
  purl: absent(name),
  path,
  side,
  line: number,
});

const person = unknown(object({ name: exact, email: name, at: unknown(time) }));

const commit = object({
  sha: exact,
  subject: unknown(exact),
  message: unknown(exact),
  author: person,
  committer: person,
  coAuthors: unknown(list(name)),
  merge: flag,
  signature: absent(oneOf("gpg", "ssh", "x509", "other")),
  verified: unknown(flag),
});

const review = object({
  id: exact,
  actor: object({ id: exact, login: exact, bot: flag }),
  state: oneOf("approved", "changes_requested", "commented", "dismissed"),
  commit: exact,
  at: time,
  via: list(exact),
  retargeted: flag,
  sameChange: unknown(flag),
  sameFor: unknown(list(path)),
});

const contributor = object({
  as: oneOf(...CONTRIBUTIONS),
  actor,
  commit: absent(exact),
});

const status = object({ name, app: name, appId: exact, conclusion: absent(exact) });

const unread = object({
  path,
  side,
  claim: oneOf("grants", "resembles"),
  why: exact,
  line: absent(number),
});

/** The shape of `Facts`, field by field: what a path in a policy leads to, and what null means there. */
export const FACTS_SHAPE: ObjectShape = object({
  schema: exact,
  action: object({
    kind: oneOf("pull_request", "merge_group", "deployment", "command", "push"),
    name: absent(exact),
    number: absent(number),
    actor,
    author,
    title: unknown(exact),
    body: unknown(exact),
    labels: list(exact),
    draft: unknown(flag),
    fork: unknown(flag),
    baseBranch: unknown(path),
    headBranch: unknown(path),
    at: time,
  }),
  repository: object({
    host: unknown(exact),
    id: unknown(exact),
    name: unknown(path),
    defaultBranch: unknown(path),
    defaultTokenPermissions: oneOf("read", "write", "unknown"),
    properties: unknown({ ...object({}), others: list(exact) }),
  }),
  change: object({
    base: exact,
    head: exact,
    mergeBase: exact,
    headTree: exact,
    filesCount: number,
    files: list(file),
    addedLines: unknown(number),
    removedLines: unknown(number),
    commitsCount: unknown(number),
    lines: unknown(list(line)),
  }),
  capabilities: list(capability),
  dependencies: unknown(list(dependency)),
  commits: unknown(list(commit)),
  reviews: unknown(list(review)),
  contributors: unknown(list(contributor)),
  statuses: unknown(list(status)),
  completeness: object({ relevant: number, read: number, unread: list(unread) }),
});

/** The shape of one item of each list that policies walk with `each`. */
export const ITEM_SHAPES = {
  files: file,
  capabilities: capability,
  dependencies: dependency,
  lines: line,
  commits: commit,
};

function object(fields: Readonly<Record<string, Shape>>): ObjectShape {
  return { is: "object", whenNull: "never", fields };
}

function list(of: Shape): ListShape {
  return { is: "list", whenNull: "never", of };
}

function oneOf(...values: string[]): ScalarShape {
  return { ...exact, values };
}

function absent<Any extends Shape>(shape: Any): Any {
  return { ...shape, whenNull: "absent" };
}

function unknown<Any extends Shape>(shape: Any): Any {
  return { ...shape, whenNull: "unknown" };
}
