import { commitName, type History, type Touch } from "./history.ts";
import type { Problems } from "./problems.ts";
import { policyDigest, rootVersion, sortOf, type TreeFiles } from "./tree-files.ts";

/** What the files of the branch's earlier commits are held against. */
export interface PastFilesContext {
  readonly files: TreeFiles;
  readonly history: History;
  readonly problems: Problems;
  /** Each policy document (sha256, hex) that a record names, with the first one's batch. */
  readonly documents: ReadonlyMap<string, { readonly batch: string }>;
  /** Each keyset by its path, likewise where a record names it. */
  readonly keysets: ReadonlyMap<string, { readonly batch: string } | undefined>;
}

/**
 * Accounts for the files of every earlier commit: what a writer adds never changes, and is added by
 * the commit that places the record which accounts for it.
 *
 * Reports FILE_FOREIGN for a file that came and went, was another one for a while, was no regular
 * file, or came by another commit; TRUST_INVALID for such a keyset. What the newest commit holds is
 * `checkFiles`'s, the batches are the messages', and what README.md ever said is immaterial.
 */
export function checkPastFiles(context: PastFilesContext): void {
  const { files, history, problems } = context;
  const { policy, trust, attributes } = files.readable;
  const present = new Set([...policy, ...trust, ...attributes].map(({ path }) => path));
  const within = { ...context, present };
  for (const [path, touch] of history.touched) {
    const fault = pastFault(path, touch, within);
    if (fault === null) continue;
    const code = rootVersion(path) === null ? "FILE_FOREIGN" : "TRUST_INVALID";
    problems.add(code, path, fault, commitName(touch.commit));
  }
  reportOdd(context);
}

interface PresentContext extends PastFilesContext {
  /**
   * The files that the newest commit has as they must be, but for those that every writer's commit
   * replaces, or that are told of by what they hold.
   */
  readonly present: ReadonlySet<string>;
}

function pastFault(path: string, touch: Touch, context: PresentContext): string | null {
  const { present, documents } = context;
  const sort = sortOf(path);
  if (touch.became === "removed") {
    const isUnnamed = sort === "policy" && !documents.has(policyDigest(path) ?? "");
    return sort === null || isUnnamed ? "it stood here for a while" : null;
  }
  if (!present.has(path)) return null;
  if (sort === "trust" && touch.became === "modified") return null;
  if (touch.again) return "it was another one, or absent, for a while";
  return cameOtherwise(path, touch, context) ? "another commit than its record's added it" : null;
}

/** Attributes come with the first commit. A file that no record names was told of as that. */
function cameOtherwise(path: string, { commit }: Touch, context: PastFilesContext): boolean {
  const { history, documents, keysets } = context;
  const naming = documents.get(policyDigest(path) ?? "") ?? keysets.get(path);
  const first = sortOf(path) === "attributes" ? history.placements[0] : undefined;
  const batch = naming === undefined ? undefined : history.touched.get(naming.batch);
  // A batch that was touched again is told of itself, and does not say when it came.
  const placed = batch?.again === true ? undefined : (batch ?? first);
  return placed !== undefined && placed.commit !== commit;
}

function reportOdd({ files, history, problems }: PastFilesContext): void {
  const told = new Set([...files.foreign, ...files.unreadable.map(({ path }) => path)]);
  for (const [path, commit] of history.odd) {
    if (told.has(path)) continue;
    const what = "it was a link, a submodule, executable or there twice for a while";
    problems.add("FILE_FOREIGN", path, what, commitName(commit));
  }
}
