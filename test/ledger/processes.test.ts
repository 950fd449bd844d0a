import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { initLedger } from "../../ledger/genesis.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { DOCUMENTS, soundRecords, verdictDraft } from "./writer-fixture.ts";

const APPENDER = fileURLToPath(new URL("append-process.ts", import.meta.url));

async function ground() {
  const repository = await createFixtureRepository();
  const branch = await openLedgerBranch({ repository: repository.directory });
  const { key, pem } = generateSigningKey();
  const keyFile = join(repository.gitDir, "key.pem");
  await writeFile(keyFile, pem, { mode: 0o600 });
  const at = new Date("2026-01-02T03:04:05Z");
  const pin = parsePin(await initLedger(branch, { key, repositories: [REPOSITORY_ID], at }));
  const directory = join(repository.gitDir, "bailiff");
  const start = (...numbers: readonly number[]) =>
    spawn(
      process.execPath,
      [APPENDER, repository.directory, keyFile, pin.trustRoot, directory, ...numbers.map(String)],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
  const options = {
    branch,
    key,
    expectedRoot: pin.trustRoot,
    repositoryId: REPOSITORY_ID,
    directory,
  };
  const stack = new AsyncDisposableStack();
  stack.use(repository);
  stack.use(branch);
  return { branch, start, options, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function judged(branch: Parameters<typeof soundRecords>[0]): Promise<readonly unknown[]> {
  const [, ...records] = await soundRecords(branch);
  return records.map(({ predicate }) => (predicate["action"] as { number: unknown }).number);
}

test("processes that append at once are all placed, once each", async () => {
  await using here = await ground();
  const writers = [here.start(1, 2), here.start(3, 4), here.start(5, 6), here.start(7, 8)];
  const codes = await Promise.all(
    writers.map(async (writer) => (await once(writer, "exit"))[0] as number),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
  expect([...(await judged(here.branch))].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("a process killed at any moment leaves a ledger that the next one goes on with", async () => {
  await using here = await ground();
  const victim = here.start(...Array.from({ length: 50 }, (_, at) => at + 1));
  await pastRecords(here.branch, 3);
  victim.kill("SIGKILL");
  await once(victim, "exit");
  await openSequencer(here.options).append([verdictDraft({ number: 100 })], DOCUMENTS);
  const numbers = await judged(here.branch);
  expect(numbers.at(-1)).toBe(100);
  expect(numbers).toEqual([...numbers.slice(0, -1).map((_, at) => at + 1), 100]);
});

async function pastRecords(
  branch: Parameters<typeof soundRecords>[0],
  count: number,
): Promise<void> {
  while ((await soundRecords(branch)).length <= count) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
