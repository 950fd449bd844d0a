import type { ConfigText, ConfigValue } from "../cloud/config-value.ts";
import type { HclBody, HclExpression, HclReference } from "../hcl/tree.ts";
import { hclValue, type KnownTexts } from "./hcl-values.ts";

/** How many locals may lead to one another, and how many texts those of a file stand for in all. */
const MAX_STEPS = 4;
const MAX_TEXTS = 20_000;

/**
 * The locals of one file that stand for texts: a list of actions that was given a name is the same
 * list. What holds maps keeps its name, and is told where it is written.
 */
export class Locals implements KnownTexts {
  readonly #expressions: ReadonlyMap<string, HclExpression>;
  readonly #known = new Map<string, readonly ConfigText[] | null>();
  #steps = 0;
  #left = MAX_TEXTS;

  constructor(expressions: ReadonlyMap<string, HclExpression> = new Map()) {
    this.#expressions = expressions;
  }

  /** The texts that a reference stands for, or null. They stand at their own lines. */
  textsOf(reference: HclReference): ConfigValue | null {
    const name = localName(reference);
    const expression = name === null ? undefined : this.#expressions.get(name);
    if (name === null || !expression) return null;
    const items = this.#resolve(name, expression);
    this.#left -= items?.length ?? 0;
    return items && this.#left >= 0 ? { type: "list", items, line: reference.line } : null;
  }

  #resolve(name: string, expression: HclExpression): readonly ConfigText[] | null {
    const known = this.#known.get(name);
    if (known !== undefined || this.#steps >= MAX_STEPS) return known ?? null;
    // A local that leads to itself is none.
    this.#known.set(name, null);
    this.#steps += 1;
    const texts = onlyTexts(hclValue(expression, this));
    this.#steps -= 1;
    this.#known.set(name, texts);
    return texts;
  }
}

/** `local.name`, else null. */
function localName({ root, steps }: HclReference): string | null {
  const [only, ...others] = steps;
  return root === "local" && only?.step === "attribute" && others.length === 0 ? only.name : null;
}

/** Null where there is anything else. */
function onlyTexts(value: ConfigValue): readonly ConfigText[] | null {
  if (value.type === "map") return null;
  if (value.type === "text") return value.text.startsWith("${") ? null : [value];
  const texts: ConfigText[] = [];
  for (const item of value.items) {
    const inner = item.type === "text" ? [item] : onlyTexts(item);
    if (!inner) return null;
    texts.push(...inner);
  }
  return texts;
}

/** The locals that a file's blocks define. */
export function localsOf({ blocks }: HclBody): Locals {
  const expressions = new Map<string, HclExpression>();
  for (const { type, body } of blocks) {
    if (type !== "locals") continue;
    for (const { name, expression } of body.attributes) expressions.set(name, expression);
  }
  return new Locals(expressions);
}
