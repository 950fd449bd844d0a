import { expect, test } from "vitest";
import {
  type ScriptSources,
  taintedScript,
  variablesIn,
} from "../../../../../rules/capabilities/github-step/taint/script-text.ts";
import type { Taint } from "../../../../../rules/capabilities/github-step/taint/taint.ts";

const taintOf = (path: string): Taint => {
  return { path, level: "outsider", through: "", certainty: "exact" };
};

/** Every expression holds a text named after it, every variable none. */
const SOURCES: ScriptSources = {
  expression: (inner) => [taintOf(inner.trim())],
  variable: () => [],
  ownVariables: [],
};

function pathsIn(script: string): string[] {
  return taintedScript(script, SOURCES).all.map(({ path }) => path);
}

test.each([
  "$TITLE_2",
  "${TITLE_2}",
  "${#TITLE_2}",
  "${!TITLE_2}",
  "$env:TITLE_2",
  "${env:TITLE_2}",
  "%TITLE_2%",
  "process.env.TITLE_2",
  'process.env["TITLE_2"]',
  "os.environ['TITLE_2']",
  "os.environ.get('TITLE_2')",
  'os.getenv("TITLE_2")',
])("%s reads a variable", (line) => {
  expect(variablesIn(line)).toEqual(["TITLE_2"]);
});

test.each(["TITLE", "my.environ.TITLE", "myenv.TITLE", "my_env['TITLE']", "$2", "getenv(TITLE)"])(
  "%s reads none",
  (line) => {
    expect(variablesIn(line)).toEqual([]);
  },
);

test("each expression is one mark of its line, which has that expression's texts", () => {
  const { lines, all } = taintedScript("a ${{ x }} ${{ y }}\nb\nc ${{ z }}", SOURCES);
  expect(lines).toEqual([
    { text: "a ${{0}} ${{1}}", taints: [taintOf("x"), taintOf("y")] },
    { text: "b", taints: [] },
    { text: "c ${{2}}", taints: [taintOf("z")] },
  ]);
  expect(all).toEqual([taintOf("x"), taintOf("y"), taintOf("z")]);
});

test("the eleventh expression has its own texts", () => {
  const names = Array.from({ length: 11 }, (_, at) => `x${at}`);
  expect(pathsIn(names.map((name) => `\${{ ${name} }}`).join("\n"))).toEqual(names);
});

test("what only looks like the mark of an expression has no texts", () => {
  expect(taintedScript("echo ${{ ' ${{5}}", SOURCES).all).toEqual([]);
});

test.each([
  ["a\\\nb", ["a b"]],
  ["a \\\r\n  b\r\nc", ["a    b", "c"]],
  ["a\nb", ["a", "b"]],
])("%j has the lines %j", (script, lines) => {
  expect(taintedScript(script, SOURCES).lines.map(({ text }) => text)).toEqual(lines);
});

const ISSUE_TITLE = ["github.event.issue.title"];

test.each([
  ['jq -r .issue.title "$GITHUB_EVENT_PATH"', ISSUE_TITLE],
  ["a = context.payload.issue.title", ISSUE_TITLE],
  ["a = context.payload?.issue?.title", ISSUE_TITLE],
  ["b = context.payload; a = b?.payload.issue.title", ISSUE_TITLE],
  ["a = context.payload.issue.number", []],
  ["a = context.payload.issue", []],
  ["a = context.payload", []],
  ["b = context.payload; a = b.issue.payload.title", []],
  ["a = context.payloads.issue.title", []],
  ["a = event.issue.title", []],
])("of the event's texts %s reads %j", (line, paths) => {
  expect(pathsIn(line)).toEqual(paths);
});

test("which text of the event is read is a guess, and it came through nothing", () => {
  const [title = ""] = ISSUE_TITLE;
  expect(taintedScript("context.payload.issue.title", SOURCES).all).toEqual([
    { ...taintOf(title), certainty: "heuristic" },
  ]);
});
