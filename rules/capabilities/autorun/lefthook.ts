import type { Capability } from "../capability.ts";
import { type DataEntry, type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import {
  entriesAt,
  isTrue,
  itemsAt,
  mapsAt,
  scalarAt,
  scalarsAt,
  valueAt,
} from "../data/values.ts";
import { withoutCredentials } from "../git-modules/url.ts";
import { canonicalText } from "../holder-content.ts";
import type { Place } from "../not-understood.ts";
import { ownCommand } from "./own-command.ts";

/**
 * The commands that Lefthook runs at git's hooks, and the repositories that it takes more of them
 * from.
 *
 * Source: lefthook.dev/configuration.
 */
export function lefthookCommands(root: DataMap): Capability[] {
  return [...root.entries.flatMap(hook), ...remotes(root)];
}

function hook({ key, value }: DataEntry): Capability[] {
  if (value.type !== "map" || isTrue(valueAt(value, "skip"))) return [];
  const named = [...entriesAt(value, "commands"), ...entriesAt(value, "scripts")];
  return [
    ...named.map((entry) => command(key.text, entry.key.text, entry.key, entry.value)),
    ...jobs(key.text, value),
  ];
}

/** Jobs stand in groups, which stand in groups. */
function jobs(hookName: string, holder: DataNode): Capability[] {
  return mapsAt(holder, "jobs").flatMap((job) => {
    const group = valueAt(job, "group");
    const name = scalarAt(job, "name")?.text ?? scalarAt(job, "run")?.text ?? "";
    const own = entryOf(job, "run") ?? entryOf(job, "script");
    return [
      ...(own ? [command(hookName, name, own.key, job)] : []),
      ...(group ? jobs(hookName, group) : []),
    ];
  });
}

/** What a command is called and when it is left out decide nothing of what it does. */
const OTHERS = [
  "name",
  "tags",
  "priority",
  "fail_text",
  "skip",
  "only",
  "glob",
  "exclude",
  "files",
];

function command(hookName: string, name: string, at: Place, settings: DataNode): Capability {
  const run = scalarAt(settings, "run") ?? scalarAt(settings, "script");
  const runner = scalarAt(settings, "runner")?.text;
  return ownCommand({
    ...{ kind: "autorun.hook", name: hookName, holder: name, at },
    context: run?.text ?? (runner === undefined ? "" : `${runner} ${name}`),
    content: [name, canonicalText(settings, OTHERS)].slice(run ? 1 : 0),
  });
}

function remotes(root: DataMap): Capability[] {
  const old = valueAt(root, "remote");
  return [...itemsAt(root, "remotes"), ...(old ? [old] : [])].flatMap((remote) =>
    scalarsAt(remote, "git_url").map((url) =>
      ownCommand({
        ...{ kind: "autorun.hook", name: "remote", holder: withoutCredentials(url.text), at: url },
        ...{ content: [canonicalText(remote)], context: scalarAt(remote, "ref")?.text ?? "" },
      }),
    ),
  );
}
