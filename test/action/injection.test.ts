import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commitHostileNamesOn } from "../cli/hostile-names.ts";
import { SARIF_SCHEMA } from "../cli/sarif-schema.ts";
import { expectHarmlessMarkdown, expectHarmlessText } from "../cli/shown.ts";
import type { Fixture } from "../embedded-github/fixture.ts";
import { fixtureGit } from "../git/fixture-repository.ts";
import { readCodeSpans } from "../report/escape/code-spans.ts";
import {
  checkout,
  emptyWorkspace,
  jobToken,
  openChange,
  POLICY,
  pullStep,
  startShop,
  type Workspace,
} from "./change-in-github.ts";
import { runStep, type Step } from "./runner/run-step.ts";

const HOSTILE =
  "::error::owned%0A::set-output name=decision::ALLOW\r\n::stop-commands::x\n##[error]owned \u{1b}[31m ]]> `@acme/security` <img src=x> [a](https://evil.example) ghadelimiter_x";
const EVERY = {
  id: "every",
  decision: "DENY",
  each: "files",
  match: { path: "**" },
  message: `${HOSTILE} {{item.path}}`,
  remedy: `${HOSTILE} {{item.path}}`,
};

let fixture: Fixture;
let workspace: Workspace;
let step: Step;
let number: number;
let paths: readonly string[];

beforeAll(async () => {
  fixture = await startShop();
  workspace = await emptyWorkspace();
  const { repository } = fixture;
  const policy = JSON.stringify({ version: 1, policies: [EVERY] });
  const base = await repository.commit({ branch: "main", files: { [POLICY]: policy }, by: "ann" });
  const git = (...args: readonly string[]) => fixtureGit(repository.gitFolder, args);
  const gitWithInput = (input: string | Uint8Array, ...args: readonly string[]) =>
    fixtureGit(repository.gitFolder, args, input);
  const change = await commitHostileNamesOn({ git, gitWithInput }, base);
  ({ paths } = change);
  await git("update-ref", "refs/heads/hostile", change.head);
  ({ number } = await repository.openPull({
    ...{ by: "eve", title: HOSTILE, body: HOSTILE, head: "hostile" },
  }));
  step = {
    ...(await pullStep(fixture, number, workspace.folder)),
    // Not the pull request's own: it says nothing of binding nobody.
    workflowRef: "acme/policies/.github/workflows/bailiff.yml@refs/heads/main",
    token: jobToken(fixture, { contents: "read", "pull-requests": "write" }),
    with: { comment: "on", sarif: "bailiff.sarif" },
    env: { GITHUB_JOB: HOSTILE },
  };
});

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

test("hostile names and texts command nothing, in the log, the outputs, the summary, the comment or SARIF", async () => {
  const { succeeded, outputs, commands, log, summary } = await runStep(step);
  expect(succeeded).toBe(false);

  expect(outputs).toEqual({
    ...{ decision: "DENY", "policy-ids": "every", record: "", pin: "" },
    verdict: expect.stringMatching(/\/verdict\.json$/) as string,
    sarif: `${workspace.folder}/bailiff.sarif`,
  });

  const lines = log.split("\n").filter((line) => line !== "");
  expect(lines).toHaveLength(commands.length);
  const [mask, ...told] = commands;
  expect(mask?.name).toBe("add-mask");
  expect(told).toHaveLength(10);
  const [failure, counted, ...placed] = told.toReversed();
  expect(failure).toEqual({ name: "error", properties: {}, message: "Denied by every" });
  expect(counted?.message).toMatch(/^\d+ more are in the summary of this job\.$/);
  for (const { name, properties, message } of placed) {
    expect(name).toBe("error");
    expect(Object.keys(properties)).toEqual(["title", "file", "line", "endLine"]);
    expect(paths).toContain(properties["file"]);
    expect(message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  expect(log).not.toMatch(/[^\P{Cc}\n]/u);

  expectHarmless(summary);
  expect(summary.match(/^- \*\*DENY\*\*/gmu)).toHaveLength(paths.length);

  const [comment, ...more] = fixture.repository.comments(number);
  expect(more).toEqual([]);
  const [marker = "", ...rest] = (comment?.body ?? "").split("\n");
  expect(marker).toMatch(/^<!-- bailiff [0-9a-f]{16} -->$/);
  expectHarmless(rest.join("\n"));

  const sarif = await readFile(outputs["sarif"] ?? "", "utf8");
  expectHarmlessText(sarif);
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(SARIF_SCHEMA);
  expect(validate(JSON.parse(sarif)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expectHarmlessText(await readFile(outputs["verdict"] ?? "", "utf8"));
});

test("what GitHub answers instead of taking a comment commands nothing", async () => {
  const route = "/repos/{owner}/{repo}/pulls/{pull_number}";
  const body = { message: HOSTILE.replaceAll("\n", " ") };
  fixture.github.fail({ method: "GET", route, fault: { kind: "status", status: 403, body } });
  const { commands, log } = await runStep(step);
  const [why, ...more] = commands.filter(({ name }) => name !== "error" && name !== "add-mask");
  expect(more).toEqual([]);
  expect(why).toMatchObject({ name: "warning", properties: { title: "bailiff: no comment" } });
  expect(why?.message).toMatch(/^The verdict stands, but no comment tells it: .*\\u\{1b\}/);
  expect(log.split("\n").filter((line) => line !== "")).toHaveLength(commands.length);
});

test.each(["base", "policy", "fail-on", "comment", "ledger"])(
  "a hostile value of the input %s is one line of error, and nothing else",
  async (name) => {
    const { outputs, commands, log, summary } = await runStep({
      ...step,
      with: { [name]: HOSTILE },
    });
    expect(outputs).toEqual({});
    expect(commands.map((command) => command.name)).toEqual(["add-mask", "error"]);
    expect(log.split("\n").filter((line) => line !== "")).toHaveLength(2);
    expectHarmless(summary);
  },
);

test("of a defect the log tells where it is, and its message commands nothing", async () => {
  const calm = await openChange(fixture, { "calm.txt": "" }, "calm");
  await using work = await checkout(fixture, `refs/pull/${calm.number}/head`, "deep");
  const { succeeded, commands, log } = await runStep({
    ...(await pullStep(fixture, calm.number, work.folder)),
    // No folder can be made there, and the error's message names it.
    env: { RUNNER_TEMP: `/dev/null/${HOSTILE}` },
  });
  expect(succeeded).toBe(false);
  expect(log).toMatch(/^Error: ENOTDIR/m);
  expect(log).toMatch(/^ +at /m);
  const told = commands.filter(({ name }) => name !== "add-mask");
  expect(told).toMatchObject([
    { name: "error", message: expect.stringContaining("before it reached a verdict") as string },
  ]);
  expect(log).not.toContain("##[");
  expect(log).not.toMatch(/[^\P{Cc}\n]/u);
});

/** Beside our own heading and links to this server nothing links, mentions anybody or is HTML. */
function expectHarmless(markdown: string): void {
  const { outside } = readCodeSpans(markdown);
  const ours = new RegExp(`\\[([^\\]]*)\\]\\(${fixture.github.url}/acme/shop/[^)\\s]*\\)`, "gu");
  expectHarmlessMarkdown(outside.replace(/^## /u, "").replaceAll(ours, "$1"));
}
