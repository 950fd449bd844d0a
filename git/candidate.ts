import { touchesPolicies } from "../rules/candidate/candidate.ts";
import type { ListedFile } from "../rules/change/listing.ts";
import { CASES_PATH, POLICY_PATH } from "../rules/policy/policy-source.ts";
import { fileAt } from "./file-at.ts";
import type { ObjectReader } from "./object-reader.ts";

/**
 * The policy file and its cases as they stand in both trees, changed or not; null where neither is
 * among `files`, so that nothing asks for them. null for `base` stands for the empty tree.
 */
export async function listCandidate(
  objects: ObjectReader,
  trees: { readonly base: string | null; readonly head: string },
  files: readonly ListedFile[],
): Promise<readonly ListedFile[] | null> {
  if (!touchesPolicies(files)) return null;
  const listed: ListedFile[] = [];
  for (const path of [POLICY_PATH, CASES_PATH]) {
    const base = await fileAt(objects, trees.base, path);
    const head = await fileAt(objects, trees.head, path);
    if (base ?? head) listed.push({ path, ...(base && { base }), ...(head && { head }) });
  }
  return listed;
}
