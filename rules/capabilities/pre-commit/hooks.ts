import type { Dependency } from "../../dependencies/dependency.ts";
import { rangeOfGitReference } from "../../dependencies/git-reference.ts";
import { gitAt } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { type DataMap, type DataScalar, entryOf } from "../data/data-node.ts";
import { mapsAt, scalarAt, scalarsAt, textAt } from "../data/values.ts";
import type { Given } from "../forms.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";
import { additionalDependency } from "./additional-dependency.ts";

/** Hooks that are no repository's: the project's own, and those that the program has itself. */
const OWN = ["local", "meta", "builtin"];

/** One of the `repos` of a configuration. */
interface Repository {
  readonly table: DataMap;
  readonly url: DataScalar;
  readonly isOwn: boolean;
}

/** The repositories that a configuration takes hooks from, and what they do. */
export function readRepositories(root: DataMap): Given {
  const repositories = mapsAt(root, "repos").map((table): Repository => {
    const url = scalarAt(table, "repo");
    if (!url) throw new NotUnderstood("repository", "hooks of no repository", table);
    return { table, url, isOwn: OWN.includes(url.text) };
  });
  return {
    capabilities: repositories.flatMap((repository) =>
      mapsAt(repository.table, "hooks").map((hook) => hookOf(repository, hook)),
    ),
    dependencies: repositories.flatMap((repository) => [
      ...(repository.isOwn ? [] : [repositoryDependency(repository)]),
      ...mapsAt(repository.table, "hooks").flatMap(additionalOf),
    ]),
  };
}

/** Without the address that git does not need, and in one spelling where the host knows only one. */
function addressOf({ text }: DataScalar): string {
  return /[@/]github\.com[/:]/i.test(text) ? text.toLowerCase() : text;
}

function repositoryDependency({ table, url }: Repository): Dependency {
  const source = gitAt(addressOf(url));
  const place = source.text.slice("git:".length);
  const isGitHub = place.startsWith("github.com/");
  const revision = scalarAt(table, "rev") ?? scalarAt(table, "sha");
  return {
    ecosystem: isGitHub ? "github" : "generic",
    name: isGitHub ? place.slice("github.com/".length) : place,
    version: revision?.text ?? null,
    range: rangeOfGitReference(revision?.text ?? ""),
    ...{ group: "pre-commit", direct: true, source },
    ...{ line: (revision ?? url).line, sourceLine: url.line },
  };
}

function additionalOf(hook: DataMap): Dependency[] {
  const language = textAt(hook, "language");
  return scalarsAt(hook, "additional_dependencies").flatMap(({ text, line }) => {
    const read = additionalDependency(text, language);
    const place = { group: "additional_dependencies", direct: true, line };
    return read ? [{ ...read, ...place }] : [];
  });
}

/** What decides which command a hook runs, beside the revision of its repository. */
const COMMAND = ["entry", "language", "args"];

function hookOf({ url, isOwn }: Repository, hook: DataMap): Capability {
  const id = scalarAt(hook, "id");
  if (!id) throw new NotUnderstood("hook", "a hook without an id", hook);
  const entry = scalarAt(hook, "entry");
  const words = [entry, ...scalarsAt(hook, "args")].flatMap((word) => (word ? [word.text] : []));
  const reach = COMMAND.flatMap((key) => wayOf(hook, key));
  return {
    kind: "pre-commit.hook",
    name: printable(id.text),
    // A command that stands here is this project's own, whoever the hook is of.
    holder: printable(isOwn ? url.text : entry ? "local" : gitAt(addressOf(url)).text),
    context: printable(words.join(" ")),
    line: (entry ?? id).line,
    certainty: "exact",
    reach,
    holderContent: contentDigest(...reach.map(({ cause }) => cause)),
  };
}

function wayOf(hook: DataMap, key: string): Way[] {
  const entry = entryOf(hook, key);
  if (!entry) return [];
  const line = entry.value.line;
  return [wayTo(`${key}:${contentDigest(canonicalText(entry.value))}`, line)];
}
