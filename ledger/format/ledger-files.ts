/** The files at the top of every ledger. */
export const LEDGER_FILES = {
  readme: "README.md",
  attributes: ".gitattributes",
  checkpoint: "checkpoint",
  frontier: "frontier",
} as const;

/** The folder that holds the keysets. */
export const TRUST_FOLDER = "trust";

/** Where keyset `version` lies: `trust/1.root.json`. */
export function trustPath(version: number): string {
  return `${TRUST_FOLDER}/${version}.root.json`;
}

/** Where a policy document lies, by the sha256 (hex) of its bytes. */
export function policyPath(digest: string): string {
  return `policies/${digest}`;
}

/** Line ends and the like stay as they were signed, whatever a clone's configuration says. */
export const ATTRIBUTES_TEXT = "* -text\n";

/** For whoever opens the branch. */
export const README_TEXT = `# A governance ledger

This branch is the record of every change that Bailiff judged in this repository: a transparency log
whose files only ever grow. Each line under \`records/\` is one signed verdict; \`checkpoint\` is the
signed head over all of them. Do not edit, merge or rebase it: every alteration is detectable.

Verify it yourself, offline, with the pin that this repository's administrators published:

    git clone --single-branch --branch governance-ledger <url> ledger
    bailiff ledger verify --repo ledger --pin "<pin>"

Git is only the transport: trust rests on the signatures, the tree and the pin, not on commits.
`;
