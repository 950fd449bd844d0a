import {
  contentOf,
  type Contents,
  type FileVersion,
  type ListedFile,
  type Listing,
} from "../change/listing.ts";
import type { PolicySource } from "../policy/policy-set.ts";
import { CASES_PATH, POLICY_PATH, policySource } from "../policy/policy-source.ts";

/** A file of the head that nobody can load policies or cases from, and why. */
export interface UnusableFile {
  readonly path: string;
  readonly why: string;
}

/** What the head has at a place: a document, what is none, `removed` by the change, or null for nothing. */
export type HeadFile = PolicySource | UnusableFile | "removed" | null;

/** The policies that would judge once a change is in, with the cases beside them. */
export interface Candidate {
  readonly policies: HeadFile;
  readonly cases: HeadFile;
}

/** The policies that a change brings; null where it touches neither them nor their cases. */
export function candidateOf(listing: Listing, contents: Contents): Candidate | null {
  if (!touchesPolicies(listing.files)) return null;
  const at = (path: string): HeadFile => headFile(fileAt(listing, path), path, contents);
  return { policies: at(POLICY_PATH), cases: at(CASES_PATH) };
}

/** Whether policies, or the cases beside them, are among the files of a change. */
export function touchesPolicies(files: readonly Pick<ListedFile, "path">[]): boolean {
  return files.some(({ path }) => path === POLICY_PATH || path === CASES_PATH);
}

export function isDocument(file: HeadFile): file is PolicySource {
  return file !== null && file !== "removed" && "bytes" in file;
}

function fileAt({ files, candidate = [] }: Listing, wanted: string): ListedFile | undefined {
  return [...files, ...candidate].find(({ path }) => path === wanted);
}

function headFile(file: ListedFile | undefined, path: string, contents: Contents): HeadFile {
  if (file?.head === undefined) return file?.base === undefined ? null : "removed";
  const why = isRegular(file.head) ? null : "it is a link or a submodule, and no file";
  if (why !== null) return { path, why };
  const content = contentOf(contents, "head", path);
  if ("unread" in content) return { path, why: `its content is ${WORDS[content.unread]}` };
  return policySource(content, { path });
}

function isRegular({ mode }: FileVersion): boolean {
  return mode === "100644" || mode === "100755";
}

const WORDS = {
  absent: "not there",
  "too-large": "too large",
  "not-a-file": "no file's",
  "missing-object": "missing from the repository",
} as const;
