import type { Capability } from "../capability.ts";
import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { mapsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import { onceForEach } from "../once-for-each.ts";
import { printable } from "../printable.ts";
import { ownCommand } from "./own-command.ts";

/**
 * The tasks that an editor starts when the folder is opened, each with those that it waits for.
 *
 * Throws `NotUnderstood` where they wait for too many. Source:
 * code.visualstudio.com/docs/debugtest/tasks#_run-behavior.
 */
export function editorTasks(root: DataNode): Capability[] {
  const tasks = mapsAt(root, "tasks");
  const byName = new Map(tasks.flatMap((task) => namesOf(task).map((name) => [name, task])));
  const ofAll = common(root);
  const left = { names: MOST_NEEDED };
  return tasks.flatMap((task) => {
    const runOn = scalarAt(task, "runOptions", "runOn");
    if (runOn?.text !== "folderOpen") return [];
    const all = withNeeded(task, byName, left);
    return [
      ownCommand({
        ...{ kind: "autorun.task", name: "folderOpen", holder: namesOf(task)[0] ?? "", at: runOn },
        context: all.flatMap(commandOf).join("; "),
        content: [...all.map(contentOf), ...ofAll].sort(),
      }),
    ];
  });
}

/** How a task is shown, not what it does. */
const PRESENTATION = [
  ...["label", "taskName", "detail", "presentation", "problemMatcher", "group", "icon"],
  ...["hide", "dependsOn", "isBackground", "promptOnClose"],
];

/** A long task may be waited for very often. */
const contentOf = onceForEach((task: DataMap) => contentDigest(canonicalText(task, PRESENTATION)));

/** Settings that stand for every task of the file. */
const COMMON = ["command", "args", "options", "type", "windows", "osx", "linux", "isShellCommand"];

function common(root: DataNode): string[] {
  if (root.type !== "map") return [];
  return COMMON.flatMap((key) => {
    const entry = entryOf(root, key);
    return entry ? [`${key} ${contentDigest(canonicalText(entry.value))}`] : [];
  });
}

/** A task is named by its label, or by what it runs: `npm: build`. */
function namesOf(task: DataMap): string[] {
  const label = scalarAt(task, "label") ?? scalarAt(task, "taskName");
  const script = scalarAt(task, "script");
  const type = scalarAt(task, "type");
  return [
    ...(label ? [label.text] : []),
    ...(script ? [`${type?.text ?? ""}: ${script.text}`] : []),
  ];
}

/** Names that tasks wait for, each as often as it is followed; people write a few. */
const MOST_NEEDED = 2_000;

function withNeeded(
  task: DataMap,
  byName: ReadonlyMap<string, DataMap>,
  left: { names: number },
): readonly DataMap[] {
  const all = new Set([task]);
  for (const one of all) {
    for (const { text } of scalarsAt(one, "dependsOn")) {
      const needed = byName.get(text);
      left.names -= 1;
      if (left.names < 0) throw new NotUnderstood("too-many-tasks", "too many tasks", one);
      if (needed) all.add(needed);
    }
  }
  return [...all];
}

const commandOf = onceForEach((task: DataMap): string[] => {
  const words = [scalarAt(task, "command"), ...scalarsAt(task, "args"), scalarAt(task, "script")];
  const command = valueAt(task, "command");
  const shown = words.flatMap((word) => (word ? [word.text] : []));
  if (command?.type === "map") return [printable(canonicalText(command))];
  return shown.length === 0 ? [] : [printable(shown.join(" "))];
});
