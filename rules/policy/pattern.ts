import { RE2JS } from "re2js";
import { RulesError } from "../rules-error.ts";
import { globToPattern, type GlobFlavour } from "./glob.ts";

/** What a text is tested with: a glob of either flavour over all of it, or a pattern anywhere in it. */
export type PatternKind = GlobFlavour | "search";

const MAX_PATTERN_LENGTH = 1024;
const MAX_PROGRAM_SIZE = 5000;
const MAX_REMEMBERED = 1000;

const remembered = new Map<string, RE2JS>();

/**
 * Tests a text with a glob or an RE2 pattern, in time linear to the text.
 *
 * `search` finds its pattern anywhere: anchor it with `^` and `$`. Throws `PATTERN_INVALID`.
 */
export function testPattern(kind: PatternKind, source: string, text: string): boolean {
  const pattern = compilePattern(kind, source);
  return kind === "search" ? pattern.test(text) : pattern.testExact(text);
}

/** Compiles a pattern, or throws `PATTERN_INVALID` saying why it cannot be. */
export function compilePattern(kind: PatternKind, source: string): RE2JS {
  const key = `${kind}:${source}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const pattern = compile(kind === "search" ? bounded(source) : globToPattern(source, kind));
  // Policies come from repositories: without an end to it their patterns would fill the memory.
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, pattern);
  return pattern;
}

function bounded(source: string): string {
  if (source.length <= MAX_PATTERN_LENGTH) return source;
  refuse(`a pattern has at most ${MAX_PATTERN_LENGTH} characters`);
}

function compile(source: string): RE2JS {
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(source);
  } catch (cause) {
    refuse(cause instanceof Error ? cause.message : "not an RE2 pattern", cause);
  }
  if (pattern.programSize() > MAX_PROGRAM_SIZE) refuse("the pattern repeats too much");
  return pattern;
}

function refuse(message: string, cause?: unknown): never {
  throw new RulesError("PATTERN_INVALID", message, { cause });
}
