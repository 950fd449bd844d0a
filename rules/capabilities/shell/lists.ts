import { NotUnderstood } from "../not-understood.ts";
import type { ShellWord } from "./command.ts";
import {
  type Frame,
  type NewFrame,
  type OpenCommand,
  openFrame,
  type OpenWord,
  type Quote,
} from "./frame.ts";

/** What stands in a word for the output of commands. */
export const SUBSTITUTED = "$()";

/** What may stand before a command without being its name. */
const KEYWORDS = new Set(["!", "if", "then", "else", "elif", "while", "until", "try"]);

/** What may stand before an assignment that a shell reads as one. */
const BEFORE_ASSIGNMENT = /^(?:declare|export|local|readonly|typeset|-\w+)$|^[A-Za-z_][^=]*=/;

/** No script nests so deep. */
const MAX_DEPTH = 1000;

/** Groups whose ends are words: `{ curl …; } | sh`, `for … do curl …; done | sh`. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["do", "done"],
]);
const GROUP_ENDS = new Set(GROUPS.values());

/** The commands that were read, and the lists that are open: what a scanner's characters build. */
export class ShellLists {
  readonly commands: OpenCommand[] = [];
  readonly #frames: Frame[];
  /** How many open lists each closer has, so that no search for one runs through all of them. */
  readonly #closers = new Map<string, number>();
  #row = 0;

  constructor(quote: Quote) {
    this.#frames = [
      { ...openFrame({ closer: "", within: null, input: null, first: 0, rawUntil: 0 }), quote },
    ];
  }

  get quote(): Quote {
    return this.#frame.quote;
  }

  set quote(quote: Quote) {
    this.quoteWord();
    this.#frame.quote = quote;
  }

  /** The word that is open, or opens here, is no keyword. */
  quoteWord(): void {
    this.#openWord().isQuoted = true;
  }

  get isInWord(): boolean {
    return this.#frame.word !== null;
  }

  /** Whether an assignment may stand here: before a command's name, or as one of `declare`'s words. */
  get isAssigning(): boolean {
    const { word, command, isAssigning } = this.#frame;
    return !word && (!command || isAssigning);
  }

  isRaw(at: number): boolean {
    return at < this.#frame.rawUntil;
  }

  /** The innermost list, and groups in it, are not read for here documents up to there. */
  markRaw(end: number): void {
    this.#frame.rawUntil = end;
  }

  isOpen(closer: string): boolean {
    return (this.#closers.get(closer) ?? 0) > 0;
  }

  /** More of the word that is open, or of a new one in this row. */
  append(text: string, row: number, expanding = text): void {
    this.#row = row;
    const word = this.#openWord();
    word.text += text;
    word.expanding += expanding;
  }

  /** Begins a substitution: its commands' output becomes part of the word that is open, or opens here. */
  openInWord(closer: string, row: number, rawUntil = 0): void {
    this.append(SUBSTITUTED, row);
    const command = this.#openCommand();
    const within = { command: command.index, word: command.words.length };
    this.#push({ closer, within, input: command.reads, first: this.commands.length, rawUntil });
  }

  /** Begins a group; one as an argument, as PowerShell has them, is a substitution. */
  open(closer: string, row: number): void {
    const { word, command, source, input, within, rawUntil } = this.#frame;
    const first = this.commands.length;
    if (word || command) this.openInWord(closer, row, rawUntil);
    else this.#push({ closer, within, input: source ?? input, first, rawUntil });
  }

  /** Ends all lists up to the one with this closer; without one, only the command. */
  close(closer: string): void {
    this.endCommand();
    while (this.isOpen(closer)) {
      if (this.#closeInnermost() === closer) return;
    }
  }

  /** Ends all that is open at the end of the text. */
  closeAll(): void {
    while (this.#frames.length > 1) this.#closeInnermost();
    this.endCommand();
  }

  endWord(): void {
    const { word, command } = this.#frame;
    const isFirst = word && !word.isQuoted && command?.words.length === 0;
    if (isFirst && KEYWORDS.has(word.text)) this.#frame.word = null;
    else if (isFirst && (GROUPS.has(word.text) || GROUP_ENDS.has(word.text)))
      this.#group(word.text);
    else this.#pushWord();
  }

  endCommand(): void {
    this.endWord();
    this.#finishCommand();
  }

  /** Behind a pipe the command may stand in a later line. */
  endLine(): void {
    if (this.#frame.command || !this.#frame.source) this.endCommand();
  }

  pipe(): void {
    this.endCommand();
    this.#frame.source = this.#frame.last;
  }

  /** Adds a redirection, of the descriptor that stands right before it: `2>`, `{fd}>`. */
  redirect(operator: string, row: number): OpenCommand {
    this.#row = row;
    if (/^(?:\d+|\{\w+\})$/.test(this.#frame.word?.text ?? "")) this.#frame.word = null;
    this.endWord();
    const command = this.#openCommand();
    this.#addWord(command, { text: operator, expanding: operator, row, isRedirection: true });
    return command;
  }

  get #frame(): Frame {
    const frame = this.#frames.at(-1);
    if (!frame) throw new RangeError("the script's own list is never closed");
    return frame;
  }

  #openWord(): OpenWord {
    this.#openCommand();
    return (this.#frame.word ??= { text: "", expanding: "", row: this.#row, isQuoted: false });
  }

  #openCommand(): OpenCommand {
    const frame = this.#frame;
    if (frame.command) return frame.command;
    const index = this.commands.length;
    const reads = frame.group ?? frame.source ?? frame.input;
    const { within } = frame;
    frame.command = { index, words: [], row: this.#row, reads, within, heredocs: [] };
    frame.isAssigning = true;
    this.commands.push(frame.command);
    return frame.command;
  }

  #push(list: NewFrame): void {
    if (this.#frames.length > MAX_DEPTH)
      throw new NotUnderstood("too-deep", "a script nested too deep");
    this.#frames.push(openFrame(list));
    this.#closers.set(list.closer, (this.#closers.get(list.closer) ?? 0) + 1);
  }

  #pushWord(): void {
    const { word, command } = this.#frame;
    this.#frame.word = null;
    if (!word || !command) return;
    const { text, expanding, row } = word;
    this.#addWord(command, { text, expanding, row, isRedirection: false });
  }

  #addWord(command: OpenCommand, word: ShellWord): void {
    this.#frame.isAssigning &&= BEFORE_ASSIGNMENT.test(word.text);
    command.words.push(word);
  }

  #finishCommand(): void {
    this.#pushWord();
    const { command } = this.#frame;
    if (command) this.#frame.last = { from: command.index, to: this.commands.length };
    this.#frame.command = null;
    this.#frame.source = null;
    this.#frame.group = null;
  }

  #closeInnermost(): string {
    this.#finishCommand();
    const { closer, first } = this.#frame;
    this.#frames.pop();
    this.#closers.set(closer, (this.#closers.get(closer) ?? 0) - 1);
    this.#frame.last = this.#frame.group = { from: first, to: this.commands.length };
    this.#frame.source = null;
    return closer;
  }

  #group(word: string): void {
    this.#frame.word = null;
    this.#frame.command = null;
    this.commands.pop();
    const closer = GROUPS.get(word);
    if (closer) this.open(closer, this.#row);
    else this.close(word);
  }
}
