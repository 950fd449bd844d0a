import type { DurableFiles } from "../../ledger/append/durable-files.ts";
import type { LedgerBranch } from "../../ledger/branch.ts";
import type { SigningKey } from "../../ledger/format/keys.ts";

/** When a process dies: at its n-th effect (from 1), before it took place or after. */
export interface Death {
  readonly at: number;
  readonly when: "before" | "after";
}

/** A process that counts its effects and dies at one of them; from then on nothing of it works. */
export class Mortal {
  effects = 0;
  #dead = false;
  readonly #death: Death | null;

  constructor(death: Death | null) {
    this.#death = death;
  }

  async effect<T>(act: () => Promise<T>): Promise<T> {
    this.live();
    this.effects += 1;
    const dies = this.effects === this.#death?.at ? this.#death.when : "never";
    if (dies === "before") this.#die();
    const result = await act();
    if (dies === "after") this.#die();
    return result;
  }

  live(): void {
    if (this.#dead) throw new Error("the process is dead");
  }

  #die(): never {
    this.#dead = true;
    throw new Error("the process died");
  }
}

export function mortalFiles(mortal: Mortal, files: DurableFiles): DurableFiles {
  return {
    read: (name) => alive(mortal, () => files.read(name)),
    write: (name, bytes) => mortal.effect(() => files.write(name, bytes)),
    append: (name, bytes) => mortal.effect(() => files.append(name, bytes)),
    remove: (name) => mortal.effect(() => files.remove(name)),
  };
}

export function mortalBranch(mortal: Mortal, branch: LedgerBranch): LedgerBranch {
  return {
    tip: () => alive(mortal, () => branch.tip()),
    advance: (...change) => mortal.effect(() => branch.advance(...change)),
  };
}

/** A key that tells every head that it signs: `size root`. */
export function watchedKey(key: SigningKey, heads: Map<string, Set<string>>): SigningKey {
  return {
    public: key.public,
    sign: (bytes) => {
      const [origin = "", size = "", root = ""] = Buffer.from(bytes).toString().split("\n");
      if (/^bailiff\.dev\/ledger\/[a-z0-9]+$/.test(origin)) {
        heads.set(size, (heads.get(size) ?? new Set()).add(root));
      }
      return key.sign(bytes);
    },
  };
}

async function alive<T>(mortal: Mortal, act: () => Promise<T>): Promise<T> {
  mortal.live();
  return act();
}
