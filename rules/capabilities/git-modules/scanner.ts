import { NotUnderstood, type Place } from "../not-understood.ts";

/** Takes a text's characters one by one and knows where it stands. Line feeds alone end lines. */
export class Scanner {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** The next character, which stays; a line feed at the end of the text. */
  next(): string {
    return this.#text[this.#at] ?? "\n";
  }

  take(): string {
    const character = this.next();
    this.#at += 1;
    if (character === "\n") {
      this.#line += 1;
      this.#lineStart = this.#at;
    }
    return character;
  }

  /** Takes characters for as long as `wanted` matches each of them. */
  takeWhile(wanted: RegExp): string {
    const start = this.#at;
    while (!this.isAtEnd && wanted.test(this.next())) this.take();
    return this.#text.slice(start, this.#at);
  }

  refuse(code: string, why: string): NotUnderstood {
    return new NotUnderstood(code, why, this.place);
  }
}
