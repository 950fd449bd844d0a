import type { Dependency } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import { readSpec } from "../npm/spec.ts";
import { readRequirement } from "../python/requirement.ts";

type Additional = Omit<Dependency, "group" | "direct" | "line">;

/**
 * What a hook has installed beside itself, as its language writes it. `language` is undefined where
 * only the hook's own repository tells: it is then npm's where it is written as no other writes it.
 * null for what no reader knows.
 *
 * Source: pre-commit.com/#config-additional_dependencies.
 */
export function additionalDependency(
  text: string,
  language: string | undefined,
): Additional | null {
  switch (language) {
    case "python":
      return readRequirement(text);
    case "node":
      return npmPackage(text);
    case "rust":
      return versioned("cargo", text.replace(/^cli:/, ""), ":");
    case "golang":
      return versioned("golang", text, "@");
    case "ruby":
      return versioned("gem", text, ":");
    case undefined:
      return /^@|^[\w./-]+@[^:\s]*$/.test(text) ? npmPackage(text) : readRequirement(text);
    default:
      return null;
  }
}

// @scope/name@^1.2.3
function npmPackage(text: string): Additional {
  const at = text.indexOf("@", 1);
  return at === -1 ? readSpec(text, "*") : readSpec(text.slice(0, at), text.slice(at + 1));
}

function versioned(ecosystem: string, text: string, mark: string): Additional {
  const [name = "", version] = text.split(mark);
  const isOne = version !== undefined && /^v?\d/.test(version);
  const range = isOne ? (ecosystem === "golang" ? "exact" : "bounded") : "open";
  return { ecosystem, name, version: version ?? null, source: ownRegistry(ecosystem), range };
}
