import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFileGrants } from "../../../rules/capabilities/read-file.ts";
import { claimsOn, readers } from "../../../rules/capabilities/readers.ts";
import { allSamples } from "./formats/all-samples.ts";
import { expectSound, linesOf } from "./sound.ts";
import { actionAdversaries, textAdversaries, workflowAdversaries } from "./adversaries.ts";
import { diffOf } from "./changes.ts";
import { workflow } from "./workflow-model.ts";
import { hand, type Value, written } from "./yaml-hand.ts";

const PATHS = [
  ".github/workflows/ci.yml",
  ".github/workflows",
  "action.yml",
  "a/action.yaml",
  ".gitmodules",
];
const OTHERS = ["src/a.ts", "a.min.js", "a/b.exe", "README.md"];
const MODES = ["100644", "100755", "120000", "160000"] as const;

const encoder = new TextEncoder();

/** Every byte, and what YAML, shells and expressions take for more than a letter. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => encoder.encode(text)),
  fc
    .array(
      fc.constantFrom(
        "${{",
        "}}",
        "'",
        '"',
        "\n",
        "  ",
        "- ",
        ": ",
        "[",
        "}",
        "&a ",
        "*a",
        "on",
        "jobs",
        "runs",
        "|",
        "#",
        "\u202E",
        "\0",
      ),
      { maxLength: 60 },
    )
    .map((parts) => encoder.encode(parts.join(""))),
);

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>("on", "${{ github.event.issue.title }}", "inherit", "", null, true, 7),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(word(), tie("value"), { maxKeys: 4 }),
  ),
}));

/** Keys that mean something with values that do not. */
const strange = fc
  .record(
    { on: value, jobs: fc.dictionary(word(), value), permissions: value, env: value, runs: value },
    { requiredKeys: [] },
  )
  .map((model) => model as { readonly [key: string]: Value });

/** A real workflow in which a few bytes were cut, doubled or replaced. */
const mutated = fc
  .tuple(workflow, hand, fc.array(fc.tuple(fc.nat(), fc.nat(30), bytes), { maxLength: 4 }))
  .map(([model, style, edits]) =>
    edits.reduce(
      (content, [at, length, put]) => {
        const start = at % (content.length + 1);
        return Uint8Array.from([
          ...content.subarray(0, start),
          ...put,
          ...content.subarray(start + length),
        ]);
      },
      encoder.encode(written(model, style)),
    ),
  );

const content = fc.oneof(
  bytes,
  mutated,
  fc.tuple(strange, hand).map(([model, style]) => encoder.encode(written(model, style))),
);

function word(): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...["steps", "runs-on", "uses", "run", "if", "with", "env", "permissions", "secrets", "needs"],
    ...["container", "services", "strategy", "matrix", "outputs", "using", "a", "__proto__", "1"],
  );
}

/** No reader throws, and what it tells is sound, whatever it is given; each law is tried `runs` times. */
export function totalLaws(runs: number): void {
  describe("every reader is total", () => {
    test.each(PATHS)("at %s, for any bytes and any YAML", (path) => {
      fc.assert(
        fc.property(content, (given) => {
          const reading = claimsOn(path)[0]?.reader.read(path, given);
          if (reading) expectSound(reading, linesOf(given));
        }),
        { numRuns: runs },
      );
    });

    test("as every kind of file, among the readers of what paths are", () => {
      const file = fc.record({
        path: fc.constantFrom(...PATHS, ...OTHERS),
        mode: fc.constantFrom(...MODES),
        content: fc.oneof(content, fc.constant({ unread: "missing-object" as const })),
      });
      fc.assert(
        fc.property(file, ({ path, mode, content }) => {
          const { capabilities } = readFileGrants({
            ...{ path, content },
            version: { oid: "0".repeat(40), mode },
          });
          const lines = content instanceof Uint8Array ? linesOf(content) : 1;
          expectSound({ understood: true, capabilities }, lines);
        }),
        { numRuns: runs },
      );
    });

    test("a change between any two contents is compared", () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...PATHS, ...OTHERS),
          content,
          content,
          (path, before, after) => {
            expect(Array.isArray(diffOf({ [path]: before }, { [path]: after }))).toBe(true);
          },
        ),
        { numRuns: runs },
      );
    });

    test("every reader of a format is among the paths above", () => {
      const paths = [...PATHS, ...allSamples.flatMap(({ files }) => files.map(({ path }) => path))];
      const tried = new Set(
        paths.flatMap((path) => claimsOn(path).map(({ reader }) => reader.name)),
      );
      expect(readers.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
    });

    test.each([...workflowAdversaries, ...actionAdversaries, ...textAdversaries])(
      "for $what",
      ({ path, write }) => {
        const text = encoder.encode(write(4_000));
        const { capabilities } = readFileGrants({
          ...{ path, content: text },
          version: { oid: "0".repeat(40), mode: "100644" },
        });
        expectSound({ understood: true, capabilities }, linesOf(text));
      },
    );
  });
}
