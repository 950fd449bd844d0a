import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { governedCommand } from "../../../maestro/command/governed-command.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-command-"));
  await writeFile(join(folder, "plain.txt"), "no program\n");
  await writeFile(join(folder, "three"), "#!/bin/sh\nexit 3\n");
  await chmod(join(folder, "three"), 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

const env = { PATH: process.env["PATH"] ?? "", ONE: "1" };

async function run(...argv: readonly string[]) {
  using command = governedCommand(argv, { folder, env });
  return await command.run();
}

describe("a command", () => {
  test.each([
    { when: "that ends", argv: ["sh", "-c", "exit 7"], end: { exitCode: 7 } },
    { when: "of its own folder", argv: ["./three"], end: { exitCode: 3 } },
    {
      when: "that a signal ended",
      argv: ["sh", "-c", "kill -KILL $$"],
      end: { signal: "SIGKILL", exitCode: 137 },
    },
    {
      when: "that is nowhere",
      argv: ["no-such-command-anywhere"],
      end: { failure: "not-found", exitCode: 127 },
    },
    {
      when: "that may not be executed",
      argv: ["./plain.txt"],
      end: { failure: "not-executable", exitCode: 126 },
    },
    {
      when: "that is a folder",
      argv: ["/"],
      end: { failure: "not-executable", exitCode: 126 },
    },
    {
      when: "with more words than the machine takes",
      argv: ["true", "x".repeat(4 * 1024 * 1024)],
      end: { failure: "not-executable", exitCode: 126 },
    },
    {
      when: "that sees only its environment",
      argv: ["sh", "-c", 'test "$ONE$HOME" = 1 && exit 9'],
      end: { exitCode: 9 },
    },
    {
      when: "whose words mean nothing to a shell",
      argv: ["test", "$(exit 1)*;", "=", "$(exit 1)*;"],
      end: { exitCode: 0 },
    },
  ])("$when: $end", async ({ argv, end }) => {
    expect(await run(...argv)).toEqual(end);
  });
});

test.each([{ ownGroup: true }, { ownGroup: false }, {}])(
  "leads a process group of its own only where it is told to: %j",
  async (group) => {
    const leads = 'test "$(ps -o pgid= -p $$ | tr -d " ")" = $$';
    using command = governedCommand(["sh", "-c", leads], { folder, env, ...group });
    expect(await command.run()).toEqual({ exitCode: group.ownGroup === true ? 0 : 1 });
  },
);

test("leaves no signal handler behind, and has none before it starts", async () => {
  const count = () => process.listenerCount("SIGTERM");
  const before = count();
  {
    using command = governedCommand(["true"], { folder, env: {} });
    expect(count()).toBe(before);
    await command.run();
    expect(count()).toBe(before + 1);
  }
  expect(count()).toBe(before);
});
