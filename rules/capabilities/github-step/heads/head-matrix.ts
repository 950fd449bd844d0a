import type { Certainty } from "../../capability.ts";
import type { Matrix } from "../../github-workflow/evaluate.ts";
import { matrixOf } from "../../github-workflow/matrix.ts";
import type { DataList, DataMap, DataNode } from "../../data/data-node.ts";
import { headReference, type HeadSources } from "./head-references.ts";
import { surer } from "./head-variables.ts";
import type { Sought } from "./outsiders-choice.ts";

/** Which values of a job's matrix name a head. */
export interface MatrixHeads {
  /** Of `matrix.a.b`: the surest of its values; what only holds one (`matrix.*`) is a guess. */
  ofPath(path: string): Certainty | null;
  /** The values that texts may be put together of: few and short ones. */
  readonly short: Matrix;
}

/** More paths than anybody writes; to read one goes through all of the matrix. */
const MAX_PATHS = 100;
const MAX_CHARACTERS = 200;

// `matrix.a.*.b`, of which `matrix.a` holds what may be meant.
const ANY_KEY_ON = /\.\*(?:\..*)?$/s;

/** The heads in a job's matrix. Past `MAX_PATHS` paths every further one counts as a guess. */
export function matrixHeadsOf(job: DataMap, sought: Sought): MatrixHeads {
  const sources: HeadSources = { sought, ofPath: () => null, ofVariable: () => undefined };
  const matrix = matrixOf(job);
  const known = new Map<string, Certainty | null>();
  const heads = new Map<DataNode, Certainty | null>();
  const headIn = (value: DataNode): Certainty | null => {
    const found = heads.get(value);
    if (found !== undefined) return found;
    const head =
      value.type === "scalar" ? headReference(value.text, sources) : held(partsOf(value));
    heads.set(value, head);
    return head;
  };
  const held = (values: readonly DataNode[]): Certainty | null =>
    values.some((value) => headIn(value) !== null) ? "heuristic" : null;
  const ofPath = (path: string): Certainty | null => {
    const found = known.get(path);
    if (found !== undefined) return found;
    if (known.size === MAX_PATHS) return "heuristic";
    const above = path.replace(ANY_KEY_ON, "");
    const values = matrix(above.split(".").slice(1)) ?? [];
    const isTold = above === path && above !== "matrix";
    const head = isTold ? values.map(headIn).reduce(surer, null) : held(values);
    known.set(path, head);
    return head;
  };
  const short: Matrix = (path) => {
    const text = ["matrix", ...path].join(".");
    // What is put together counts among the paths as well.
    ofPath(text);
    if (!known.has(text)) return null;
    const values = matrix(path);
    return values && isShort(values) ? values : null;
  };
  return { ofPath, short };
}

function partsOf(value: DataList | DataMap): readonly DataNode[] {
  return value.type === "list" ? value.items : value.entries.map((entry) => entry.value);
}

function isShort(values: readonly DataNode[]): boolean {
  let left = MAX_CHARACTERS;
  for (const value of values) {
    left -= value.type === "scalar" ? value.text.length + 1 : 1;
    if (left < 0) return false;
  }
  return true;
}
