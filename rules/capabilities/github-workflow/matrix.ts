import { entryOf, type DataMap, type DataNode } from "../data/data-node.ts";
import { type Matrix, NO_MATRIX } from "./evaluate.ts";
import { isOpen, possibleValues } from "./possible-values.ts";

/** The values under each name in lower case, and the expressions that may add more of any name. */
interface Axes {
  readonly values: Map<string, DataNode[]>;
  readonly open: DataNode[];
}

/**
 * The matrix of a job: the lists of `strategy.matrix` and the values of its `include`, each for
 * itself. What `exclude` leaves out counts too. At no path stand all of its values.
 *
 * Source: docs.github.com, "Workflow syntax for GitHub Actions", `jobs.<job_id>.strategy.matrix`.
 */
export function matrixOf(job: DataMap): Matrix {
  const strategy = entryOf(job, "strategy")?.value;
  const matrix = strategy?.type === "map" ? entryOf(strategy, "matrix")?.value : strategy;
  if (!matrix) return NO_MATRIX;
  const axes: Axes = { values: new Map(), open: [] };
  for (const value of valuesOf(matrix)) readMatrix(value, axes);
  const known = new Map<string, ReturnType<Matrix>>();
  return (path) => {
    const key = JSON.stringify(path);
    const values = known.get(key) ?? valuesAt(axes, path);
    known.set(key, values);
    return values;
  };
}

function valuesAt({ values, open }: Axes, path: readonly string[]): ReturnType<Matrix> {
  const [name, ...below] = path;
  const named = name === undefined ? [...values.values()].flat() : values.get(name);
  if (!named && open.length === 0) return null;
  return [...(named ?? []).flatMap((value) => valuesBelow(value, below)), ...open];
}

// `{os: [ubuntu-24.04, gpu], include: [{os: macos-15, more: x}]}`
function readMatrix(matrix: DataNode, axes: Axes): void {
  if (isOpen(matrix)) axes.open.push(matrix);
  for (const { key, value } of entriesOf(matrix)) {
    if (key.text === "include") readInclude(value, axes);
    else if (key.text !== "exclude") add(axes, key.text, itemsOf(value));
  }
}

function readInclude(include: DataNode, axes: Axes): void {
  for (const item of itemsOf(include)) {
    if (isOpen(item)) axes.open.push(item);
    for (const { key, value } of entriesOf(item)) add(axes, key.text, valuesOf(value));
  }
}

function add({ values }: Axes, name: string, added: readonly DataNode[]): void {
  const known = values.get(name.toLowerCase()) ?? [];
  for (const value of added) known.push(value);
  values.set(name.toLowerCase(), known);
}

function valuesBelow(value: DataNode, path: readonly string[]): readonly DataNode[] {
  const [name, ...below] = path;
  if (name === undefined || isOpen(value)) return [value];
  return entriesOf(value)
    .filter(({ key }) => key.text.toLowerCase() === name)
    .flatMap((entry) => valuesOf(entry.value).flatMap((found) => valuesBelow(found, below)));
}

function itemsOf(node: DataNode): readonly DataNode[] {
  return valuesOf(node).flatMap((value) =>
    value.type === "list" ? value.items.flatMap(valuesOf) : [value],
  );
}

function entriesOf(node: DataNode): DataMap["entries"] {
  return node.type === "map" ? node.entries : [];
}

// A matrix cannot refer to itself.
function valuesOf(node: DataNode): readonly DataNode[] {
  return possibleValues(node, NO_MATRIX);
}
