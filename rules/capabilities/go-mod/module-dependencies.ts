import type { Dependency } from "../../dependencies/dependency.ts";
import { gitAt, localPath, ownRegistry } from "../../dependencies/source.ts";
import { NotUnderstood } from "../not-understood.ts";
import type { GoDirective } from "./directives.ts";

/** Directives that take nothing in. */
const SILENT = ["module", "exclude", "retract", "use", "godebug", "ignore"];

/**
 * What one directive takes in. A version is exactly that one: the highest that some module asks for
 * is built, and `go.sum` says what it holds.
 */
export function moduleDependencies({ verb, words, comment, line }: GoDirective): Dependency[] {
  const place = { ecosystem: "golang", group: verb, line };
  const [name = "", version = null] = words;
  if (SILENT.includes(verb)) return [];
  if (name === "") throw refusal(line);
  switch (verb) {
    case "require": {
      if (version === null || words.length > 2) throw refusal(line);
      const direct = !/^indirect(?:;|$)/.test(comment);
      return [{ ...place, name, version, direct, source: ownRegistry("golang"), range: "exact" }];
    }
    case "replace":
      return [replaced(words, line)];
    case "tool":
      return [{ ...place, name, version: null, direct: true, source: ownRegistry("golang") }];
    case "go":
      return [{ ...toolchain(name, line), group: verb }];
    case "toolchain":
      return name === "default"
        ? []
        : [{ ...toolchain(name.replace(/^go/, ""), line), group: verb }];
    default:
      throw new NotUnderstood("go-directive", "a directive that is not known", { line, column: 1 });
  }
}

/** The `go` command fetches a newer one of itself where a line asks for it (go.dev/doc/toolchain). */
function toolchain(version: string, line: number) {
  const named = { ecosystem: "golang", name: "golang.org/toolchain", version };
  return { ...named, direct: true, source: ownRegistry("golang"), line };
}

// example.com/a [v1.2.3] => ../a, or => example.com/fork v1.2.4
function replaced(words: readonly string[], line: number): Dependency {
  const arrow = words.indexOf("=>");
  const [name] = words;
  const [target, version = null] = words.slice(arrow + 1);
  if (name === undefined || target === undefined || arrow < 1) throw refusal(line);
  const place = { ecosystem: "golang", group: "replace", direct: true, line } as const;
  const isPath = /^(?:\.\.?(?:[/\\]|$)|\/|[A-Za-z]:)/.test(target);
  if (isPath) return { ...place, name, version, source: localPath(target), range: "exact" };
  if (version === null) throw refusal(line);
  const source = target === name ? ownRegistry("golang") : gitAt(`https://${withoutMajor(target)}`);
  return { ...place, name, version, source, range: "exact" };
}

/** The last part of `example.com/a/v2` is no part of its repository. */
function withoutMajor(path: string): string {
  return path.replace(/\/v\d+$/, "");
}

function refusal(line: number): NotUnderstood {
  return new NotUnderstood("go-directive", "a directive that is not complete", { line, column: 1 });
}
