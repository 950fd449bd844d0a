import { expect, test } from "vitest";
import { gitEnvironment } from "../../git/environment.ts";
import { oneLine } from "../../git/errors.ts";
import { createOwnDirectory } from "../../git/own-directory.ts";
import { git, runGit } from "../../git/run-git.ts";
import { expectCode } from "./act.ts";

async function inOwnDirectory<T>(use: (gitDir: string) => Promise<T>): Promise<T> {
  const own = await createOwnDirectory({ objectFormat: "sha1" });
  return use(own.gitDir).finally(() => own.dispose());
}

test("input goes in and output comes out", async () => {
  const id = await inOwnDirectory((gitDir) =>
    git({ gitDir, args: ["hash-object", "--stdin"], input: "one" }),
  );
  expect(id.toString()).toBe("43dd47ea691c90a5fa7827892c70241913351963\n");
});

test("a failure is one line that names the command", async () => {
  await inOwnDirectory(async (gitDir) => {
    const failed = git({ gitDir, args: ["cat-file", "blob", "none"] });
    await expectCode(failed, "GIT_FAILED");
    await expect(failed).rejects.toThrow(/git cat-file ended with 128: fatal/);
  });
});

test("output over the cap is refused", async () => {
  await inOwnDirectory(async (gitDir) => {
    const call = { gitDir, args: ["hash-object", "--stdin"], input: "one", maxOutputBytes: 10 };
    await expectCode(runGit(call), "TOO_LARGE");
  });
});

test("a command that does not end is stopped", async () => {
  await inOwnDirectory(async (gitDir) => {
    const args = ["-c", "alias.hang=!sleep 4", "hang"];
    await expectCode(runGit({ gitDir, args, timeoutMs: 100 }), "GIT_TIMED_OUT");
  });
});

test("a machine without git is told so", async () => {
  await inOwnDirectory(async (gitDir) => {
    const call = { gitDir, args: ["version"], environment: { PATH: "/nonexistent" } };
    await expectCode(runGit(call), "GIT_MISSING");
  });
});

test("the environment holds nothing of this process but the search path", () => {
  const environment = gitEnvironment("/own");
  const own = Object.entries(environment).filter(([name]) => !/^(GIT_|SSH_ASKPASS$)/.test(name));
  expect(Object.fromEntries(own)).toEqual({
    PATH: process.env["PATH"],
    LC_ALL: "C",
    HOME: "/own",
    XDG_CONFIG_HOME: "/own",
  });
  expect(environment["GIT_ALLOW_PROTOCOL"]).toBe("none");
});

test("git sees no configuration but that of its own directory", async () => {
  await inOwnDirectory(async (gitDir) => {
    const args = ["config", "--list", "--show-origin"];
    const origins = (await git({ gitDir, args }))
      .toString()
      .split("\n")
      .filter((line) => line !== "");
    expect(origins.length).toBeGreaterThan(10);
    expect(
      origins.every((line) => line.startsWith("file:config") || line.startsWith(`file:${gitDir}`)),
    ).toBe(true);
  });
});

test.each([
  { output: "warning: x\nfatal: why\nhint: y\n", line: "fatal: why" },
  { output: "remote: one\nerror: two\n", line: "error: two" },
  { output: "fatal: \u001b[31mred\u0007", line: "fatal:  [31mred " },
  { output: "fatal: https://user:word@host/x", line: "fatal: https://host/x" },
  { output: `fatal: ${"x".repeat(1_000)}`, line: `fatal: ${"x".repeat(293)}` },
  { output: "", line: "" },
])("what git prints becomes one harmless line", ({ output, line }) => {
  expect(oneLine(output)).toBe(line);
});
