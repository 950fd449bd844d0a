import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AppPorts } from "../../app/server.ts";
import { openLedgerClone } from "../../git/ledger-clone.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";
import { parsePin } from "../../ledger/format/pin.ts";
import { verifyLedger } from "../../ledger/verify/verify.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import { initLedgerOf, LEDGER, trusting } from "./ledger-scene.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "./scene.ts";

const raised = { [WORKFLOW]: workflow("write") };

let scene: Scene;
let names = 0;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

async function newRepository(): Promise<RepositoryHandle> {
  names += 1;
  return scene.repository(`ledger-${names}`, { [POLICIES]: ENFORCED });
}

async function restart(
  variables: Record<string, string>,
  ports: Partial<AppPorts> = {},
): Promise<void> {
  await scene.stopApp();
  await scene.startApp(variables, ports);
}

const messagesOf = ({ gitFolder }: RepositoryHandle) =>
  execFileSync("git", ["-C", gitFolder, "log", "--reverse", "--format=%s", LEDGER], {
    encoding: "utf8",
  })
    .trim()
    .split("\n");

test("each verdict is on the ledger before its check run concludes, and a clone verifies", async () => {
  const repository = await newRepository();
  await restart(trusting(await initLedgerOf(repository)));
  const { number, head } = await openPull(repository, raised);
  await scene.settled();
  repository.review(number, { by: "bo", event: "APPROVE" });
  await scene.settled();

  const [approved, denied] = repository.checkRuns(head);
  expect(denied).toMatchObject({ conclusion: "failure" });
  expect(approved).toMatchObject({ conclusion: "success" });
  expect(messagesOf(repository).slice(1)).toEqual([
    expect.stringMatching(/^DENY PR 1 .*new-permissions/),
    expect.stringMatching(/^ALLOW PR 1 /),
  ]);

  const shown = `${approved?.summary ?? ""}${approved?.text ?? ""}`;
  const pin = /bailiff\.dev\/ledger\/\S+ \d+ \S+ [0-9a-f]{64}/.exec(shown)?.[0] ?? "";
  expect(parsePin(pin).size).toBe(3);
  await using clone = await openLedgerClone({ repository: repository.gitFolder });
  const verification = await verifyLedger(clone, { pin: parsePin(pin) });
  expect(verification).toMatchObject({ ok: true, size: 3 });
});

test("a verdict that says the same again is not recorded twice", async () => {
  const repository = await newRepository();
  await restart(trusting(await initLedgerOf(repository)));
  const { head } = await openPull(repository, raised);
  await scene.settled();
  repository.rerequest(repository.checkRuns(head)[0]?.id ?? 0, { by: "bo" });
  await scene.settled();
  expect(repository.checkRuns(head)).toHaveLength(2);
  expect(messagesOf(repository)).toHaveLength(2);
});

test("the log holds neither the signing key nor a token", () => {
  const log = scene.log.join("\n");
  expect(log).toContain('"decision":"DENY"');
  expect(log).not.toContain("PRIVATE KEY");
  expect(log).not.toMatch(/gh[a-z]_[A-Za-z0-9]|eyJ[A-Za-z0-9]|authorization/i);
});

/** Judges a harmless change, which only trouble with the ledger can stop. */
async function judgeHarmless(repository: RepositoryHandle) {
  const { head } = await openPull(repository, { "README.md": `${repository.name}\n` });
  await scene.settled();
  const [run] = repository.checkRuns(head);
  return { conclusion: run?.conclusion, shown: `${run?.summary ?? ""}${run?.text ?? ""}` };
}

test.each([
  {
    when: "its root is not one that was configured",
    set: async (repository: RepositoryHandle) => {
      await initLedgerOf(repository);
      return trusting("ab".repeat(32));
    },
    told: "BAILIFF_LEDGER_ROOTS",
  },
  {
    when: "it was copied from another repository",
    set: async (repository: RepositoryHandle) => trusting(await initLedgerOf(repository, ["1"])),
    told: "repository",
  },
  {
    when: "the App has no key",
    set: async (repository: RepositoryHandle) => {
      await initLedgerOf(repository);
      return {};
    },
    told: "BAILIFF_SIGNING_KEY",
  },
  {
    when: "the App's key is not the ledger's",
    set: async (repository: RepositoryHandle) => ({
      ...trusting(await initLedgerOf(repository)),
      BAILIFF_SIGNING_KEY: generateSigningKey().pem,
    }),
    told: "key",
  },
  {
    when: "the branch is something else",
    set: async (repository: RepositoryHandle) => {
      await repository.commit({ branch: LEDGER, files: { a: "b" }, by: "ann", parent: null });
      return trusting("ab".repeat(32));
    },
    told: "ledger init",
  },
])("a ledger fails the check where $when", async ({ set, told }) => {
  const repository = await newRepository();
  await restart(await set(repository));
  const { conclusion, shown } = await judgeHarmless(repository);
  expect(conclusion).toBe("failure");
  expect(shown).toContain(told);
});

test("a ledger that was there and is gone fails the check", async () => {
  const repository = await newRepository();
  await restart(trusting(await initLedgerOf(repository)));
  expect(await judgeHarmless(repository)).toMatchObject({ conclusion: "success" });
  execFileSync("git", ["-C", repository.gitFolder, "update-ref", "-d", `refs/heads/${LEDGER}`]);
  repository.rerequest(repository.checkRuns((await repository.head("topic")) ?? "")[0]?.id ?? 0, {
    by: "bo",
  });
  await scene.settled();
  const [run] = repository.checkRuns((await repository.head("topic")) ?? "");
  expect(run).toMatchObject({ conclusion: "failure" });
  expect(run?.summary).toContain("gone");
});

test("a verdict whose record cannot be pushed is not concluded as allowed", async () => {
  const repository = await newRepository();
  await restart(trusting(await initLedgerOf(repository)), { retryDelaysMs: [] });
  repository.addRuleset({ name: "closed", branches: [LEDGER], rules: [{ type: "update" }] });
  expect(await judgeHarmless(repository)).toMatchObject({ conclusion: "failure" });
  expect(messagesOf(repository)).toHaveLength(1);
});

test("GitHub refused nothing that was sent to it", () => {
  expect(scene.github.violations).toEqual([]);
});
