import type { NotUnderstood } from "../capabilities/not-understood.ts";

/** Why a document is none that is read, and what to write instead. */
export interface YamlWords {
  readonly why: string;
  readonly remedy: string;
}

/** What is wrong with a document's form, in words for whoever wrote it. */
export function yamlWords({ code, message }: NotUnderstood): YamlWords {
  const fault = /^not valid YAML: ([A-Z_]+)$/.exec(message)?.[1];
  const [why, remedy] = (fault === undefined ? FORMS[code] : FAULTS[fault]) ?? [message, GENERAL];
  return { why, remedy };
}

type Words = readonly [why: string, remedy: string];

const GENERAL = "write one YAML document of at most 256 KiB in UTF-8, without tags or merge keys";
const CLOSE = "close every quote, [ and { before it, and put a space behind each colon and comma";
const ALIGN = "indent with spaces, keys of one map by as many; close every [ and { before it";

/** By the code of what the parser refuses. */
const FAULTS: Readonly<Record<string, Words>> = {
  TAB_AS_INDENT: ["a tab stands where YAML takes only spaces", "indent with spaces"],
  BAD_INDENT: ["this does not stand where what is around it lets it stand", ALIGN],
  BAD_SCALAR_START: [
    "a text cannot begin with this character",
    'put the text in quotes, for example "*.ts"; logins have no @',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    "a map or list begins behind a value, on its line or indented below it",
    "indent the keys of one map alike, and begin a nested one on the line below its key",
  ],
  BLOCK_IN_FLOW: [
    "inside [ ] or { } a list or map by lines cannot stand",
    "write it with [ ] or { }",
  ],
  MISSING_CHAR: ["a quote, bracket, comma, colon or space is missing", CLOSE],
  MULTILINE_IMPLICIT_KEY: [
    "a key ends on its line with a colon, and this one has none",
    "write KEY: VALUE, or close the quote that begins before it",
  ],
  UNEXPECTED_TOKEN: ["this cannot stand here", CLOSE],
  BAD_ALIAS: ["a * begins an alias", 'put globs in quotes, for example path: "**/*.ts"'],
  BAD_DQ_ESCAPE: [
    "this escape is none that double quotes know",
    "put patterns in single quotes: 'v\\d+'",
  ],
  TAG_RESOLVE_FAILED: ["a ! begins a tag", "put the text in quotes"],
};

/** By the code of what is refused though it is YAML. */
const FORMS: Readonly<Record<string, Words>> = {
  "duplicate-key": ["a key that its map already has", "keep one of the two, or join what they say"],
  tag: ["a YAML tag", "take out what begins with !, or put the text in quotes"],
  alias: ["an alias without a complete anchor", 'put globs in quotes, for example path: "**/*.ts"'],
  "merge-key": ["a YAML merge key", "write out what << would merge"],
  documents: ["more than one YAML document", "take out the line --- with what follows it"],
  directive: ["a YAML directive", "take out the line that begins with %"],
  "not-utf8": ["not UTF-8", "save the file as UTF-8"],
  "too-large": [
    "too large: more than 256 KiB",
    "write fewer policies, or shorter ones: globs take many paths together",
  ],
  "too-deep": ["nested too deep", "write fewer levels inside each other"],
};
