/**
 * `npm run interoperability`: somebody else's tools (`test/interoperability/`, in Go) check what
 * `ledger export` and `ledger proof` write, our reader checks logs that they write, and each refuses
 * the other's after one bit was flipped.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Checkpoint } from "../ledger/format/checkpoint.ts";
import { filesIn, whileFlipped } from "./interoperability/flipped-files.ts";
import { exportOurs, type OurExports } from "./interoperability/our-exports.ts";
import { checkTheirs, isContinued, refuses } from "./interoperability/our-reader.ts";
import { buildTheirTools, isGoThere, type TheirTools } from "./interoperability/their-tools.ts";

/** Around a tile's edges, and one that needs three levels of tiles. */
const SIZES = [1, 255, 256, 257, 70_000];
/** Small enough to be checked once for each of its files, and it has every sort of them. */
const FLIPPED_SIZE = 257;
const PROVEN = [0, 255, 256, 65_536, 69_999];

if (isGoThere()) {
  const directory = await mkdtemp(join(tmpdir(), "bailiff-interoperability-"));
  try {
    const tools = await buildTheirTools(join(directory, "tools"));
    await checkOurs(tools, await exportOurs(directory, SIZES, PROVEN));
    await readTheirs(tools, join(directory, "theirs"));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
} else {
  console.error(
    "interoperability: Go is not installed here; nothing was checked (https://go.dev/dl)",
  );
  process.exitCode = 1;
}

async function checkOurs(tools: TheirTools, ours: OurExports): Promise<void> {
  const { folders, earlier, verifierKey, proofs } = ours;
  const check = (folder: string, ...more: readonly string[]) =>
    tools("check", folder, verifierKey, ...more);
  for (const [size, folder] of folders) {
    const before = size === SIZES.at(-1) ? earlier : [];
    const { ok, said } = await check(folder, ...before);
    expectThat(ok, `they refuse our ${size} records: ${said}`);
    console.log(
      `ours, ${size}: entries, tiles, inclusion, consistency with ${before.length} heads`,
    );
  }
  const last = folders.get(SIZES.at(-1) ?? 0) ?? "";
  for (const [index, path] of proofs) {
    const prove = () => tools("proof", last, verifierKey, String(index), path);
    const { ok, said } = await prove();
    expectThat(ok, `they refuse our proof of ${index}: ${said}`);
    expectThat(!(await whileFlipped(path, prove)).ok, `they take our proof of ${index}, flipped`);
  }
  console.log(`ours: proofs of ${[...proofs.keys()].join(", ")}`);

  const folder = folders.get(FLIPPED_SIZE) ?? "";
  const files = (await filesIn(folder)).filter((path) => !/^(?:trust|policies)\//.test(path));
  for (const path of files) {
    const { ok } = await whileFlipped(join(folder, path), () => check(folder));
    expectThat(!ok, `they take our ${path}, flipped`);
  }
  console.log(`ours, flipped: ${files.length} files, each refused`);
}

async function readTheirs(tools: TheirTools, directory: string): Promise<void> {
  const { ok, out: verifierKey, said } = await tools("write", directory, ...SIZES.map(String));
  expectThat(ok, `they write no log: ${said}`);
  const folderOf = (size: number) => join(directory, String(size));
  const heads: Checkpoint[] = [];
  for (const size of SIZES) {
    const head = await checkTheirs(folderOf(size), verifierKey);
    for (const before of heads) {
      const continued = await isContinued(before, head, folderOf(size));
      expectThat(continued, `their ${before.size} entries do not begin their ${size}`);
    }
    heads.push(head);
    console.log(
      `theirs, ${size}: entries, tiles, root, consistency with ${heads.length - 1} heads`,
    );
  }
  const folder = folderOf(FLIPPED_SIZE);
  const files = await filesIn(folder);
  for (const path of files) {
    const refused = await whileFlipped(join(folder, path), () => refuses(folder, verifierKey));
    expectThat(refused, `we take their ${path}, flipped`);
  }
  console.log(`theirs, flipped: ${files.length} files, each refused`);
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
