import { hash } from "node:crypto";
import type { LedgerClone } from "../branch.ts";
import { ATTRIBUTES_TEXT, LEDGER_FILES, policyPath } from "../format/ledger-files.ts";
import { sinceTouched, type History } from "./history.ts";
import type { Problems } from "./problems.ts";
import { policyDigest, readOne, type TreeFiles } from "./tree-files.ts";

/** What the tree's files are held against. */
export interface FilesContext {
  readonly files: TreeFiles;
  readonly history: History;
  readonly problems: Problems;
  /** Each policy document (sha256, hex) that a record names, with the first index that does. */
  readonly documents: ReadonlyMap<string, { readonly index: number }>;
}

/**
 * Accounts for every file.
 *
 * Reports FILE_FOREIGN for a path that no ledger has, a file of ours that is no regular one, a
 * .gitattributes that says something else, and a policy document that no record names or whose bytes
 * are not what its name says; FILE_MISSING for what must be there. What README.md says is immaterial.
 * A checkpoint that is no regular file is CHECKPOINT_INVALID; such a keyset was reported with the
 * others.
 */
export async function checkFiles(clone: LedgerClone, context: FilesContext): Promise<void> {
  const { files, history, problems } = context;
  for (const path of files.foreign) {
    const what = "a ledger has no such file";
    problems.add("FILE_FOREIGN", path, what, sinceTouched(history, path));
  }
  for (const { sort, path } of files.unreadable) {
    if (sort === "trust") continue;
    const code = sort === "checkpoint" ? "CHECKPOINT_INVALID" : "FILE_FOREIGN";
    const what = "it is a link, executable, too large, or there twice";
    problems.add(code, path, what, sinceTouched(history, path));
  }
  reportMissing(context);
  await checkAttributes(clone, context);
  await checkDocuments(clone, context);
}

const REQUIRED = [
  { sort: "readme", path: "README.md" },
  { sort: "attributes", path: ".gitattributes" },
  { sort: "frontier", path: "frontier" },
  { sort: "checkpoint", path: "checkpoint" },
] as const;

/** Every text that a version of this project begins a ledger with: add to them, never replace one. */
const ATTRIBUTES_TEXTS: readonly string[] = [ATTRIBUTES_TEXT];

function reportMissing({ files, history, problems }: FilesContext): void {
  for (const { path } of REQUIRED.filter(({ sort }) => files.readable[sort].length === 0)) {
    if (files.unreadable.some((file) => file.path === path)) continue;
    problems.add("FILE_MISSING", path, "it is not there", sinceTouched(history, path));
  }
}

/** Attributes decide what a checkout makes of the records' bytes. */
async function checkAttributes(clone: LedgerClone, context: FilesContext): Promise<void> {
  const { files, history, problems } = context;
  const bytes = await readOne(clone, files, "attributes");
  if (bytes === null || ATTRIBUTES_TEXTS.includes(Buffer.from(bytes).toString("latin1"))) return;
  const [path, what] = [LEDGER_FILES.attributes, "it is not the text that a ledger begins with"];
  problems.add("FILE_FOREIGN", path, what, sinceTouched(history, path));
}

/** Each blob is read once, however many names it has: a small branch can name one of 4 MiB very often. */
async function checkDocuments(clone: LedgerClone, context: FilesContext): Promise<void> {
  const { files, history, problems, documents } = context;
  const blobs = [...Map.groupBy(files.readable.policy, ({ oid }) => oid).values()];
  let next = 0;
  for await (const bytes of clone.readAll(blobs.map(([first]) => first?.path ?? ""))) {
    const digest = hash("sha256", bytes, "hex");
    for (const { path } of blobs[next++] ?? []) {
      const fault = documentFault(path, digest, documents);
      if (fault !== null) problems.add("FILE_FOREIGN", path, fault, sinceTouched(history, path));
    }
  }
  const present = new Set(files.readable.policy.map(({ path }) => path));
  for (const [digest, { index }] of documents) {
    const path = policyPath(digest);
    if (present.has(path)) continue;
    problems.add("FILE_MISSING", path, `record ${index} was judged by it`, `index ${index}`);
  }
}

function documentFault(
  path: string,
  digest: string,
  documents: FilesContext["documents"],
): string | null {
  if (policyDigest(path) !== digest) return "its bytes are not the document that it names";
  return documents.has(digest) ? null : "no record was judged by it";
}
