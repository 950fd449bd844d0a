import { entryOf, type YamlMap, type YamlNode } from "../yaml-node.ts";
import { type Matrix, NO_MATRIX } from "./evaluate.ts";
import { isOpen, possibleValues } from "./possible-values.ts";

/** The values under each name in lower case, and the expressions that may add more of any name. */
interface Axes {
  readonly values: Map<string, YamlNode[]>;
  readonly open: YamlNode[];
}

/**
 * The matrix of a job: the lists of `strategy.matrix` and the values of its `include`, each for
 * itself. What `exclude` leaves out counts too. At no path stand all of its values.
 *
 * Source: docs.github.com, "Workflow syntax for GitHub Actions", `jobs.<job_id>.strategy.matrix`.
 */
export function matrixOf(job: YamlMap): Matrix {
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
function readMatrix(matrix: YamlNode, axes: Axes): void {
  if (isOpen(matrix)) axes.open.push(matrix);
  for (const { key, value } of entriesOf(matrix)) {
    if (key.text === "include") readInclude(value, axes);
    else if (key.text !== "exclude") add(axes, key.text, itemsOf(value));
  }
}

function readInclude(include: YamlNode, axes: Axes): void {
  for (const item of itemsOf(include)) {
    if (isOpen(item)) axes.open.push(item);
    for (const { key, value } of entriesOf(item)) add(axes, key.text, valuesOf(value));
  }
}

function add({ values }: Axes, name: string, added: readonly YamlNode[]): void {
  const known = values.get(name.toLowerCase()) ?? [];
  for (const value of added) known.push(value);
  values.set(name.toLowerCase(), known);
}

function valuesBelow(value: YamlNode, path: readonly string[]): readonly YamlNode[] {
  const [name, ...below] = path;
  if (name === undefined || isOpen(value)) return [value];
  return entriesOf(value)
    .filter(({ key }) => key.text.toLowerCase() === name)
    .flatMap((entry) => valuesOf(entry.value).flatMap((found) => valuesBelow(found, below)));
}

function itemsOf(node: YamlNode): readonly YamlNode[] {
  return valuesOf(node).flatMap((value) =>
    value.type === "list" ? value.items.flatMap(valuesOf) : [value],
  );
}

function entriesOf(node: YamlNode): YamlMap["entries"] {
  return node.type === "map" ? node.entries : [];
}

// A matrix cannot refer to itself.
function valuesOf(node: YamlNode): readonly YamlNode[] {
  return possibleValues(node, NO_MATRIX);
}
