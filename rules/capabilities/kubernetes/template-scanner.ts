import { NotUnderstood } from "../not-understood.ts";

/** What an action does to the text around it. */
export type Action =
  | { readonly type: "open"; readonly condition: string | null }
  | { readonly type: "else"; readonly condition: string | null }
  | { readonly type: "end" }
  | { readonly type: "none" }
  /** `writesLines`: by its own word it writes lines of some depth. */
  | { readonly type: "value"; readonly writesLines: boolean };

/** Text as it stands, or an action: then `text` is what it says, in one spelling. */
export interface Piece {
  readonly text: string;
  readonly action: Action | null;
  /** 1-based. */
  readonly line: number;
  /** Line breaks that an action takes up. */
  readonly breaks: number;
}

/** Cuts a template into text, actions (`{{ … }}`) and Jinja's statements (`{% … %}`), in linear time. */
export function scanTemplate(text: string): Piece[] {
  const pieces: Piece[] = [];
  let [at, line] = [0, 1];
  const take = (end: number, action: Action | null, shown: string): void => {
    const breaks = countBreaks(text.slice(at, end));
    pieces.push({ text: shown, action, line, breaks: action ? breaks : 0 });
    [at, line] = [end, line + breaks];
  };
  for (const { index } of text.matchAll(/\{[{%]/g)) {
    if (index < at) continue;
    if (index > at) take(index, null, text.slice(at, index));
    const isAction = text[index + 1] === "{";
    const end = isAction ? endOfAction(text, index + 2) : endOf(text, "%}", index + 2);
    if (end === -1) {
      throw new NotUnderstood("template", "an action that never ends", { line, column: 1 });
    }
    const inner = oneSpelling(text.slice(index + 2, end - 2));
    take(end, isAction ? actionOf(inner) : { type: "none" }, inner);
  }
  if (at < text.length) take(text.length, null, text.slice(at));
  return pieces;
}

function countBreaks(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) breaks++;
  return breaks;
}

/** Behind the `}}` that ends an action: strings and comments may hold others. */
function endOfAction(text: string, from: number): number {
  if (/^-?\s*\/\*/.test(text.slice(from, from + 8))) {
    const closed = endOf(text, "*/", text.indexOf("/*", from) + 2);
    return closed === -1 ? -1 : endOf(text, "}}", closed);
  }
  // Where single quotes do not close, each would look for the next one as far as the line goes;
  // Go writes one character between them.
  const tokens = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.){1,100}'|\}\}|["`]/g;
  tokens.lastIndex = from;
  for (;;) {
    const found = tokens.exec(text);
    if (!found || found[0].length === 1) return -1;
    if (found[0] === "}}") return tokens.lastIndex;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length;
}

// `{{- .a  -}}` is `{{ .a }}`: what they trim is white space.
function oneSpelling(inner: string): string {
  return inner
    .replace(/^-(?=\s)/, "")
    .replace(/(?<=\s)-$/, "")
    .replace(/\s+/g, " ")
    .trim();
}

function actionOf(inner: string): Action {
  const [, word = "", rest = ""] = /^([a-z]*)\b ?(.*)$/s.exec(inner) ?? [];
  if (word === "if" || word === "range" || word === "with")
    return { type: "open", condition: rest };
  if (word === "define" || word === "block") return { type: "open", condition: null };
  if (word === "else") {
    return { type: "else", condition: rest === "" ? null : rest.replace(/^(?:if|with) /, "") };
  }
  if (word === "end") return { type: "end" };
  const writesNothing =
    inner.startsWith("/*") || /^(?:break|continue)$|^\$\w*(?:, ?\$\w*)? ?:?=/.test(inner);
  if (writesNothing || inner === "") return { type: "none" };
  return { type: "value", writesLines: /\bn?indent \S/.test(inner) };
}
