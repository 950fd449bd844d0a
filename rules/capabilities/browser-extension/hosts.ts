import type { Capability } from "../capability.ts";
import { type DataMap, type DataScalar, entryOf } from "../data/data-node.ts";
import { isTrue, listedAt, stringAt, stringsAt, valueAt } from "../data/values.ts";
import { NotUnderstood } from "../not-understood.ts";
import { distinctWays, type Way, wayTo } from "../reach.ts";
import { printable } from "../printable.ts";
import { patternWays, readPattern } from "./match-pattern.ts";

/** All but what is the same for everything that an extension holds. */
export type Grant = Pick<Capability, "kind" | "name" | "level" | "context" | "line" | "reach">;

/** Each is compared with each of the other side. */
const MAX_WAYS = 4_000;

/** Where the user is asked before a permission counts. */
export const ASKED = "the user is asked";

interface Opened {
  readonly text: string;
  readonly line: number;
  readonly ways: readonly Way[];
  readonly isEvery: boolean;
  readonly isAsked: boolean;
}

/** The lists that name hosts, in either version of the manifest. */
const HOST_LISTS = [
  { key: "permissions", isAsked: false },
  { key: "host_permissions", isAsked: false },
  { key: "optional_permissions", isAsked: true },
  { key: "optional_host_permissions", isAsked: true },
] as const;

/** The hosts whose pages, requests and cookies an extension may use: all of them together. */
export function hostGrants(root: DataMap): Grant[] {
  const opened = HOST_LISTS.flatMap(({ key, isAsked }) =>
    stringsAt(root, key).flatMap((text) =>
      openedBy(text, { conditions: isAsked ? [ASKED] : [], paths: "ignored" }).map((one) => ({
        ...one,
        isAsked,
      })),
    ),
  );
  return together("browser.host", "hosts", opened);
}

/** The pages into which an extension puts scripts and styles: all of them together. */
export function contentScriptGrants(root: DataMap): Grant[] {
  const opened = listedAt(root, "content_scripts")
    .filter((item) => item.type === "map")
    .flatMap((script) => {
      const conditions = scriptConditions(script);
      return stringsAt(script, "matches").flatMap((text) =>
        openedBy(text, { conditions, paths: "count" }),
      );
    });
  return together("browser.content-script", "content scripts", opened);
}

/** What a content script leaves out; with one less of them it does more. */
function scriptConditions(script: DataMap): string[] {
  const isAbout =
    isTrue(valueAt(script, "match_about_blank")) ||
    isTrue(valueAt(script, "match_origin_as_fallback"));
  const globs = stringsAt(script, "include_globs").map(({ text }) => text);
  return [
    ...(isTrue(valueAt(script, "all_frames")) ? [] : ["top frame"]),
    ...(stringAt(script, "world")?.text === "MAIN" ? [] : ["isolated"]),
    ...(isAbout ? [] : ["own address"]),
    ...(entryOf(script, "js") ? [] : ["styles alone"]),
    ...stringsAt(script, "exclude_matches").map(({ text }) => `not ${text}`),
    ...stringsAt(script, "exclude_globs").map(({ text }) => `not glob ${text}`),
    ...(globs.length === 0 ? [] : [`globs ${globs.sort().join(" ")}`]),
  ];
}

/** The pages that may load what is in an extension, and those that may send it messages. */
export function exposedGrants(root: DataMap): Grant[] {
  const plain = stringsAt(root, "web_accessible_resources").flatMap((text) =>
    text.text === "" ? [] : exposedToAll(text),
  );
  const matched = listedAt(root, "web_accessible_resources")
    .filter((item) => item.type === "map")
    .flatMap((entry) => [
      ...stringsAt(entry, "matches").flatMap(exposedToPages),
      ...stringsAt(entry, "extension_ids").map(exposedToExtension),
    ]);
  const connecting = stringsAt(root, "externally_connectable", "matches").flatMap(exposedToPages);
  return [
    ...together("browser.exposed", "web_accessible_resources", [...plain, ...matched]),
    ...together("browser.exposed", "externally_connectable", connecting),
  ];
}

function exposedToPages(text: DataScalar): Opened[] {
  return openedBy(text, { conditions: [], paths: "ignored" });
}

/** In version 2 whatever is named is there for every page and every extension. */
function exposedToAll(text: DataScalar): Opened[] {
  return [
    ...exposedToPages({ ...text, text: "<all_urls>" }),
    exposedToExtension({ ...text, text: "*" }),
  ];
}

function exposedToExtension({ text, line }: DataScalar): Opened {
  const conditions = text === "*" ? [] : [`extension ${text}`];
  const ways = [{ ...wayTo("extension", line), conditions }];
  return { text, line, ways, isEvery: text === "*", isAsked: false };
}

interface Opening {
  readonly conditions: readonly string[];
  readonly paths: "count" | "ignored";
}

function openedBy({ text, line }: DataScalar, { conditions, paths }: Opening): Opened[] {
  const pattern = readPattern(text, paths);
  if (!pattern) return [];
  const ways = patternWays(pattern, conditions, line);
  return [{ text, line, ways, isEvery: pattern.isEvery, isAsked: false }];
}

/**
 * One capability for all that patterns open together: what is in a wider one already is nothing
 * new, wherever it stands.
 */
function together(kind: string, name: string, opened: readonly Opened[]): Grant[] {
  const [first] = opened;
  if (!first) return [];
  const reach = distinctWays(opened.flatMap(({ ways }) => ways));
  if (reach.length > MAX_WAYS) {
    throw new NotUnderstood("too-many-patterns", "too many match patterns", {
      line: first.line,
      column: 1,
    });
  }
  const held = opened.filter(({ isAsked }) => !isAsked);
  const strongest = held.find(({ isEvery }) => isEvery) ?? held[0] ?? first;
  const texts = [...new Set(opened.map(({ text }) => text))].sort();
  return [
    {
      kind,
      name,
      level: levelOf(strongest),
      context: printable(texts.join(", ")),
      line: strongest.line,
      reach,
    },
  ];
}

function levelOf({ isAsked, isEvery }: Opened): string {
  if (isAsked) return "asked";
  return isEvery ? "every" : "named";
}
