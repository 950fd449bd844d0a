import { expect, test } from "vitest";
import {
  dialectOf,
  isShellScript,
} from "../../../../rules/capabilities/github-step/step-dialect.ts";
import { scopeAndStep } from "./granted.ts";

function dialectWith(shell: string, job = ""): string | null {
  const { scope, step } = scopeAndStep(`{run: x, shell: ${shell}}`, job);
  return dialectOf(scope, step);
}

test.each([
  ["deno", null],
  ["node", null],
  ["perl", null],
  ["python", null],
  ["ruby", null],
  ["cmd", "powershell"],
  ["powershell", "powershell"],
  ["pwsh", "powershell"],
  ["bash", "posix"],
  ["sh", "posix"],
  ["nu", "posix"],
  ["'/usr/bin/env python3 -u {0}'", null],
  ["'node --no-warnings {0}'", null],
  ["'python {0} -O'", null],
  ["'python -c CODE {0}'", "posix"],
  ["'python my-launcher {0}'", "posix"],
  ["'node --require=./launcher.js {0}'", "posix"],
  ["'python {0} | bash'", "posix"],
])("the dialect of a script that %s runs is %s", (shell, dialect) => {
  expect(dialectWith(shell)).toBe(dialect);
});

test.each([
  ["runs-on: windows-latest", "powershell"],
  ["runs-on: [self-hosted, Windows]", "powershell"],
  ["runs-on: [win, dows]", "posix"],
  ["runs-on: ubuntu-latest", "posix"],
  ["runs-on: windows-latest\ndefaults: {run: {shell: bash}}", "posix"],
  ["defaults: {run: {shell: python}}", null],
  ["runs-on: windows-latest\ndefaults: {run: bash}", "powershell"],
  ["runs-on: windows-latest\ndefaults: {other: {shell: bash}}", "powershell"],
])("where a step names no shell its job decides: %s", (job, dialect) => {
  expect(dialectWith("' '", job)).toBe(dialect);
});

test("a step without a script has the dialect that its shell says", () => {
  const { scope, step } = scopeAndStep("{uses: o/r@v1, shell: python}");
  expect(dialectOf(scope, step)).toBeNull();
});

test("perl runs what says in its first line that a shell does by that shell", () => {
  const { scope, step } = scopeAndStep('{run: "#!/bin/sh\\nx", shell: perl}');
  expect(dialectOf(scope, step)).toBe("posix");
});

test.each([
  ["#!/bin/sh\nx", true],
  ["#!/usr/bin/env bash", true],
  ["#!/usr/bin/perl", false],
  ["print 1\n#!/bin/sh", false],
])("%j is a shell's script: %s", (text, isShells) => {
  expect(isShellScript(text)).toBe(isShells);
});
