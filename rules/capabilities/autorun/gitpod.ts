import type { Capability } from "../capability.ts";
import type { DataMap } from "../data/data-node.ts";
import { mapsAt, scalarAt } from "../data/values.ts";
import { ownCommand } from "./own-command.ts";

const COMMANDS = ["before", "init", "prebuild", "command"];

/**
 * What Gitpod runs as a workspace is opened.
 *
 * Source: gitpod.io/docs/classic/user/configure/workspaces/tasks.
 */
export function gitpodTasks(root: DataMap): Capability[] {
  return mapsAt(root, "tasks").flatMap((task) =>
    COMMANDS.flatMap((key) => {
      const command = scalarAt(task, key);
      if (!command) return [];
      return [
        ownCommand({
          ...{ kind: "autorun.hook", name: key, at: command, context: command.text },
          ...{ holder: scalarAt(task, "name")?.text ?? "gitpod", content: [key, command.text] },
        }),
      ];
    }),
  );
}
