import type { Capability } from "../capability.ts";
import { TextPlaces } from "../data/text-places.ts";
import { contentDigest } from "../holder-content.ts";
import { wayTo } from "../reach.ts";
import { isExample } from "../secrets/example-value.ts";
import { findSecrets } from "../secrets/find-secrets.ts";
import { isFixturePath } from "../secrets/fixture-paths.ts";
import type { FoundSecret } from "../secrets/found-secret.ts";
import { looseText } from "./loose-text.ts";
import { treeCapability, type TreeEntry, type TreeReader } from "./tree-reader.ts";

const KIND = "text.secret";
const LEVELS = ["example", "fixture", "plausible"] as const;

type Level = (typeof LEVELS)[number];

/** The most credentials of a file that are told one by one; what is over becomes one more, `and more`. */
const MAX_SHOWN = 200;

/**
 * Credentials in a text file. `name` says what one is, its value nothing but the digest that it is
 * paired by: the same one elsewhere in the file, in another file or layout is nothing new.
 *
 * `example`: its value is a placeholder. `fixture`: it stands where tests, examples and documents
 * do. Comments that tell scanners to look away are not obeyed.
 */
export const secret: TreeReader = {
  name: "secret",
  kinds: { [KIND]: LEVELS },
  read: readSecrets,
};

/** A credential, where it stands first in its file. */
interface Told extends FoundSecret {
  readonly level: Level;
  readonly digest: string;
  readonly line: number;
  readonly endLine: number;
}

function readSecrets(entry: TreeEntry): readonly Capability[] {
  const text = entry.text ?? looseText(entry.path, entry.content);
  const found = text === null ? [] : findSecrets(text, entry.path);
  if (text === null || found.length === 0) return [];
  const told = toldOnce(
    withPlaces(text, found),
    isFixturePath(entry.path) ? "fixture" : "plausible",
  );
  const shown = told.slice(0, MAX_SHOWN).map((each) => capability(entry, each, each.digest));
  return [...shown, ...andMore(entry, told.slice(MAX_SHOWN))];
}

interface Placed extends FoundSecret {
  readonly line: number;
  readonly endLine: number;
}

function withPlaces(text: string, found: readonly FoundSecret[]): Placed[] {
  const places = new TextPlaces(text);
  return found.map((each) => ({
    ...each,
    line: places.at(each.start).line,
    endLine: places.at(each.end - 1).line,
  }));
}

/** Each credential once; the strongest first, then in an order that no reordering of the file changes. */
function toldOnce(found: readonly Placed[], level: Level): Told[] {
  const told = new Map<string, Told>();
  for (const each of found) {
    const digest = contentDigest(credentialOf(each));
    const key = `${each.name} ${digest}`;
    if (told.has(key)) continue;
    told.set(key, { ...each, digest, level: isExample(each) ? "example" : level });
  }
  return [...told.values()].sort(
    (left, right) =>
      LEVELS.indexOf(right.level) - LEVELS.indexOf(left.level) ||
      (left.digest < right.digest ? -1 : 1),
  );
}

/** Of a URL that holds a password the user and the password: the rest may be edited. */
function credentialOf({ value }: FoundSecret): string {
  return /^[^/]{1,30}:\/\/([^\s/@]{1,600})@/.exec(value)?.[1] ?? value;
}

function capability(
  entry: TreeEntry,
  { name, level, line, endLine }: Pick<Told, "name" | "level" | "line" | "endLine">,
  digest: string,
): Capability {
  const reach = [wayTo(`secret:${digest}`, line)];
  const grant = { kind: KIND, name, level, line, endLine, reach, certainty: "heuristic" } as const;
  return { ...treeCapability(entry, grant), holderContent: digest };
}

function andMore(entry: TreeEntry, more: readonly Told[]): Capability[] {
  const [first] = more;
  if (!first) return [];
  const digest = contentDigest(...more.map((each) => each.digest));
  return [capability(entry, { ...first, name: "and more" }, digest)];
}
