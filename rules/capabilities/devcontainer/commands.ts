import type { Capability } from "../capability.ts";
import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";

export const COMMAND_KIND = "devcontainer.command";

/** Weakest first: in the container, or on the machine of whoever opens it. */
export const COMMAND_LEVELS = ["container", "host"];

/** Source: containers.dev/implementors/json_reference, "Lifecycle scripts". */
const COMMANDS: readonly (readonly [name: string, level: string])[] = [
  ["initializeCommand", "host"],
  ["onCreateCommand", "container"],
  ["updateContentCommand", "container"],
  ["postCreateCommand", "container"],
  ["postStartCommand", "container"],
  ["postAttachCommand", "container"],
];

/** Commands that run without being asked for by whoever opens the repository in a container. */
export function readCommands(root: DataMap): Capability[] {
  return COMMANDS.flatMap(([name, level]) => {
    const value = entryOf(root, name)?.value;
    if (value?.type !== "map") return value ? commandOf(name, level, value) : [];
    return value.entries.flatMap((entry) =>
      commandOf(`${name}.${entry.key.text}`, level, entry.value),
    );
  });
}

function commandOf(name: string, level: string, value: DataNode): Capability[] {
  const command = textOf(value);
  if (command.trim() === "") return [];
  const digest = contentDigest(canonicalText(value));
  return [
    {
      ...{ kind: COMMAND_KIND, name: printable(name), holder: "commands", level },
      ...{ context: printable(command), line: value.line, certainty: "exact" },
      reach: [wayTo(`command:${digest}`, value.line)],
      holderContent: contentDigest(level, digest),
    },
  ];
}

// `"npm ci"`, `["npm", "ci"]`
function textOf(value: DataNode): string {
  if (value.type === "scalar") return value.resolved === "string" ? value.text : "";
  if (value.type === "map") return "";
  return value.items.map(textOf).join(" ");
}
