import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPolicies } from "../../../rules/policy/load.ts";
import { leastMs } from "../capabilities/reading-speed.ts";
import { judge } from "../../../rules/judge.ts";
import { evidenceOf, policySource } from "../sample-evidence.ts";
import { hostileDocument } from "./hostile-document.ts";

const seed = Number(process.env["BAILIFF_SEED"] ?? Date.now() % 2 ** 31);
console.log(`BAILIFF_SEED=${seed}`);

const BYTES = 250_000;
/** Ten times what the slowest of them takes on an idle machine of 2020. */
const MAX_MS = 10_000;

test("any of very many documents loads or is refused, and passes nothing where it is", () => {
  fc.assert(
    fc.property(hostileDocument, (bytes) => {
      const source = { ...policySource(""), bytes };
      const { problems } = loadPolicies([source], false);
      const { verdict } = judge(evidenceOf([{ path: "src/a", head: "a" }], [source]));
      for (const { message, remedy } of problems) expect([message, remedy]).not.toContain("");
      if (problems.length > 0) expect(verdict.policyIds).toContain("bailiff/policy-error");
    }),
    { numRuns: 5_000, seed },
  );
});

const FILE = "version: 1\npolicies:\n";
const match = (text: string): string =>
  `${FILE}  - { id: a, decision: DENY, each: files, match: ${text} }\n`;

describe("a quarter of a megabyte, which is all that a file may have, is loaded in seconds:", () => {
  test.each([
    { what: "unknown keys of a file", text: `version: 1\n${numbered((n) => `polcies${n}: x\n`)}` },
    {
      what: "unknown keys of a policy",
      text: `${FILE}  - id: a\n${numbered((n) => `    decisio${n}: x\n`)}`,
    },
    { what: "unknown facts", text: match(`{ ${numbered((n) => `pat${n}: x, `)} }`) },
    { what: "unknown values", text: match(`{ status: [${numbered((n) => `adde${n}, `)}] }`) },
    { what: "empty policies", text: FILE + numbered(() => "  - {}\n") },
    {
      what: "globs that are not closed",
      text: match(`{ path: [${numbered((n) => `'[${n}', `)}] }`),
    },
    {
      what: "patterns that repeat",
      text: match(`{ path: [${numbered((n) => `{ matches: '(x{1,30}){1,30}${n}y' }, `)}] }`),
    },
    {
      what: "patterns that repeat too much",
      text: match(
        `{ path: [${numbered((n) => `{ matches: '${"x{1000}".repeat(140)}${n}' }, `)}] }`,
      ),
    },
    {
      what: "patterns of letters of all scripts",
      text: match(
        `{ path: [${numbered((n) => `{ matches: '${"[\\p{L}\\p{N}]".repeat(70)}${n}' }, `)}] }`,
      ),
    },
    {
      what: "operators in operators",
      text: `${FILE}  - { id: a, decision: DENY, when: { and: [${numbered(() => `{ "!": [{ "!": [true] }] }, `)}] } }\n`,
    },
  ])("$what", ({ text }) => {
    const source = policySource(text);
    expect(source.bytes.length).toBeLessThan(256 * 1024);
    const ms = leastMs(() => loadPolicies([source], false), 1);
    console.log(`  ${ms.toFixed(0)} ms`);
    expect(ms).toBeLessThan(MAX_MS);
  });
});

function numbered(part: (n: number) => string): string {
  let text = "";
  for (let n = 0; text.length < BYTES; n += 1) text += part(n);
  return text;
}
