import { expect, test } from "vitest";
import {
  actionReference,
  imageReference,
} from "../../../../rules/capabilities/github-step/reference.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const DIGEST = `sha256:${SHA}${"0".repeat(24)}`;

test.each([
  ["actions/checkout@v4", "actions/checkout mutable"],
  ["Actions/CheckOut@main", "actions/checkout mutable"],
  ["octo/repo/some/path@v1", "octo/repo/some/path mutable"],
  ["octo\\repo//path/@v1", "octo/repo/path mutable"],
  ["octo/repo/.@v1", "octo/repo mutable"],
  ["octo/repo/path/..@v1", "octo/repo mutable"],
  ["octo/repo/../other@v1", "octo/repo/../other mutable"],
  ["octo/repo", "octo/repo mutable"],
  [` octo/repo@${SHA} `, "octo/repo pinned"],
  [`octo/repo@${SHA.toUpperCase()}`, "octo/repo pinned"],
  [`octo/repo@${SHA}${"0".repeat(24)}`, "octo/repo pinned"],
  [`octo/repo@${SHA}0`, "octo/repo pretended"],
  [`octo/repo@${SHA.slice(0, 39)}`, "octo/repo pretended"],
  ["octo/repo@0a1b2c3", "octo/repo pretended"],
  ["octo/repo@20240101", "octo/repo mutable"],
  ["octo/repo@defaced", "octo/repo mutable"],
  ["octo/repo@a1b2c3", "octo/repo mutable"],
  ["octo/repo@0a1b2c3-next", "octo/repo mutable"],
  ["0a1b2c3", "0a1b2c3 mutable"],
  [`octo/repo@v-${SHA}`, "octo/repo mutable"],
  ["octo/repo@${{ inputs.ref }}", "octo/repo mutable"],
  ["octo/ci/.github/workflows/x.yml@v1", "octo/ci/.github/workflows/x.yml mutable"],
  ["docker://alpine:3.8", "docker://alpine mutable"],
  ["docker://ghcr.io:443/o/i", "docker://ghcr.io:443/o/i mutable"],
  [`docker://alpine@${DIGEST}`, "docker://alpine pinned"],
])("%s is %s", (uses, expected) => {
  const { name, binding } = actionReference(uses, "v4.2.0") ?? { name: "", binding: "" };
  expect(`${name} ${binding}`).toBe(expected);
});

test.each([
  ["./local"],
  [".\\local"],
  ["./.github/workflows/x.yml"],
  [""],
  [" "],
  ["@v1"],
  ["docker://"],
])("%j is no reference elsewhere", (uses) => {
  expect(actionReference(uses, "")).toBeNull();
});

test.each([
  ["octo/repo@v4", SHA, "pretended"],
  ["octo/repo@v4", `pin ${SHA.toUpperCase()} (v4)`, "pretended"],
  ["docker://alpine:3", SHA, "pretended"],
  ["octo/repo@v4", `${SHA}0`, "mutable"],
  ["octo/repo@v4", SHA.slice(0, 39), "mutable"],
  [`octo/repo@${SHA}`, "v4", "pinned"],
  [`octo/repo@${SHA}`, SHA, "pinned"],
])("%s with the comment %s is %s", (uses, comment, binding) => {
  expect(actionReference(uses, comment)?.binding).toBe(binding);
});

test.each([
  ["alpine", "alpine mutable"],
  ["alpine:3", "alpine mutable"],
  [" alpine:3 ", "alpine mutable"],
  [`alpine@x${DIGEST}`, "alpine mutable"],
  ["localhost:5000/a/b", "localhost:5000/a/b mutable"],
  ["localhost:5000/a/b:1", "localhost:5000/a/b mutable"],
  [`alpine:3@${DIGEST}`, "alpine pinned"],
  [`alpine@${DIGEST}0`, "alpine mutable"],
  [`alpine@${DIGEST.slice(0, -1)}`, "alpine mutable"],
  ["alpine@sha1:00", "alpine mutable"],
])("the image %s is %s", (image, expected) => {
  const { name, binding } = imageReference(image, "") ?? { name: "", binding: "" };
  expect(`${name} ${binding}`).toBe(expected);
});
