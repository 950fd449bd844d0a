import { readFileSync } from "node:fs";
import ts from "typescript";

/** The titles of a test file as they are written, and the rows of its tables (`when: "…"`). */
export interface TestTitles {
  readonly titles: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
}

/** Also what a file makes of them: `const suiteTest = test.skipIf(absent)`. */
const TESTS = /^(?:test|describe|\w+Test)$/;

/** Reads a test file's titles from its syntax: nothing of it runs. Throws where there is no such file. */
export function titlesOf(file: URL): TestTitles {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile("test.ts", text, ts.ScriptTarget.Latest, true);
  const titles = new Set<string>();
  const rows = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) addText(titles, node.arguments[0]);
    if (ts.isPropertyAssignment(node)) addText(rows, node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { titles, rows };
}

/** `test(…)`, `test.each(table)(…)`, `describe.skipIf(absent)(…)`: whatever begins with one of the words. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return TESTS.test(callee.text);
  if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) {
    return isTest(callee.expression);
  }
  return false;
}

/** A template's title counts with its holes as they are written. */
function addText(texts: Set<string>, node: ts.Node | undefined): void {
  if (node === undefined) return;
  if (ts.isStringLiteralLike(node)) texts.add(node.text);
  else if (ts.isTemplateExpression(node)) texts.add(node.getText().slice(1, -1));
}
