/** A folder that is mutated, and the tests that have to notice. */
export interface Part {
  readonly name: string;
  readonly room: "ledger" | "rules";
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * Tests that start processes or git, or that try thousands of random inputs, repeat slowly what the
 * others hold.
 */
export const NOT_FOR_MUTANTS: readonly string[] = [
  "test/rules/policy/hostile-policies.test.ts",
  "test/rules/capabilities/form-laws.test.ts",
  "test/rules/capabilities/grant-laws.test.ts",
  "test/rules/capabilities/total-laws.test.ts",
  "test/ledger/processes.test.ts",
  "test/ledger/remote-faults.long.test.ts",
  "test/ledger/verify/tampering.test.ts",
  "test/ledger/verify/written-ledger.test.ts",
  "test/ledger/verify/*-through-git.test.ts",
  "test/ledger/verify/hidden-by-git.test.ts",
  "test/**/*.long.test.ts",
];

/** What reads workflows and actions is one reader in several folders. */
const ACTIONS_TESTS: readonly string[] = [
  "test/rules/capabilities/github-*/**",
  "test/rules/capabilities/github-*.test.ts",
];

/** Every folder of `rules/` and `ledger/` against its own mirror in `test/`, which is what keeps a run short. */
export const PARTS: readonly Part[] = [
  part("ledger/format"),
  part("ledger/append", ["test/ledger/append/**", "test/ledger/*.test.ts"]),
  part("ledger/verify"),
  part("ledger/export"),
  part("ledger/lineage"),
  room("ledger"),
  part("rules/change"),
  part("rules/facts", ["test/rules/facts/**", "test/rules/policy/{load,match}.test.ts"]),
  part("rules/policy"),
  part("rules/verdict", ["test/rules/verdict/**", "test/rules/*.test.ts"]),
  part("rules/capabilities/git-modules"),
  part("rules/capabilities/github-action", ACTIONS_TESTS),
  part("rules/capabilities/github-expression", ACTIONS_TESTS),
  part("rules/capabilities/github-step", ACTIONS_TESTS),
  part("rules/capabilities/github-workflow", ACTIONS_TESTS),
  part("rules/capabilities/shell", ["test/rules/capabilities/shell/**", ...ACTIONS_TESTS]),
  part("rules/capabilities/tree"),
  {
    name: "rules/capabilities",
    room: "rules",
    mutate: ["rules/capabilities/*.ts"],
    tests: ["test/rules/capabilities/*.test.ts"],
  },
  room("rules"),
];

function part(
  name: string,
  tests: readonly string[] = [`test/${name}/**`, `test/${name}.test.ts`],
): Part {
  const mirror = tests.map((glob) => (glob.endsWith("/**") ? `${glob}/*.test.ts` : glob));
  return { name, room: roomOf(name), mutate: [`${name}/**/*.ts`], tests: mirror };
}

/** What lies at the top of a room. */
function room(name: "ledger" | "rules"): Part {
  return { name, room: name, mutate: [`${name}/*.ts`], tests: [`test/${name}/*.test.ts`] };
}

function roomOf(name: string): "ledger" | "rules" {
  return name.startsWith("ledger/") ? "ledger" : "rules";
}
