import { childText, elementsAt } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import { rangeOfVersion } from "./version.ts";

/** A text with its placeholders replaced, and where what stands in it is written. */
export interface Resolved {
  readonly text: string;
  readonly line: number;
}

/** One placeholder that is all of a text. */
const WHOLE = /^\$\{([^${}]+)\}$/;
const PLACEHOLDER = /\$\{([^${}]+)\}/g;

/** What `${name}` stands for within one file: its properties, those of its profiles, itself and its parent. */
export class PomProperties {
  readonly #values = new Map<string, Resolved[]>();

  constructor(project: XmlElement) {
    for (const { name, text, line } of elementsAt(project, "properties").flatMap(childrenOf)) {
      // Of two properties of one name the later one counts.
      this.#values.set(name, [{ text: text.trim(), line }]);
    }
    const profiled = elementsAt(project, "profiles", "profile", "properties").flatMap(childrenOf);
    for (const { name, text, line } of profiled) this.#add(name, { text: text.trim(), line });
    for (const key of ["groupId", "version"]) this.#own(project, key);
  }

  /** Of values that move equally far, as thousands of profiles may have them, the first is enough. */
  #add(name: string, value: Resolved): void {
    const known = this.#values.get(name);
    if (!known) this.#values.set(name, [value]);
    else if (!known.some((one) => movementOf(one) === movementOf(value))) known.push(value);
  }

  #own(project: XmlElement, key: string): void {
    const [parent] = elementsAt(project, "parent");
    const inherited = parent ? childText(parent, key) : "";
    const text = childText(project, key) || inherited;
    if (text === "") return;
    const own = { text, line: project.line };
    for (const start of ["project.", "pom.", ""]) {
      if (!this.#values.has(start + key)) this.#values.set(start + key, [own]);
    }
    if (inherited !== "") this.#values.set(`project.parent.${key}`, [{ ...own, text: inherited }]);
  }

  /** All that a text may stand for, one step far; the first is what it does without any profile. */
  valuesOf({ text, line }: Resolved): readonly [Resolved, ...Resolved[]] {
    const [, name] = WHOLE.exec(text) ?? [];
    const [first, ...others] = (name === undefined ? undefined : this.#values.get(name)) ?? [];
    if (first) return [first, ...others];
    return [{ text: this.resolve(text), line }];
  }

  resolve(text: string): string {
    return text.replace(
      PLACEHOLDER,
      (whole, name: string) => this.#values.get(name)?.[0]?.text ?? whole,
    );
  }
}

function childrenOf({ children }: XmlElement): readonly XmlElement[] {
  return children;
}

function movementOf({ text }: Resolved): string {
  return text.endsWith("-SNAPSHOT") ? "snapshot" : rangeOfVersion(text);
}
