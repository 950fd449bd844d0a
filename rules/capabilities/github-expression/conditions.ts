import { contentDigest } from "../holder-content.ts";
import { onceForEach } from "../once-for-each.ts";
import type { DataEntry } from "../data/data-node.ts";
import { conjunctsOf } from "./conjuncts.ts";
import { embeddedIn, replaceEmbedded } from "./embedded.ts";

/**
 * What an `if` asks for, one condition each, sorted, but for what is asked of what ran before
 * (`successAskedBy`): `if: always()` asks for nothing. `if: X` and `if: ${{ X }}` are one, and
 * `if: X && Y` asks for more than `if: X`, so it is no raise.
 */
export function conditionsOf(condition: DataEntry | undefined): readonly string[] {
  return condition ? conditionsIn(condition) : [];
}

/** An `if` that asks for more counts as one condition, whole: every two ways are compared by theirs. */
const MAX_CONDITIONS = 50;

/**
 * The expression that an `if` asks for, without `${{ }}`; "" for what holds always. An expression
 * beside other text is a text, which always holds: the line break that a block (`if: |`) ends
 * with is enough.
 */
export function bareCondition(text: string): string {
  const [first] = embeddedIn(text);
  if (!first) return text.trim();
  if (first.start === 0 && first.end === text.length) return first.inner.trim();
  return replaceEmbedded(text, () => "") === "" ? text : "";
}

/** Each asks, whole, for no more than how what ran before came out. */
const ABOUT_RUN: ReadonlySet<string> = new Set(["always()", "success()", "!cancelled()"]);

// Every capability of a step asks for its `if` again.
const conditionsIn = onceForEach(readConditions);

function readConditions({ value }: DataEntry): readonly string[] {
  const bare = value.type === "scalar" ? bareCondition(value.text) : "";
  if (bare === "") return [];
  const conjuncts = conjunctsOf(bare).filter((conjunct) => !ABOUT_RUN.has(conjunct));
  const asked = conjuncts.length > MAX_CONDITIONS ? [bare] : conjuncts;
  return [...new Set(asked.map((conjunct) => `if ${contentDigest(conjunct)}`))].sort();
}
