/** A process of its own that appends: `node append-process.ts REPOSITORY KEY ROOT DIRECTORY NUMBER…` */
import { readFileSync } from "node:fs";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { parseSigningKey } from "../../ledger/format/keys.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { DOCUMENTS, verdictDraft } from "./writer-fixture.ts";

const [, , repository = "", keyFile = "", expectedRoot = "", directory = "", ...numbers] =
  process.argv;
const key = parseSigningKey(readFileSync(keyFile, "utf8"));
await using branch = await openLedgerBranch({ repository });
const options = { branch, key, expectedRoot, repositoryId: REPOSITORY_ID, directory };
const ledger = openSequencer(options);
for (const number of numbers) {
  await ledger.append([verdictDraft({ number: Number(number) })], DOCUMENTS);
}
