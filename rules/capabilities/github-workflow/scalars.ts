import { entryOf, type DataMap, type DataNode, type DataScalar } from "../data/data-node.ts";

/** Every scalar of a node in the order of the file, keys among them. */
export function scalarsIn(node: DataNode | undefined): DataScalar[] {
  const found: DataScalar[] = [];
  if (node) collect(node, found);
  return found;
}

/** The `if` of a job and of each of its steps: expressions as a whole, with or without `${{ }}`. */
export function conditionScalars(job: DataMap): DataScalar[] {
  const steps = entryOf(job, "steps")?.value;
  const owners = [job, ...(steps?.type === "list" ? steps.items : [])];
  return owners.flatMap((owner) => {
    const condition = owner.type === "map" ? entryOf(owner, "if")?.value : undefined;
    return condition?.type === "scalar" ? [condition] : [];
  });
}

function collect(node: DataNode, found: DataScalar[]): void {
  if (node.type === "scalar") found.push(node);
  else if (node.type === "list") for (const item of node.items) collect(item, found);
  else {
    for (const { key, value } of node.entries) {
      found.push(key);
      collect(value, found);
    }
  }
}
