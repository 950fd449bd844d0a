/** A line with what belongs under it. `label` is one line, escaped by its writer. */
export interface TreeNode {
  readonly label: string;
  readonly children: readonly TreeNode[];
}

/** A leaf, or a branch over `children`. */
export function treeNode(label: string, children: readonly TreeNode[] = []): TreeNode {
  return { label, children };
}

/** The tree as text, one line a node, each ending in a line break. */
export function treeText(node: TreeNode): string {
  return [node.label, ...linesUnder(node)].map((line) => `${line}\n`).join("");
}

function linesUnder({ children }: TreeNode): readonly string[] {
  return children.flatMap((child, index) => {
    const last = index === children.length - 1;
    const below = last ? "   " : "│  ";
    return [
      `${last ? "└─ " : "├─ "}${child.label}`,
      ...linesUnder(child).map((line) => below + line),
    ];
  });
}
