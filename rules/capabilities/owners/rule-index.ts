import type { OwnersRule } from "./lines.ts";
import {
  type Effort,
  extensionAt,
  leadingNames,
  matchesOwners,
  nameAnywhere,
  spend,
} from "./pattern.ts";

/** The rules, by their order, whose patterns begin with the names that lead here. */
interface Node {
  readonly rules: number[];
  readonly below: Map<string, Node>;
}

/** Finds the rule that decides about a path: the last one that matches it. */
export class RuleIndex {
  readonly #rules: readonly OwnersRule[];
  /** Most rules of a long file name a folder. */
  readonly #root: Node = { rules: [], below: new Map() };
  /** By a whole name or an extension. */
  readonly #byName = new Map<string, number[]>();

  constructor(rules: readonly OwnersRule[]) {
    this.#rules = rules;
    rules.forEach(({ matched }, index) => {
      const name = nameAnywhere(matched);
      if (name === null) nodeAt(this.#root, leadingNames(matched)).rules.push(index);
      else this.#rulesNamed(name).push(index);
    });
  }

  /** The last rule that matches; undefined where none does. */
  deciding(path: string, effort: Effort): OwnersRule | undefined {
    spend(effort, 1 + path.length / 8);
    const names = path.split("/");
    let last = -1;
    for (const candidates of this.#candidates(names)) {
      for (let at = candidates.length - 1; at >= 0; at -= 1) {
        const index = candidates[at] ?? -1;
        if (index <= last) break;
        const rule = this.#rules[index];
        if (!rule || !matchesOwners(rule.matched, names, effort)) continue;
        last = index;
        break;
      }
    }
    return this.#rules[last];
  }

  *#candidates(names: readonly string[]): Generator<readonly number[]> {
    let node: Node | undefined = this.#root;
    yield node.rules;
    for (const name of names) {
      yield this.#byName.get(name) ?? [];
      yield this.#byName.get(extensionAt(name) ?? "") ?? [];
      node = node?.below.get(name);
      if (node) yield node.rules;
    }
  }

  #rulesNamed(name: string): number[] {
    const known = this.#byName.get(name) ?? [];
    this.#byName.set(name, known);
    return known;
  }
}

function nodeAt(root: Node, names: readonly string[]): Node {
  let node = root;
  for (const name of names) {
    const next = node.below.get(name) ?? { rules: [], below: new Map<string, Node>() };
    node.below.set(name, next);
    node = next;
  }
  return node;
}
