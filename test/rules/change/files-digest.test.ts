import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "../../../rules/canonical.ts";
import { filesDigest, type DigestedFile } from "../../../rules/change/files-digest.ts";

const version = { mode: "100644", sha256: sha256Hex("x") } as const;
const entries: DigestedFile[] = [
  { path: "b", base: version },
  { path: "a", base: version, head: { ...version, mode: "100755" } },
];

test("it is the sha256 of the sorted entries' canonical JSON, literally", () => {
  const hash = version.sha256;
  const literal =
    `[{"base":{"mode":"100644","sha256":"${hash}"},"head":{"mode":"100755","sha256":"${hash}"},"path":"a"},` +
    `{"base":{"mode":"100644","sha256":"${hash}"},"path":"b"}]`;
  expect(filesDigest(entries)).toBe(sha256Hex(literal));
});

test("an empty change has the digest of an empty list", () => {
  expect(filesDigest([])).toBe(sha256Hex("[]"));
});

test.each<{ what: string; changed: DigestedFile }>([
  { what: "a path", changed: { path: "c", base: version } },
  { what: "a side", changed: { path: "b", head: version } },
  { what: "a mode", changed: { path: "b", base: { ...version, mode: "100755" } } },
  { what: "a content", changed: { path: "b", base: { ...version, sha256: sha256Hex("y") } } },
])("another $what is another digest", ({ changed }) => {
  expect(filesDigest([changed, ...entries.slice(1)])).not.toBe(filesDigest(entries));
});

test("the order of entries does not matter", () => {
  const paths = fc.uniqueArray(fc.string({ unit: "grapheme" }), { maxLength: 6 });
  fc.assert(
    fc.property(paths, (all) => {
      const files = all.map((path) => ({ path, head: version }));
      expect(filesDigest([...files].reverse())).toBe(filesDigest(files));
    }),
  );
});
