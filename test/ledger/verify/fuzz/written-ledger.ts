import { exceptionDraft, grantOf } from "../../exception-fixture.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedgerBranch } from "../../../../git/ledger-branch.ts";
import { parsePin, type Pin } from "../../../../ledger/format/pin.ts";
import { initLedger } from "../../../../ledger/genesis.ts";
import type { PlacedRecord, RecordDraft } from "../../../../ledger/record.ts";
import { openSequencer } from "../../../../ledger/sequencer.ts";
import {
  createFixtureRepository,
  type FixtureRepository,
} from "../../../git/fixture-repository.ts";
import { executionPredicateOf, PHASES } from "../../execution-fixture.ts";
import { digestOf, objectIdOf, REPOSITORY_ID } from "../../verdict-fixture.ts";
import { verdictDraft, WRITER_KEY } from "../../writer-fixture.ts";
import type { ModelBranch, ModelCommit, ModelFile } from "./branch-model.ts";

/** A ledger that the real writer wrote to a bare repository, and what an auditor pins of it. */
export interface WrittenLedger {
  readonly repository: FixtureRepository;
  readonly pin: Pin;
}

export const BRANCH = "refs/heads/governance-ledger";

/** Eight commits: verdicts, waivers and executions, one to five at once, under three policy documents. */
export async function writeLedger(): Promise<WrittenLedger> {
  const repository = await createFixtureRepository({ bare: true });
  const directory = await mkdtemp(join(tmpdir(), "bailiff-fuzz-"));
  await using branch = await openLedgerBranch({ repository: repository.directory });
  const beginning = { key: WRITER_KEY, repositories: [REPOSITORY_ID], at: new Date() };
  const { trustRoot } = parsePin(await initLedger(branch, beginning));
  const own = { key: WRITER_KEY, repositoryId: REPOSITORY_ID, expectedRoot: trustRoot };
  const ledger = openSequencer({ ...own, branch, directory });
  const append = (...drafts: readonly RecordDraft[]) => ledger.append(drafts, documents);

  const [judged] = await append(
    verdictDraft({ run: "run-1", decision: "ALLOW", document: texts[0] ?? "" }),
  );
  await append(verdict(2, 0), verdict(3, 1), waiver(1));
  const [started] = await append(execution(judged, PHASES.started));
  await append(waiver(2), waiver(3), verdict(4, 1), verdict(5, 2));
  await append(execution(judged, { ...PHASES.ended, startedLeaf: started?.leaf ?? "" }));
  await append(verdict(2, 2, "ALLOW"));
  const [last] = await append(...[6, 7, 8, 9, 10].map((number) => verdict(number, 0, "ALLOW")));
  await rm(directory, { recursive: true });
  return { repository, pin: parsePin(last?.pin ?? "") };
}

/** The branch as git tells it: nothing of the product reads it. */
export async function readModel(repository: FixtureRepository): Promise<ModelBranch> {
  const ids = (await repository.git("rev-list", "--reverse", BRANCH)).split("\n");
  const commits: ModelCommit[] = [];
  for (const [at, id] of ids.entries()) {
    const raw = await repository.git("cat-file", "commit", id);
    const [, author = "", seconds = ""] = /^committer (.*) (\d+) \+0000$/m.exec(raw) ?? [];
    commits.push({
      message: Buffer.from(raw.slice(raw.indexOf("\n\n") + 2)),
      tree: await readTree(repository, id),
      parents: at === 0 ? [] : [at - 1],
      author,
      date: Number(seconds),
    });
  }
  return { commits, tip: commits.length - 1 };
}

const texts = ["version: 1\n", "version: 1\npolicies: []\n", "version: 1\nextends: []\n"];
const documents = new Map(texts.map((text) => [digestOf(text), Buffer.from(text)]));

function verdict(
  number: number,
  document: number,
  decision: "ALLOW" | "DENY" = "DENY",
): RecordDraft {
  const head = objectIdOf(`head ${number}`);
  return verdictDraft({ number, decision, head, document: texts[document] ?? "" });
}

function waiver(number: number): RecordDraft {
  return exceptionDraft("waiver", grantOf({ reason: `waived ${number}` }));
}

function execution(
  judged: PlacedRecord | undefined,
  phase: Parameters<typeof executionPredicateOf>[1],
): RecordDraft {
  const whole = executionPredicateOf(judged?.leaf ?? "", phase);
  const members = Object.entries(whole).filter(([name]) => !["id", "ledger"].includes(name));
  const { observed = null, ...predicate } = Object.fromEntries(members);
  const { subject } = verdictDraft();
  const seen = observed as unknown as RecordDraft["observed"];
  return { kind: "execution", subject, observed: seen, predicate };
}

async function readTree(
  repository: FixtureRepository,
  commit: string,
): Promise<ReadonlyMap<string, ModelFile>> {
  const lines = (await repository.git("ls-tree", "-r", commit)).split("\n");
  const files = new Map<string, ModelFile>();
  for (const line of lines) {
    const [, mode = "", oid = "", path = ""] = /^(\d+) blob (\w+)\t(.*)$/.exec(line) ?? [];
    // The fixture's git takes one line break off the end: these files end in one.
    const bytes = Buffer.from(`${await repository.git("cat-file", "blob", oid)}\n`);
    files.set(path, { mode: mode as ModelFile["mode"], bytes });
  }
  return files;
}
