import { RE2JS } from "re2js";
import { RulesError } from "../rules-error.ts";
import { globToPattern, type GlobFlavour } from "./glob.ts";

/** What a text is tested with: a glob of either flavour over all of it, or a pattern anywhere in it. */
export type PatternKind = GlobFlavour | "search";

const MAX_PATTERN_LENGTH = 1024;
const MAX_PROGRAM_SIZE = 5000;
/** What patterns weigh that are kept compiled; those of one document always fit. */
const MAX_REMEMBERED_WEIGHT = 1_000_000;
/** What a pattern weighs besides the instructions of its program. */
const LEAST_WEIGHT = 10;

/** Whether a text matches. */
type Matcher = (text: string) => boolean;

interface Compiled {
  readonly matches: Matcher;
  readonly weight: number;
}

const remembered = new Map<string, Compiled>();
let rememberedWeight = 0;

/**
 * Tests a text with a glob or an RE2 pattern, in time linear to the text.
 *
 * `search` finds its pattern anywhere: anchor it with `^` and `$`. Throws `PATTERN_INVALID` and
 * `PATTERN_TOO_LARGE`.
 */
export function testPattern(kind: PatternKind, source: string, text: string): boolean {
  return compilePattern(kind, source).matches(text);
}

/**
 * Compiles a pattern, or throws `PATTERN_INVALID` or `PATTERN_TOO_LARGE` saying why it cannot be.
 *
 * `weight` counts the instructions that compiling gave: what that took, and what testing one
 * character takes at most.
 */
export function compilePattern(kind: PatternKind, source: string): Compiled {
  const key = `${kind}:${source}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const compiled = compiledOf(kind, source);
  // Policies come from repositories: without an end to it their patterns would fill the memory.
  if (rememberedWeight + compiled.weight > MAX_REMEMBERED_WEIGHT) {
    remembered.clear();
    rememberedWeight = 0;
  }
  remembered.set(key, compiled);
  rememberedWeight += compiled.weight;
  return compiled;
}

function compiledOf(kind: PatternKind, source: string): Compiled {
  if (kind === "search") {
    const pattern = compile(bounded(source));
    return { matches: (text) => pattern.test(text), weight: weightOf(pattern) };
  }
  const translated = globToPattern(source, kind);
  // Most globs are plain words, and an engine for those takes longer than all else of a policy.
  if (!/[*?[{\\]/.test(source)) return { matches: (text) => text === source, weight: LEAST_WEIGHT };
  const pattern = compile(translated);
  return { matches: (text) => pattern.testExact(text), weight: weightOf(pattern) };
}

function weightOf(pattern: RE2JS): number {
  return LEAST_WEIGHT + pattern.programSize();
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
  if (pattern.programSize() > MAX_PROGRAM_SIZE) {
    throw new RulesError("PATTERN_TOO_LARGE", "the pattern repeats too much");
  }
  return pattern;
}

function refuse(message: string, cause?: unknown): never {
  throw new RulesError("PATTERN_INVALID", message, { cause });
}
