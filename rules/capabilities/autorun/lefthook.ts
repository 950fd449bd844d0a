import type { Capability } from "../capability.ts";
import { type DataEntry, type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import {
  entriesAt,
  isTrue,
  itemsAt,
  listedAt,
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
  return [...root.entries.flatMap(hook), ...remotes(root), ...OWN.flatMap((key) => own(root, key))];
}

/** A script that is run before each hook, a program in Lefthook's place, and files with more of them. */
const OWN = ["rc", "lefthook", "extends"];

function own(root: DataMap, key: string): Capability[] {
  return scalarsAt(root, key).map((value) =>
    ownCommand({
      ...{ kind: "autorun.hook", name: key, holder: "lefthook", at: value },
      ...{ content: [key, value.text], context: value.text },
    }),
  );
}

function hook({ key, value }: DataEntry): Capability[] {
  if (value.type !== "map" || isTrue(valueAt(value, "skip"))) return [];
  const named = [...entriesAt(value, "commands"), ...entriesAt(value, "scripts")];
  return [
    ...asked(key.text, value),
    ...named.flatMap((entry) => [
      command(key.text, entry.key.text, entry.key, entry.value),
      ...asked(key.text, entry.value),
    ]),
    ...jobs(key.text, value),
  ];
}

/** Commands by which it is found out whether, and for which files, others run. */
function asked(hookName: string, settings: DataNode): Capability[] {
  const [files] = scalarsAt(settings, "files");
  const conditions = ["skip", "only"].flatMap((key) =>
    listedAt(settings, key).flatMap((one) =>
      scalarsAt(one.type === "map" ? one : undefined, "run"),
    ),
  );
  const setup = listedAt(settings, "setup").flatMap((one) => scalarsAt(one, "run"));
  return [...(files ? [files] : []), ...conditions, ...setup].map((run) =>
    ownCommand({
      ...{ kind: "autorun.hook", name: hookName, holder: "asked", at: run },
      ...{ content: [run.text], context: run.text },
    }),
  );
}

/** Jobs stand in groups, which stand in groups. */
function jobs(hookName: string, holder: DataNode): Capability[] {
  return mapsAt(holder, "jobs").flatMap((job) => {
    const group = valueAt(job, "group");
    const name = scalarAt(job, "name")?.text ?? scalarAt(job, "run")?.text ?? "";
    const own = entryOf(job, "run") ?? entryOf(job, "script");
    return [
      ...(own ? [command(hookName, name, own.key, job)] : []),
      ...asked(hookName, job),
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
