import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerClone } from "../../../git/ledger-clone.ts";
import { openRepository, type Repository } from "../../../git/repository.ts";
import { PROBLEM_CODES } from "../../../ledger/verify/problems.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { createFixtureRepository, type FixtureRepository } from "../../git/fixture-repository.ts";
import type { PlannedCommit } from "../fake-clone.ts";
import { sampleLedger } from "../ledger-builder.ts";
import { ATTACKS } from "./attacks.ts";

let repository: FixtureRepository;
let opened: Repository;

beforeAll(async () => {
  repository = await createFixtureRepository({ bare: true });
  opened = await openRepository(repository.directory);
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await repository.dispose();
});

test("each code of the format's table has an attack of its own, planted through git", () => {
  const planted = new Set(ATTACKS.map(({ codes }) => codes[0]));
  expect([...planted].sort()).toEqual([...PROBLEM_CODES].sort());
});

test("a ledger that nobody touched verifies from a repository", async () => {
  const { commits, pin } = sampleLedger();
  const ids = await planted(commits);
  expect(await verified(ids, { pin })).toMatchObject({ ok: true, size: 5, problems: [] });
});

test.each(ATTACKS)("$codes.0 through git: $when", async (attack) => {
  const ids = await planted(attack.commits());
  const { problems } = await verified(ids, attack.options?.() ?? {});
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(attack.codes));
  const at = /^commit (\d+)/.exec(String(attack.since))?.[1];
  if (at !== undefined) {
    const { since } = problems.find(({ code }) => code === attack.codes[0]) ?? {};
    expect(since).toContain(`commit ${ids[Number(at)]?.slice(0, 7) ?? ""}`);
  }
});

async function verified(
  ids: readonly string[],
  options: Parameters<typeof verifyLedger>[1],
): ReturnType<typeof verifyLedger> {
  await using clone = await openLedgerClone({
    repository: opened,
    ref: ids.at(-1) ?? "",
  });
  return await verifyLedger(clone, options);
}

/** Equal beginnings are planted once. */
const known = new Map<string, string>();

async function planted(commits: readonly PlannedCommit[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { message, files } of commits) {
    const content = JSON.stringify([ids.at(-1), message, files]);
    const key = createHash("sha256").update(content).digest("hex");
    const parents = ids.slice(-1);
    const commit = { branch: `planted-${key.slice(0, 16)}`, parents, message };
    const id = known.get(key) ?? (await repository.commit(files, commit));
    known.set(key, id);
    ids.push(id);
  }
  return ids;
}
