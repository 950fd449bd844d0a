import type { Capability } from "../capability.ts";
import type { Dependency } from "../../dependencies/dependency.ts";
import { type DataScalar, entryOf } from "../data/data-node.ts";
import { readDockerfile } from "../dockerfile/read-dockerfile.ts";
import { printable } from "../printable.ts";
import { type Service, valueOf } from "./services.ts";

/** What one text grants and takes in. */
interface Granted {
  readonly capabilities: readonly Capability[];
  readonly dependencies: readonly Dependency[];
}

/**
 * What the Dockerfile grants that stands in a service itself, `dockerfile_inline`, at its own lines;
 * throws `NotUnderstood`.
 *
 * Source: docs.docker.com/reference/compose-file/build, "dockerfile_inline".
 */
export function inlineBuild(service: Service): Granted {
  const build = valueOf(service, "build");
  const inline = build?.type === "map" ? entryOf(build, "dockerfile_inline")?.value : undefined;
  if (inline?.type !== "scalar") return { capabilities: [], dependencies: [] };
  const { capabilities, dependencies } = readDockerfile(inline.text.replaceAll("$$", "$"), false);
  const lineOf = lineIn(inline);
  return {
    capabilities: capabilities.map(({ holder, line, endLine = line, ...grant }) => ({
      ...grant,
      holder: printable(`services.${service.name} ${holder}`),
      ...{ line: lineOf(line), endLine: lineOf(endLine) },
    })),
    dependencies: dependencies.map((dependency) => ({
      ...dependency,
      ...{ group: service.name, line: lineOf(dependency.line) },
    })),
  };
}

// Of `|` each line of the text is one of the file.
function lineIn({ line, endLine, style }: DataScalar): (row: number) => number {
  return (row) => (style === "literal" ? Math.min(line + row, endLine) : line);
}
