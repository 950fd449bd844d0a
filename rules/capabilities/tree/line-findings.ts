import type { Capability, Certainty } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { type Way, wayTo } from "../reach.ts";
import type { TextLine } from "./text-lines.ts";
import { treeCapability, type TreeEntry } from "./tree-reader.ts";

/** The most capabilities of one kind that a file shows, and the most further lines told apart. */
const MAX_SHOWN = 50;
const MAX_TOLD_APART = 200;

/** Something that one line of a file holds, by nothing but the line's text. `tell` is asked only for what is shown. */
export interface LineFinding {
  readonly line: TextLine;
  readonly level?: string;
  readonly tell: () => Pick<Capability, "name" | "context">;
}

/** How the findings of one kind are told. `levels` go from weakest to strongest. */
interface Telling {
  readonly kind: string;
  readonly certainty: Certainty;
  readonly levels: readonly string[];
  /** What may lawfully hold other things than its like: what moves there from elsewhere is another way. */
  readonly place?: string;
}

/**
 * Makes one kind's findings in a file, given in the order of its lines, into capabilities.
 *
 * Each is reached by its line's text, less the space around it: a finding in a line that is edited
 * is a raise, one in a line that only moves is none. What is over 50 becomes one more, named
 * `and more`: a way for each of its next 200 lines and a last one for all others.
 */
export class LineFindings {
  readonly #telling: Telling;
  readonly #shown: LineFinding[] = [];
  readonly #toldApart: TextLine[] = [];
  readonly #others: TextLine[] = [];
  readonly #digests = new Map<number, string>();
  readonly #levelsOfMore = new Set<string | undefined>();
  #last = 0;

  readonly #place: string;

  constructor(telling: Telling) {
    this.#telling = telling;
    this.#place = telling.place ?? "";
  }

  add(finding: LineFinding): void {
    if (this.#shown.length < MAX_SHOWN) this.#shown.push(finding);
    else this.#addMore(finding);
  }

  capabilities(entry: TreeEntry): Capability[] {
    const { kind, certainty } = this.#telling;
    const shown = this.#shown.map(({ level, line, tell }) =>
      treeCapability(entry, {
        ...{ kind, certainty, line: line.number, ...tell() },
        ...(level !== undefined && { level }),
        reach: [this.#wayOf(line)],
      }),
    );
    return [...shown, ...this.#more(entry)];
  }

  #addMore({ line, level }: LineFinding): void {
    this.#levelsOfMore.add(level);
    if (line.number === this.#last) return;
    this.#last = line.number;
    (this.#toldApart.length < MAX_TOLD_APART ? this.#toldApart : this.#others).push(line);
  }

  #more(entry: TreeEntry): Capability[] {
    const [first] = this.#toldApart;
    if (!first) return [];
    const { kind, certainty, levels } = this.#telling;
    const level = levels.findLast((each) => this.#levelsOfMore.has(each));
    return [
      treeCapability(entry, {
        ...{ kind, name: "and more", certainty, line: first.number },
        ...(level !== undefined && { level }),
        reach: [...this.#toldApart.map((line) => this.#wayOf(line)), ...this.#otherWay()],
      }),
    ];
  }

  /** One line can hold many findings, and be long. */
  #wayOf({ number, text }: TextLine): Way {
    const digest = this.#digests.get(number) ?? contentDigest(text.trim());
    this.#digests.set(number, digest);
    return wayTo(`${this.#place}line:${digest}`, number);
  }

  #otherWay(): Way[] {
    const [first] = this.#others;
    if (!first) return [];
    const texts = this.#others.map(({ text }) => text.trim()).join("\n");
    return [wayTo(`${this.#place}lines:${contentDigest(texts)}`, first.number)];
  }
}
