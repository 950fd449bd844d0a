import type { Dependency } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import { decodeText } from "../data/text.ts";
import { NotUnderstood } from "../not-understood.ts";

/**
 * The digests of a `go.sum`: of what a module holds, and, in the group `go.mod` and with a version
 * that says so, of its `go.mod` alone, which counts also for versions that are not built.
 *
 * Source: go.dev/ref/mod#go-sum-files.
 */
export function readSums(content: Uint8Array, maxBytes: number): Dependency[] {
  const rows = decodeText(content, maxBytes).split(/\r?\n/);
  return rows.flatMap((row, index) => (row.trim() === "" ? [] : [sumOf(row, index + 1)]));
}

// example.com/a v1.2.3/go.mod h1:0a1b…=
function sumOf(row: string, line: number): Dependency {
  const [name, version, digest, more] = row.trim().split(/\s+/);
  if (name === undefined || version === undefined || digest === undefined || more !== undefined) {
    throw new NotUnderstood("go-sum", "no digest of a module", { line, column: 1 });
  }
  return {
    ...{ ecosystem: "golang", name, version, direct: null, line },
    group: version.endsWith("/go.mod") ? "go.mod" : "",
    source: ownRegistry("golang"),
    integrity: [digest],
  };
}
