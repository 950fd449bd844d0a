import type { Dependency, VersionRange } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import type { DataScalar } from "../data/data-node.ts";

// 1.85.0, nightly-2025-01-01, 1.85, stable, each with a machine behind it
const EXACT = /^(?:\d+\.\d+\.\d+|(?:nightly|beta|stable)-\d{4}-\d\d-\d\d)/;

/** The compiler that rustup fetches for whoever builds (rust-lang.github.io/rustup/overrides.html). */
export function rustToolchain({ text, line }: Pick<DataScalar, "text" | "line">): Dependency {
  return {
    ...{
      ecosystem: "generic",
      name: "rust",
      version: text,
      group: "toolchain",
      direct: true,
      line,
    },
    source: ownRegistry("rust"),
    range: rangeOfChannel(text),
  };
}

function rangeOfChannel(channel: string): VersionRange {
  if (EXACT.test(channel)) return "exact";
  return /^\d/.test(channel) ? "bounded" : "open";
}
