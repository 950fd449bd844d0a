import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WAIVERS_PATH } from "../../rules/waivers/waiver-file.ts";
import { runCli } from "../cli/run-cli.ts";
import { initLedgerOf, signing, trusting } from "./ledger-scene.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

test("the App takes waivers and overrides from the ledger, and none from a file", async () => {
  const policies = `${ENFORCED}break_glass: { users: [ann] }\n`;
  const repository = await scene.repository("exceptions", {
    [POLICIES]: policies,
    [WAIVERS_PATH]: "broken: [",
  });
  const root = await initLedgerOf(repository);
  await scene.stopApp();
  await scene.startApp(trusting(root));
  const { head } = await openPull(repository, { [WORKFLOW]: workflow("write") });
  await scene.settled();
  const [denied] = repository.checkRuns(head);
  expect(denied).toMatchObject({ conclusion: "failure" });

  const key = join(repository.gitFolder, "key.pem");
  await writeFile(key, signing.pem);
  const ledger = ["--key", key, "--root", root, "--repository-id", String(repository.id)];
  const cli = (...args: readonly string[]) =>
    runCli([...args, "--repo", repository.gitFolder, ...ledger, "--by", "ann"]);
  const range = ["--base", "main", "--head", head];
  const again = async () => {
    repository.rerequest(denied?.id ?? 0, { by: "bo" });
    await scene.settled();
    return repository.checkRuns(head)[0];
  };

  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const grant = ["waiver", "grant", ...range, "--policy", "new-permissions", "--until", until];
  const granted = await cli(...grant, "--because", "it is split later");
  expect(granted).toMatchObject({ status: 0, said: "" });
  const waived = await again();
  expect(waived).toMatchObject({ conclusion: "success" });
  expect(waived?.text).toContain("waived by ann until");

  const id = /waiver (\S+)/.exec(granted.out)?.[1] ?? "";
  expect((await cli("waiver", "revoke", id, "--because", "no")).status).toBe(0);
  expect(await again()).toMatchObject({ conclusion: "failure" });

  const override = await cli("override", ...range, "--because", "production is down");
  expect(override).toMatchObject({ status: 0 });
  const passed = await again();
  expect(passed).toMatchObject({ conclusion: "success" });
  expect(passed?.title).toMatch(/^BREAK-GLASS: overridden by @ann: production is down/);
  expect(passed?.summary).toContain("1 emergency override waits for review");
});
