import fc from "fast-check";
import { RECOMMENDED_1 } from "../../../rules/packs/recommended-1.ts";

const encoder = new TextEncoder();

const SOUND = `version: 1
extends: [bailiff:recommended@1]
policies:
  - id: writes
    title: A token that writes
    decision: DENY
    each: capabilities
    match: { delta: [added, raised], kind: "github.*", any: [{ after: write }, { name: { not: "a*" } }] }
    only: { action.baseBranch: [main, "release/**"] }
    unless: { approved_by: { users: [bo, cy], count: 2 } }
    message: "{{item.holder}}: {{item.name}}"
  - id: many
    decision: WARN
    when: { ">": [{ reduce: [{ var: change.files }, { "+": [{ var: accumulator }, 1] }, 0] }, 50] }
    remedy: split it
`;

/** What means something to YAML, to policies, to patterns or to JavaScript. */
const fragment = fc.constantFrom(
  ...["{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "&a ", "*a", "<<: ", "!!js/function ", "---\n"],
  ...["%YAML 1.1\n", "|\n", ">-\n", "'", '"', "\\", "#", "? ", "~", "0o17", "1e999", ".nan", "\0"],
  ...["\u{85}", "\u{2028}", "\u{feff}", "\t", "\r", "__proto__", "constructor", "item", "var"],
  ...[
    "match",
    "not",
    "any",
    "matches",
    "atLeast",
    "when",
    "some",
    "reduce",
    "(a+)+$",
    "{a,{b",
    "[!",
  ],
  ...[
    "**/",
    "{{",
    "}}",
    "{{item.path}}",
    "version: 1\n",
    "policies:\n",
    "id: a\n",
    "each: files\n",
  ],
);

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc.array(fragment, { maxLength: 12 }).map((parts) => encoder.encode(parts.join(""))),
);

/** Sound documents in which a few bytes were cut or replaced, and some that never were sound. */
export const hostileDocument: fc.Arbitrary<Uint8Array> = fc.oneof(
  bytes,
  fc
    .tuple(
      fc.constantFrom(SOUND, RECOMMENDED_1),
      fc.array(fc.tuple(fc.nat(), fc.nat(20), bytes), { minLength: 1, maxLength: 4 }),
    )
    .map(([text, edits]) =>
      edits.reduce<Uint8Array>((content, [at, length, put]) => {
        const start = at % (content.length + 1);
        const rest = content.subarray(start + length);
        return Uint8Array.from([...content.subarray(0, start), ...put, ...rest]);
      }, encoder.encode(text)),
    ),
);
