import { expect, test } from "vitest";
import {
  isHosted,
  isSelfHosted,
} from "../../../../rules/capabilities/github-workflow/hosted-labels.ts";

test.each([
  ["ubuntu-24.04-arm", true],
  ["windows-2025-vs2026", true],
  ["windows-11-arm", true],
  ["macos-10.15", true],
  ["macos-13.0-xlarge", true],
  ["my-ubuntu-latest", false],
  ["ubuntu-latest-big", false],
  ["my-windows-latest", false],
  ["windows-latest-big", false],
  ["my-macos-latest", false],
  ["macos-latest-big", false],
])("GitHub runs the machines with the label %s: %j", (label, hosted) => {
  expect(isHosted(label)).toBe(hosted);
});

test.each([
  ["self-hosted", true],
  ["linux", true],
  ["macos", true],
  ["windows", true],
  ["arm", true],
  ["arm64", true],
  ["x64", true],
  ["gpu", false],
  ["", false],
])("only self-hosted machines have the label %s: %j", (label, selfHosted) => {
  expect(isSelfHosted(label)).toBe(selfHosted);
});
