/**
 * A process of its own that appends until it is ended:
 * `node logged-append-process.ts REPOSITORY KEY ROOT DIRECTORY LOG NUMBER`.
 *
 * LOG is told each head before its signature exists, and each record once its append has answered:
 *
 *     signed 42 CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *     placed 7001 41 0b5c…
 */
import { appendFileSync, readFileSync } from "node:fs";
import { openLedgerBranch } from "../../git/ledger-branch.ts";
import { parseSigningKey, type SigningKey } from "../../ledger/format/keys.ts";
import { openSequencer } from "../../ledger/sequencer.ts";
import { REPOSITORY_ID } from "./verdict-fixture.ts";
import { DOCUMENTS, verdictDraft } from "./writer-fixture.ts";

const [
  ,
  ,
  repository = "",
  keyFile = "",
  expectedRoot = "",
  directory = "",
  log = "",
  number = "",
] = process.argv;

function loggingKey(key: SigningKey): SigningKey {
  return {
    public: key.public,
    sign: (bytes) => {
      const [origin = "", size = "", root = ""] = Buffer.from(bytes).toString("latin1").split("\n");
      if (/^bailiff\.dev\/ledger\/[a-z0-9]+$/.test(origin)) tell(`signed ${size} ${root}`);
      return key.sign(bytes);
    },
  };
}

function tell(line: string): void {
  appendFileSync(log, `${line}\n`);
}

await using branch = await openLedgerBranch({ repository });
const key = loggingKey(parseSigningKey(readFileSync(keyFile, "utf8")));
const options = { branch, key, expectedRoot, repositoryId: REPOSITORY_ID, directory };
const ledger = openSequencer(options);
process.stdout.write("ready\n");
for (let next = Number(number); ;) {
  const numbers = Array.from({ length: 1 + (next % 3) }, (_, at) => next + at);
  const drafts = numbers.map((each) => verdictDraft({ number: each }));
  const placed = await ledger.append(drafts, DOCUMENTS);
  for (const [at, { index, leaf }] of placed.entries()) {
    tell(`placed ${numbers[at] ?? 0} ${index} ${leaf}`);
  }
  next += numbers.length;
}
