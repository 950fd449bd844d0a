import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataNode } from "../data/data-node.ts";
import { entriesAt, listedAt, mapsAt, valueAt } from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import type { Place } from "../not-understood.ts";
import { ownCommand } from "./own-command.ts";

/**
 * What mise runs as a shell comes into the folder: hooks, scripts that set its environment, commands
 * in templates, and plugins and what runs after a tool is installed. Tasks are run by name.
 *
 * Source: mise.jdx.dev, "Hooks", "Environments" and "Templates".
 */
export function miseCommands(root: DataMap): Capability[] {
  return [
    ...entriesAt(root, "hooks").map(({ key, value }) => command(`hook ${key.text}`, key, value)),
    ...mapsAt(root, "watch_files").map((watch) => command("watch_files", watch, watch)),
    ...entriesAt(root, "plugins").map(({ key, value }) =>
      command(`plugin ${key.text}`, key, value),
    ),
    ...entriesAt(root, "tools").flatMap(({ key, value }) => {
      const after = valueAt(value, "postinstall");
      return after ? [command(`after ${key.text}`, key, after)] : [];
    }),
    ...listedAt(root, "env").flatMap((env) =>
      entriesAt(env, "_").map(({ key, value }) => command(`env ${key.text}`, key, value)),
    ),
    ...root.entries
      .filter(({ key }) => key.text !== "tasks")
      .flatMap(({ key, value }) => templates({ key, value })),
  ];
}

/** `{{ exec(command="make") }}` in any text. */
function templates({ key, value }: DataEntry): Capability[] {
  if (value.type === "scalar") {
    const isTemplate = /\{[{%]/.test(value.text) && /\bexec\s*\(/.test(value.text);
    return isTemplate ? [command(`template of ${key.text}`, value, value)] : [];
  }
  if (value.type === "list") return value.items.flatMap((item) => templates({ key, value: item }));
  return value.entries.flatMap(templates);
}

function command(name: string, at: Place, value: DataNode): Capability {
  const context = value.type === "scalar" ? value.text : canonicalText(value);
  return ownCommand({
    ...{ kind: "autorun.hook", name, holder: "mise", at, context },
    content: [name, canonicalText(value)],
  });
}
