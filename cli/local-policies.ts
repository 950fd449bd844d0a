import { open } from "node:fs/promises";
import { GitError, type GitErrorCode } from "../git/errors.ts";
import type { Repository } from "../git/repository.ts";
import type { PolicySet, PolicySource } from "../rules/policy/policy-set.ts";
import { isPackName, packSource } from "../rules/packs/packs.ts";
import { loadPolicies, repositoryPolicies } from "../rules/policy/load.ts";
import { MAX_POLICY_READ_BYTES, POLICY_PATH, policySource } from "../rules/policy/policy-source.ts";
import { withWaiverFile } from "../rules/waivers/waiver-file.ts";
import { problemText } from "../report/problem-text.ts";
import { UsageError } from "./terminal.ts";

const RECOMMENDED = "bailiff:recommended";

/** Which policies a command judges by. */
export interface AskedPolicies {
  /** `--policy`, each a file or a pack. */
  readonly named: readonly string[];
  readonly simulate: boolean;
  readonly repositoryId: string | null;
}

/**
 * The policies that judge: those that were named, else the repository's own at `base`, else the
 * recommended pack in simulation. Refuses a set with a problem in it, telling every problem.
 */
export async function localPolicies(
  repository: Repository,
  base: string,
  { named, simulate, repositoryId }: AskedPolicies,
): Promise<PolicySet> {
  if (named.length > 0) {
    return withoutProblems(
      loadPolicies(await Promise.all(named.map((name) => namedSource(name))), simulate),
    );
  }
  const at = (path: string) => sourceAt(repository, { base, repositoryId, path });
  const set = withoutProblems(repositoryPolicies(await at(POLICY_PATH), simulate));
  return withWaiverFile(set, at);
}

async function sourceAt(
  repository: Repository,
  { base, repositoryId: repoId, path }: { base: string; repositoryId: string | null; path: string },
): Promise<PolicySource | null> {
  if (base === repository.emptyTree) return null;
  const bytes = await repository
    .readFileAt(base, path, MAX_POLICY_READ_BYTES)
    .catch((error: unknown) => unusable(error, path));
  return bytes && policySource(bytes, { repoId, commit: base, path });
}

/** A folder, a link or gigabytes in the place of the policy file: whoever owns the base has to mend it. */
function unusable(error: unknown, path: string): never {
  const codes: readonly GitErrorCode[] = ["NOT_A_FILE", "TOO_LARGE"];
  if (!(error instanceof GitError) || !codes.includes(error.code)) throw error;
  throw new UsageError(
    `${path}: ${error.message}`,
    "commit a file of at most 256 KiB to the base, or name policies with --policy",
    { cause: error },
  );
}

/** A pack by its name, or a policy file by its path; throws a `UsageError` where there is none. */
export async function namedSource(name: string, option = "--policy"): Promise<PolicySource> {
  return isPackName(name) ? pack(name, option) : fileSource(name, option);
}

function pack(name: string, option: string): PolicySource {
  const source = packSource(name);
  if (source !== null) return source;
  throw new UsageError(`${option} ${name}: there is no such pack`, `use ${RECOMMENDED}`);
}

async function fileSource(path: string, option: string): Promise<PolicySource> {
  try {
    return policySource(await readAtMost(path, MAX_POLICY_READ_BYTES), { path });
  } catch (error) {
    throw new UsageError(
      `${option} ${path}: the file cannot be read`,
      `name a policy file, or a pack such as ${RECOMMENDED}`,
      { cause: error },
    );
  }
}

/** Also of a pipe or a device, which may never end; what is longer is refused when it is loaded. */
async function readAtMost(path: string, maxBytes: number): Promise<Uint8Array> {
  await using file = await open(path);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file.createReadStream({ autoClose: false })) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks);
}

/** Refuses a set with a problem in it, telling every problem. */
export function withoutProblems(set: PolicySet): PolicySet {
  if (set.problems.length === 0) return set;
  throw new UsageError(set.problems.map(problemText).join("\n"));
}
