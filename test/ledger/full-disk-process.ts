/**
 * Appends on a disk that is full at one page after another: `node full-disk-process.ts FOLDER`, in a
 * user and mount namespace of its own, where it may mount a small disk. Prints one JSON document.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { initLedger } from "../../ledger/genesis.ts";
import type { PlacedRecord } from "../../ledger/record.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import { fixtureGit } from "../git/fixture-repository.ts";
import { watchedKey } from "./mortal-writer.ts";
import { twoRoots } from "./one-machine.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { DOCUMENTS, soundRecords, verdictDraft, WRITER_KEY } from "./writer-fixture.ts";

const [, , folder = ""] = process.argv;
const PAGES = 4_096;
const PAGE_BYTES = 4_096;

function mountDisk(place: string): void {
  mkdirSync(place);
  const size = `size=${PAGES * PAGE_BYTES}`;
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", place]);
  if (status !== 0) throw new Error("no disk of its own");
}

/** Leaves so many pages free on a disk while `work` runs. */
async function whileFull(place: string, pages: number, work: () => Promise<void>): Promise<void> {
  const filler = join(place, "filler");
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - pages * PAGE_BYTES)));
  try {
    await work();
  } finally {
    rmSync(filler);
  }
}

/** What became of a ledger whose `where` is on the small disk: the repository, or the writer's folder. */
async function run(where: "repository" | "writer", mostPages: number) {
  const disk = join(folder, where);
  mountDisk(disk);
  const elsewhere = join(folder, `${where}-else`);
  mkdirSync(elsewhere);
  const [repository, directory] =
    where === "repository"
      ? [join(disk, "ledger.git"), join(elsewhere, "own")]
      : [join(elsewhere, "ledger.git"), join(disk, "own")];
  await fixtureGit(folder, ["init", "-q", "--bare", repository]);
  await using branch = await openLedgerBranch({ repository });
  const beginning = { key: WRITER_KEY, repositories: [REPOSITORY_ID], at: new Date() };
  const pin = parsePin(await initLedger(branch, beginning));
  const heads = new Map<string, Set<string>>();
  const ledger = openSequencer({
    ...{ branch, directory, key: watchedKey(WRITER_KEY, heads), repositoryId: REPOSITORY_ID },
    expectedRoot: pin.trustRoot,
  });

  const answered: PlacedRecord[] = [];
  let failed = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const append = async () => {
      answered.push(...(await ledger.append([verdictDraft({ number: pages + 1 })], DOCUMENTS)));
    };
    await whileFull(disk, pages, () =>
      append().catch(() => {
        failed += 1;
      }),
    );
    // There is room again: the same is appended once more, and stands once.
    if (pages % 2 === 0) await append();
  }
  await ledger.append([verdictDraft({ number: 1_000 })], DOCUMENTS);

  await using clone = await openLedgerClone({ repository });
  const { problems } = await verifyLedger(clone, { pin });
  const [, ...records] = await soundRecords(branch);
  const numbers = records.map(
    ({ predicate }) => (predicate["action"] as { number: number }).number,
  );
  return {
    ...{ failed, answered: answered.length, problems, twoRoots: twoRoots({ heads }) },
    lost: answered.filter(({ index }) => index > records.length).length,
    told: numbers.length,
    twice: numbers.length - new Set(numbers).size,
    litter: readdirSync(join(directory, pin.trustRoot.slice(0, 16))).filter((name) =>
      name.endsWith(".tmp"),
    ),
  };
}

const results = { repository: await run("repository", 60), writer: await run("writer", 30) };
process.stdout.write(JSON.stringify(results));
