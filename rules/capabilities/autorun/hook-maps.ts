import type { Capability } from "../capability.ts";
import type { DataEntry, DataNode } from "../data/data-node.ts";
import { entriesAt, isFalse, itemsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import { ownCommand } from "./own-command.ts";

/** Keys of `package.json` that hold git's hooks: of simple-git-hooks, husky 4 and yorkie. */
export const HOOK_KEYS = ["simple-git-hooks", "husky", "gitHooks"];

/** The hooks that `package.json` has git run. */
export function packageHooks(root: DataNode): Capability[] {
  return [
    ...mappedHooks(valueAt(root, "simple-git-hooks")),
    ...mappedHooks(valueAt(root, "gitHooks")),
    ...mappedHooks(valueAt(root, "husky")),
  ];
}

/**
 * `{ "pre-commit": "npm test" }`, below `hooks` for husky 4, and as a list of actions for CaptainHook.
 */
export function mappedHooks(root: DataNode | undefined): Capability[] {
  const hooks = entriesAt(root, "hooks");
  return [...entriesAt(root), ...hooks].filter(({ key }) => HOOK.test(key.text)).flatMap(hook);
}

const HOOK = /^(?:pre|post|prepare|commit|applypatch|push|sendemail)-/;

function hook({ key, value }: DataEntry): Capability[] {
  if (isFalse(valueAt(value, "enabled"))) return [];
  const actions = itemsAt(value, "actions").flatMap((action) => {
    const command = scalarAt(action, "action") ?? scalarAt(action, "run");
    return command ? [command] : [];
  });
  const commands = [...scalarsAt(value), ...actions];
  if (commands.length === 0) return [];
  return [
    ownCommand({
      ...{ kind: "autorun.hook", name: key.text, holder: "git", at: key },
      ...{ content: [canonicalText(value)], context: commands.map(({ text }) => text).join("; ") },
    }),
  ];
}
