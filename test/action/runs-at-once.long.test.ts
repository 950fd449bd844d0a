import { expect, test } from "vitest";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { beginLedger, emptyWorkspace, jobToken, startShop } from "./change-in-github.ts";
import { runStep } from "./runner/run-step.ts";

const RUNS = 8;

test("eight runs that record at once are all on the record, and a clone verifies", async () => {
  await using fixture = await startShop();
  await using workspace = await emptyWorkspace();
  const { repository, github } = fixture;
  const signing = generateSigningKey();
  const trustRoot = await beginLedger(fixture, signing.key);

  const pushes: { before: string; after: string }[] = [];
  for (let n = 0; n < RUNS; n += 1) {
    const before = (await repository.head("main")) ?? "";
    const files = { "a.txt": `${n}\n` };
    pushes.push({ before, after: await repository.commit({ branch: "main", files, by: "ann" }) });
  }
  const place = { id: repository.id, full_name: "acme/shop", default_branch: "main" };
  const results = await Promise.all(
    pushes.map(({ before, after }) =>
      runStep({
        event: "push",
        payload: { ref: "refs/heads/main", before, after, repository: place },
        repository: { id: repository.id, fullName: "acme/shop" },
        sha: after,
        workspace: workspace.folder,
        serverUrl: github.url,
        token: jobToken(fixture, { contents: "write" }),
        with: { "signing-key": signing.pem, "ledger-root": trustRoot },
      }),
    ),
  );

  expect(results.map(({ succeeded }) => succeeded)).toEqual(results.map(() => true));
  const indices = results.map(({ outputs }) => Number(outputs["record"]));
  expect(indices.toSorted((a, b) => a - b)).toEqual(results.map((_, n) => n + 1));
  await using clone = await openLedgerClone({ repository: repository.gitFolder });
  expect(await verifyLedger(clone, {})).toMatchObject({ ok: true, size: RUNS + 1 });
});
