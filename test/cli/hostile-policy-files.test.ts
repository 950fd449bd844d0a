import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createFixtureRepository,
  type FixtureFile,
  type FixtureRepository,
} from "../git/fixture-repository.ts";
import { runCli } from "./run-cli.ts";
import { expectHarmlessText } from "./shown.ts";

const POLICY = ".github/bailiff.yml";

let fixture: FixtureRepository;
beforeEach(async () => {
  fixture = await createFixtureRepository();
});
afterEach(() => fixture.dispose());

async function checkOnto(files: Readonly<Record<string, FixtureFile>>, ...options: string[]) {
  const base = await fixture.commit({ "README.md": "hello\n", ...files });
  const head = await fixture.commit({ "README.md": "hello, world\n" });
  const range = ["--repo", fixture.directory, "--base", base, "--head", head];
  return runCli(["check", ...range, ...options]);
}

describe("exit 2 and no verdict where the base's policy file is", () => {
  test.each<{ what: string; files: Readonly<Record<string, FixtureFile>> }>([
    { what: "not YAML", files: { [POLICY]: "version: [1\n" } },
    { what: "empty", files: { [POLICY]: "" } },
    { what: "bytes", files: { [POLICY]: Uint8Array.from([0, 0xff, 0xfe]) } },
    { what: "of UTF-16", files: { [POLICY]: Buffer.from("\u{feff}version: 1\n", "utf16le") } },
    { what: "larger than a policy file may be", files: { [POLICY]: "#".repeat(300_000) } },
    { what: "larger than what is read of it", files: { [POLICY]: "#".repeat(2_000_000) } },
    { what: "a symbolic link", files: { [POLICY]: { mode: "120000", content: "README.md" } } },
    { what: "a submodule", files: { [POLICY]: { submodule: "1".repeat(40) } } },
    { what: "a folder", files: { [`${POLICY}/a`]: "version: 1\n" } },
  ])("$what", async ({ files }) => {
    const { status, out, said } = await checkOnto(files);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(said).toContain(POLICY);
    expectHarmlessText(said);
  });
});

test.runIf(existsSync("/dev/zero"))(
  "a policy file that never ends is refused, and not read to its end",
  async () => {
    const { status, out, said } = await checkOnto({}, "--policy", "/dev/zero");
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(said).toContain("too large");
  },
);
