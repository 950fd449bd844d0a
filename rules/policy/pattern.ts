import { RE2JS } from "re2js";
import { RulesError } from "../rules-error.ts";
import { globToPattern, type GlobFlavour } from "./glob.ts";

/** What a text is tested with: a glob of either flavour over all of it, or a pattern anywhere in it. */
export type PatternKind = GlobFlavour | "search";

const MAX_PATTERN_LENGTH = 1024;
const MAX_PROGRAM_SIZE = 5000;
const MAX_REMEMBERED = 1000;

/** Whether a text matches. */
type Matcher = (text: string) => boolean;

const remembered = new Map<string, Matcher>();

/**
 * Tests a text with a glob or an RE2 pattern, in time linear to the text.
 *
 * `search` finds its pattern anywhere: anchor it with `^` and `$`. Throws `PATTERN_INVALID`.
 */
export function testPattern(kind: PatternKind, source: string, text: string): boolean {
  return compilePattern(kind, source)(text);
}

/** Compiles a pattern, or throws `PATTERN_INVALID` saying why it cannot be. */
export function compilePattern(kind: PatternKind, source: string): Matcher {
  const key = `${kind}:${source}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const matcher = matcherOf(kind, source);
  // Policies come from repositories: without an end to it their patterns would fill the memory.
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, matcher);
  return matcher;
}

function matcherOf(kind: PatternKind, source: string): Matcher {
  if (kind === "search") {
    const pattern = compile(bounded(source));
    return (text) => pattern.test(text);
  }
  const translated = globToPattern(source, kind);
  // Most globs are plain words, and an engine for those takes longer than all else of a policy.
  if (!/[*?[{\\]/.test(source)) return (text) => text === source;
  const pattern = compile(translated);
  return (text) => pattern.testExact(text);
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
