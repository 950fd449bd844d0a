import { expect, test } from "vitest";
import { writtenByRun } from "../../../../../rules/capabilities/github-step/taint/run-writes.ts";
import type { Taint } from "../../../../../rules/capabilities/github-step/taint/taint.ts";
import { ANY_NAME } from "../../../../../rules/capabilities/github-step/taint/taint-store.ts";
import type { TaintsByName } from "../../../../../rules/capabilities/github-step/taint/written-values.ts";

const TEXT: Taint = {
  path: "github.event.issue.title",
  level: "outsider",
  through: "",
  certainty: "exact",
};

/** The names under which a script hands on the text of others that `$V` holds. */
function namesBy(run: string): { outputs: string[]; variables: string[] } {
  const { outputs, variables } = writtenByRun(run, {
    expression: () => [],
    variable: (name) => (name === "V" ? [TEXT] : []),
    ownVariables: [TEXT],
  });
  return { outputs: namesOf(outputs), variables: namesOf(variables) };
}

function namesOf(values: TaintsByName): string[] {
  return [...values].filter(([, taints]) => taints.length > 0).map(([name]) => name);
}

test.each([
  { run: 'echo "Title=$V" >> $GITHUB_OUTPUT', outputs: ["title"], variables: [] },
  { run: 'echo "Title=$V" >> $GITHUB_ENV', outputs: [], variables: ["Title"] },
  { run: 'echo "A=$V" | tee $GITHUB_ENV $GITHUB_OUTPUT', outputs: ["a"], variables: ["A"] },
  { run: 'echo "::set-output name=the-title::$V"', outputs: ["the-title"], variables: [] },
  { run: 'echo "::set-env name=TITLE::$V"', outputs: [], variables: ["TITLE"] },
  { run: '"title=$env:V" >> $env:GITHUB_OUTPUT', outputs: ["title"], variables: [] },
  { run: '  "title=$env:V" >> $env:GITHUB_OUTPUT', outputs: ["title"], variables: [] },
  { run: './write "title" >> $GITHUB_OUTPUT', outputs: [ANY_NAME], variables: [] },
  { run: 'echo "$V"', outputs: [], variables: [] },
])("`$run` writes its text under the names that it says", ({ run, outputs, variables }) => {
  expect(namesBy(run)).toEqual({ outputs, variables });
});

test.each(["<<EOF", "<< EOF", "<<-EOF", "<<'EOF'", '<< "EOF"', "<<\\E"])(
  "a line that reads a document (%s) writes what stands in it",
  (opening) => {
    const run = `{ echo "t=$(cat)"; } >> $GITHUB_OUTPUT ${opening}\n$V\nEOF`;
    expect(namesBy(run).outputs).toEqual([ANY_NAME]);
  },
);

test.each([
  "SO=$V",
  "  SO=$V",
  "export SO=$V",
  "SO+=$V",
  "$so=$env:V",
  "$so  = $env:V",
  "for SO in $V; do",
  "for  SO  in $V; do",
  "read SO",
  "read  SO",
  "read -r SO",
  "read -r  SO",
  'SO="\n$V\n"',
])("a variable holds what `%s` gives it", (assignment) => {
  expect(namesBy(`${assignment}\necho "t=$SO" >> $GITHUB_OUTPUT`).outputs).toEqual(["t"]);
});

test.each([
  "--so=$V",
  "build.SO=$V",
  "if ($so == $env:V) {",
  "format SO in $V",
  "spread SO $V",
  'SO="\\""',
])("a variable holds nothing by `%s`", (line) => {
  expect(namesBy(`${line}\necho "t=$SO" >> $GITHUB_OUTPUT`).outputs).toEqual([]);
});
