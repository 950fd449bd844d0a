import { expect, test } from "vitest";
import { writeTrustRoot } from "../../../ledger/format/trust-root.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import type { FixtureFile } from "../../git/fixture-repository.ts";
import { fakeClone, type PlannedCommit } from "../fake-clone.ts";
import { LEDGER_KEY, rootDocument, sampleLedger } from "../ledger-builder.ts";
import { amended, contentOf } from "./attacks/attack.ts";

const TRUST = "trust/1.root.json";
const keyset = contentOf(sampleLedger().commits, TRUST);
const otherKeyset = writeTrustRoot(rootDocument({ repositories: ["666"] }), [LEDGER_KEY]);

/** What is told where each commit after the first made a file another one. */
async function told(path: string, ...files: readonly FixtureFile[]): Promise<readonly string[]> {
  const commits = files.reduce<readonly PlannedCommit[]>(
    (before, file, at) => amended(before, at + 1, { [path]: file }),
    sampleLedger().commits,
  );
  const { problems } = await verifyLedger(fakeClone(commits));
  return problems.map(({ code, place }) => `${code} ${place}`);
}

test.each<{ what: string; path: string; files: readonly FixtureFile[]; code: string }>([
  { what: "a file that no ledger has", path: "notes.txt", files: ["a", "b"], code: "FILE_FOREIGN" },
  { what: "a keyset", path: TRUST, files: [otherKeyset, keyset], code: "TRUST_INVALID" },
  {
    what: "an executable README",
    path: "README.md",
    files: ["a", { mode: "100755", content: "b" }],
    code: "FILE_FOREIGN",
  },
])("$what that was another one for a while is told once", async ({ path, files, code }) => {
  expect(await told(path, ...files)).toEqual([`${code} ${path}`]);
});

test("a README that was gone, and another one, for a while tells no reader anything", async () => {
  expect(await told("README.md", null, "a", "b")).toEqual([]);
});
