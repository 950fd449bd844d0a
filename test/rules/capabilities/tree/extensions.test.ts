import { expect, test } from "vitest";
import { extensionOf, promisesText } from "../../../../rules/capabilities/tree/extensions.ts";

test.each([
  { path: "src/a.TS", extension: "ts" },
  { path: "a.tar.gz", extension: "gz" },
  { path: ".envrc", extension: "envrc" },
  { path: "Makefile", extension: "" },
  { path: "v1.2/configure", extension: "" },
])("the extension of $path is '$extension'", ({ path, extension }) => {
  expect(extensionOf(path)).toBe(extension);
});

test.each([
  "README.md",
  "src/a.go",
  "Makefile",
  "docker/Dockerfile.dev",
  "a/.bash_profile",
  "BUILD",
  "mvnw",
])("%s promises text", (path) => {
  expect(promisesText(path)).toBe(true);
});

test.each(["a.png", "file", "rebuild", "build/a.bin", "configure.dat", "a.dockerfile/b"])(
  "%s promises none",
  (path) => {
    expect(promisesText(path)).toBe(false);
  },
);
