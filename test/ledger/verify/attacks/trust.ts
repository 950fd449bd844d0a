import { trustRootDigest, writeTrustRoot } from "../../../../ledger/format/trust-root.ts";
import {
  common,
  keysOf,
  LEDGER_KEY,
  LedgerBuilder,
  recordLine,
  rootDocument,
  sampleLedger,
  trustLine,
} from "../../ledger-builder.ts";
import { digestOf } from "../../verdict-fixture.ts";
import {
  type Attack,
  THIEF,
  OTHER_ORIGIN,
  contentOf,
  amended,
  secondRoot,
  untouching,
} from "./attack.ts";

function rotated(root = secondRoot()): LedgerBuilder {
  return sampleLedger().place([trustLine(root)], { files: { "trust/2.root.json": root } });
}

export const TRUST_ATTACKS: readonly Attack[] = [
  {
    when: "the keyset is deleted",
    commits: () => sampleLedger().commit({ "trust/1.root.json": null }).commits,
    codes: ["TRUST_ROLLBACK", "TRUST_INVALID"],
    place: "trust/1.root.json",
  },
  {
    when: "the keyset was never there",
    commits: () => amended(sampleLedger().commits, 0, { "trust/1.root.json": null }),
    codes: ["TRUST_INVALID"],
  },
  {
    when: "the keyset is replaced by the thief's, whole ledger and all",
    commits: () => sampleLedger().commits,
    options: () => ({ pin: { ...sampleLedger().pin, trustRoot: digestOf("another keyset") } }),
    codes: ["TRUST_INVALID"],
    place: "trust/1.root.json",
  },
  {
    when: "the pin is of another ledger",
    commits: () => sampleLedger().commits,
    options: () => ({ pin: { ...sampleLedger().pin, origin: OTHER_ORIGIN } }),
    codes: ["TRUST_INVALID"],
  },
  {
    when: "another keyset is slipped under record 0",
    commits: () => {
      const other = writeTrustRoot(rootDocument({ repositories: ["4711", "666"] }), [LEDGER_KEY]);
      return amended(sampleLedger().commits, 0, { "trust/1.root.json": other });
    },
    codes: ["TRUST_INVALID"],
    place: "trust/1.root.json",
    since: /index 0$/,
  },
  {
    when: "the keyset's signature is not its key's",
    commits: () => {
      const { commits } = sampleLedger();
      const forged = writeTrustRoot(rootDocument(), [THIEF]);
      return amended(commits, 0, { "trust/1.root.json": forged });
    },
    codes: ["TRUST_INVALID"],
  },
  {
    when: "the keyset is a link",
    commits: () =>
      amended(sampleLedger().commits, 0, {
        "trust/1.root.json": { mode: "120000", content: "../elsewhere" },
      }),
    codes: ["TRUST_INVALID"],
  },
  {
    when: "the second keyset is a link",
    commits: () =>
      amended(rotated().commits, 4, {
        "trust/2.root.json": { mode: "120000", content: "1.root.json" },
      }),
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
    place: "trust/2.root.json",
    since: "commit 4",
  },
  {
    when: "a second keyset that the first one's keys did not sign",
    commits: () => {
      const root = secondRoot([THIEF], {
        keys: keysOf(THIEF),
        roles: {
          root: { keys: [THIEF.public.id], threshold: 1 },
          records: { keys: [THIEF.public.id], threshold: 1 },
          checkpoint: { keys: [THIEF.public.id], threshold: 1 },
        },
      });
      return rotated(root).commits;
    },
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
    place: "trust/2.root.json",
  },
  {
    when: "a second keyset that its own root role did not sign",
    commits: () => {
      const thiefs = { keys: [THIEF.public.id], threshold: 1 };
      const own = { keys: [LEDGER_KEY.public.id], threshold: 1 };
      const root = secondRoot([LEDGER_KEY], {
        keys: keysOf(LEDGER_KEY, THIEF),
        roles: { root: thiefs, records: own, checkpoint: own },
      });
      return rotated(root).commits;
    },
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
    place: "trust/2.root.json",
  },
  {
    when: "a second keyset that one key signed twice for a threshold of two",
    commits: () => {
      const own = { keys: [LEDGER_KEY.public.id], threshold: 1 };
      const two = { keys: [LEDGER_KEY.public.id, THIEF.public.id], threshold: 2 };
      const root = secondRoot([LEDGER_KEY, LEDGER_KEY], {
        keys: keysOf(LEDGER_KEY, THIEF),
        roles: { root: two, records: own, checkpoint: own },
      });
      return rotated(root).commits;
    },
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
    place: "trust/2.root.json",
  },
  {
    when: "an administrator begins the same ledger anew for other repositories, and the auditor has a pin",
    commits: () => new LedgerBuilder({ repositories: ["4711", "666"] }).commits,
    options: () => ({ pin: new LedgerBuilder().pin }),
    codes: ["TRUST_INVALID", "FORKED"],
    place: "trust/1.root.json",
  },
  {
    when: "a second keyset stood there before the record that names it",
    commits: () => {
      const root = secondRoot();
      const { commits } = rotated(root);
      const without = commits.map((commit) => untouching(commit, "trust/2.root.json"));
      return amended(without, 3, { "trust/2.root.json": root });
    },
    codes: ["TRUST_INVALID"],
    place: "trust/2.root.json",
    since: "commit 3",
  },
  {
    when: "a second keyset of another origin",
    commits: () => rotated(secondRoot([LEDGER_KEY], { origin: OTHER_ORIGIN })).commits,
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
  },
  {
    when: "a second keyset that says version 3",
    commits: () => rotated(secondRoot([LEDGER_KEY], { version: 3 })).commits,
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK"],
  },
  {
    when: "a second keyset that no record names",
    commits: () =>
      sampleLedger()
        .verdicts({ id: "5" })
        .commits.map((commit, at) =>
          at === 4
            ? { ...commit, files: { ...commit.files, "trust/2.root.json": secondRoot() } }
            : commit,
        ),
    codes: ["TRUST_INVALID"],
    place: "trust/2.root.json",
  },
  {
    when: "a keyset is replaced by another that was signed as well",
    commits: () => {
      const other = secondRoot([LEDGER_KEY], { repositories: ["4711", "666"] });
      return rotated().commit({ "trust/2.root.json": other }).commits;
    },
    codes: ["TRUST_INVALID", "TRUST_ROLLBACK", "MESSAGE_MISMATCH"],
    place: "trust/2.root.json",
    since: "commit 5",
  },
  {
    when: "the newest keyset is taken away",
    commits: () => rotated().commit({ "trust/2.root.json": null }).commits,
    codes: ["TRUST_ROLLBACK", "MESSAGE_MISMATCH"],
    place: "trust/2.root.json",
    since: "commit 5",
  },
  {
    when: "the newest keyset is taken away, and history made anew",
    commits: () => amended(rotated().commits, 4, { "trust/2.root.json": null }),
    codes: ["TRUST_ROLLBACK"],
    place: /^records/,
    since: /index 5$/,
  },
  {
    when: "the old keyset is put under the new one's name",
    commits: () => {
      const { commits } = rotated();
      return amended(commits, 4, { "trust/2.root.json": contentOf(commits, "trust/1.root.json") });
    },
    codes: ["TRUST_ROLLBACK"],
    place: "trust/2.root.json",
  },
  {
    when: "a record puts an older keyset back",
    commits: () => {
      const ledger = rotated();
      const root = trustRootDigest(contentOf(ledger.commits, "trust/1.root.json"));
      const names = common({ id: "again", root, format: 1, predecessor: null });
      return ledger.place([recordLine("trust", names)]).commits;
    },
    codes: ["TRUST_ROLLBACK"],
    since: /index 6$/,
  },
];
