import { copyFile, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLedgerClone } from "../../../git/ledger-clone.ts";
import { openRepository, type Repository } from "../../../git/repository.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { createFixtureRepository, type FixtureRepository } from "../../git/fixture-repository.ts";
import { SeededRandom, seedOfRun } from "../seeded-random.ts";
import { REPOSITORY_ID } from "../verdict-fixture.ts";
import {
  expectedOf,
  importStream,
  Marks,
  type Expected,
  type ModelBranch,
} from "./fuzz/branch-model.ts";
import { MUTATIONS } from "./fuzz/mutations.ts";
import { BRANCH, readModel, writeLedger, type WrittenLedger } from "./fuzz/written-ledger.ts";

const CASES = 4_000;
/** A slow machine sees fewer cases, and no run takes longer. */
const LONGEST_MS = 3 * 60_000;
const PLANTED_AT_ONCE = 200;
const LANES = 3;
const seed = seedOfRun();

let ledger: WrittenLedger;
let original: ModelBranch;

beforeAll(async () => {
  ledger = await writeLedger();
  original = await readModel(ledger.repository);
});

afterAll(() => ledger.repository.dispose());

interface Case {
  readonly ref: string;
  readonly told: string;
  readonly branch: ModelBranch;
  readonly expected: Expected;
}

test("the ledger that nobody touched, made again from what git tells of it, verifies", async () => {
  const ref = "refs/fuzz/untouched";
  await plant([{ ref, branch: original, told: "", expected: "verifies" }]);
  const written = ledger.repository;
  const log = ["log", "--format=%T %an %cd %B"];
  expect(await written.git(...log, ref)).toBe(await written.git(...log, BRANCH));
  await using repository = await openRepository(written.directory);
  expect(await auditOf(repository, ref)).toBe("verifies");
});

test(`up to ${CASES} random changes to bytes, lines, files, messages, commits and refs: each is found, and immaterial ones verify`, async () => {
  console.log(`fuzz: BAILIFF_SEED=${seed}`);
  const random = new SeededRandom(seed);
  const failures: string[] = [];
  const seen: Record<Expected, number> = { verifies: 0, found: 0, either: 0 };
  const deadline = performance.now() + LONGEST_MS;
  for (let first = 0; first < CASES && performance.now() < deadline; first += PLANTED_AT_ONCE) {
    const cases = Array.from({ length: PLANTED_AT_ONCE }, (_, at) =>
      newCase(`refs/fuzz/${first + at}`, random),
    );
    await plant(cases);
    await using repository = await openRepository(ledger.repository.directory);
    await inLanes(cases, async ({ ref, told, expected }) => {
      const came = await auditOf(repository, ref);
      seen[expected] += 1;
      if (expected === "either" || came === expected) return;
      failures.push(`${ref}: ${told}: must be ${expected}, and ${came}`);
    });
  }
  console.log(`fuzz: ${JSON.stringify(seen)}`);
  expect(failures).toEqual([]);
  expect(seen.found).toBeGreaterThan(PLANTED_AT_ONCE / 2);
  expect(seen.verifies).toBeGreaterThan(PLANTED_AT_ONCE / 20);
});

/** One change, now and then two or three. */
function newCase(ref: string, random: SeededRandom): Case {
  let branch = original;
  const told: string[] = [];
  for (let left = random.chance(0.8) ? 1 : 1 + random.below(3); left > 0; left -= 1) {
    const mutated = random.pick(MUTATIONS)(branch, random);
    branch = mutated.branch;
    told.push(mutated.told);
  }
  return { ref, told: told.join(" + "), branch, expected: expectedOf(original, branch) };
}

/** One process of git's makes them all. */
async function plant(cases: readonly Case[]): Promise<void> {
  const marks = new Marks();
  const stream = Buffer.concat(cases.map(({ branch, ref }) => importStream(branch, ref, marks)));
  await ledger.repository.gitWithInput(stream, "fast-import", "--quiet", "--force");
}

async function inLanes(cases: readonly Case[], work: (one: Case) => Promise<void>): Promise<void> {
  const left = [...cases];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** What an auditor with the pin comes to. What git or the reader refuses was found as well. */
async function auditOf(repository: Repository | string, ref: string): Promise<string> {
  try {
    await using clone = await openLedgerClone({ repository, ref });
    const options = { pin: ledger.pin, repositoryId: REPOSITORY_ID };
    const { problems } = await verifyLedger(clone, options);
    return problems.length === 0 ? "verifies" : "found";
  } catch (error) {
    if (error instanceof Error && "code" in error) return "found";
    throw error;
  }
}

const LOOSE = ["-c", "fetch.unpackLimit=100000", "-c", "transfer.unpackLimit=100000"];

/** A repository of its own with the ledger in it, every object in a file of its own. */
async function copied() {
  const repository = await createFixtureRepository({ bare: true });
  const refspec = `${BRANCH}:${BRANCH}`;
  await repository.git(...LOOSE, "fetch", "-q", ledger.repository.directory, refspec);
  return repository;
}

test.each([
  { how: "loose objects", commands: [] },
  { how: "one pack", commands: [["gc", "-q", "--prune=now"]] },
  {
    how: "a pack with bitmaps and a commit graph",
    commands: [
      ["repack", "-q", "-a", "-d", "-b"],
      ["commit-graph", "write", "--reachable", "--changed-paths"],
    ],
  },
  {
    how: "many packs under a multi-pack index",
    commands: [
      ["repack", "-q", "-d", "--max-pack-size=1m"],
      ["multi-pack-index", "write"],
    ],
  },
  { how: "packed refs", commands: [["pack-refs", "--all", "--prune"]] },
])("the ledger in $how verifies", async ({ commands }) => {
  await using repository = await copied();
  for (const command of commands) await repository.git(...command);
  expect(await auditOf(repository.directory, BRANCH)).toBe("verifies");
});

test("a host that serves each object's bytes as another's is found out, but for the README's", async () => {
  await using repository = await copied();
  const readme = await repository.git("rev-parse", `${BRANCH}:README.md`);
  const objects = await looseObjects(repository);
  expect(objects.length).toBeGreaterThan(40);
  const unnoticed: string[] = [];
  for (const [at, { oid, type, path }] of objects.entries()) {
    const others = [...objects.slice(at + 1), ...objects.slice(0, at)];
    const other = others.find((one) => one.type === type)?.path ?? "";
    await rename(path, `${path}.kept`);
    await copyFile(other, path);
    const came = await auditOf(repository.directory, BRANCH);
    if (came === "verifies" && oid !== readme) unnoticed.push(`${type} ${oid}`);
    await rename(`${path}.kept`, path);
  }
  expect(unnoticed).toEqual([]);
});

async function looseObjects(repository: FixtureRepository) {
  const folder = join(repository.directory, "objects");
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(name));
  return Promise.all(
    files.map(async (name) => {
      const oid = name.replace("/", "");
      const type = await repository.git("cat-file", "-t", oid);
      return { oid, type, path: join(folder, name) };
    }),
  );
}
