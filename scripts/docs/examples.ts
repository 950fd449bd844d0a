import { createHash } from "node:crypto";
import { localAction } from "../../cli/local-action.ts";
import { listingOfFiles } from "../../rules/capabilities/read-file.ts";
import {
  contentKey,
  type Contents,
  type FileMode,
  type Listing,
} from "../../rules/change/listing.ts";
import type { Evidence } from "../../rules/evidence.ts";
import { packSource } from "../../rules/packs/packs.ts";
import { loadPolicies } from "../../rules/policy/load.ts";

/** A fenced block of the docs: `how` is the word behind the fence, `path` what follows it. */
export interface Example {
  readonly how: string;
  readonly path: string;
  readonly text: string;
}

const MODES: Readonly<Record<string, FileMode>> = {
  link: "120000",
  submodule: "160000",
  executable: "100755",
};

/** The change that adds the files of these examples to an empty repository, under the recommended pack. */
export function evidenceOf(examples: readonly Example[]): Evidence {
  const pack = packSource("bailiff:recommended");
  if (pack === null) throw new Error("the recommended pack is gone");
  const { facts, repository, origin } = localAction(NOWHERE, RUN);
  return {
    ...addedBy(examples),
    ...{ action: facts, repository, origin },
    external: { reviews: null, contributors: null, statuses: null },
    policies: loadPolicies([pack], false),
  };
}

const NOWHERE = { base: "", head: "", baseBranch: null, headBranch: null };
const RUN = { name: "docs", repositoryId: null, at: new Date(0) };

function addedBy(examples: readonly Example[]): { listing: Listing; contents: Contents } {
  const contents = new Map<string, Uint8Array>();
  const files = examples.map((example) => {
    const bytes = bytesOf(example);
    if (example.how !== "missing") contents.set(contentKey("head", example.path), bytes);
    const oid = createHash("sha1").update(bytes).digest("hex");
    return { path: example.path, head: { oid, mode: MODES[example.how] ?? "100644" } as const };
  });
  return { listing: listingOfFiles(files), contents };
}

/** `hex` shows bytes, `escaped` characters as `\u{202E}`, `link` a target, `missing` nothing; all else is the text itself. */
function bytesOf({ how, text }: Example): Uint8Array {
  if (how === "hex") return Buffer.from(text.replace(/\s/g, ""), "hex");
  if (how === "link") return Buffer.from(text.trim());
  if (how !== "escaped") return Buffer.from(text);
  const plain = text.replace(/\\u\{([0-9A-F]{1,6})\}/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
  return Buffer.from(plain);
}
