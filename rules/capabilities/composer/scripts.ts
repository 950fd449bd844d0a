import type { Capability } from "../capability.ts";
import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { entriesAt, scalarsAt } from "../data/values.ts";
import { contentDigest } from "../holder-content.ts";
import { onceForEach } from "../once-for-each.ts";
import { plainGrant } from "../plain-grant.ts";
import { distinctWays, wayTo } from "../reach.ts";

/**
 * Events whose scripts run by themselves: `install` for whoever installs, updates or loads the
 * project, or runs any command in it, `create` for whoever creates a project from it or packs it.
 *
 * Source: getcomposer.org/doc/articles/scripts.md#event-names.
 */
const EVENTS = {
  install: [
    ...["pre-install-cmd", "post-install-cmd", "pre-update-cmd", "post-update-cmd"],
    ...["pre-autoload-dump", "post-autoload-dump", "pre-operations-exec"],
    ...["pre-package-install", "post-package-install", "pre-package-update"],
    ...["post-package-update", "pre-package-uninstall", "post-package-uninstall"],
    ...["init", "command", "pre-command-run", "pre-file-download", "post-file-download"],
    ...["pre-pool-create", "pre-status-cmd", "post-status-cmd"],
  ],
  create: [
    ...["post-root-package-install", "post-create-project-cmd"],
    ...["pre-archive-cmd", "post-archive-cmd"],
  ],
} as const;

const levels = Object.keys(EVENTS) as (keyof typeof EVENTS)[];

/** The scripts that Composer runs without being asked to by name, with all that they call. */
export function eventScripts(root: DataMap): Capability[] {
  const scripts = new Map(
    entriesAt(root, "scripts").map(({ key, value }) => [key.text, commandsOf(value)]),
  );
  return entriesAt(root, "scripts").flatMap(({ key }): Capability[] => {
    const level = levels.find((one) => (EVENTS[one] as readonly string[]).includes(key.text));
    const commands = scripts.get(key.text) ?? [];
    if (level === undefined || commands.length === 0) return [];
    const reached = reachedFrom(commands, scripts);
    return [
      plainGrant({
        ...{ kind: "composer.script", name: key.text, holder: "scripts", level, line: key.line },
        context: shownOf(reached),
        reach: distinctWays(reached.map(wayOf)),
      }),
    ];
  });
}

function commandsOf(value: DataNode): DataScalar[] {
  return scalarsAt(value).filter(({ text }) => text.trim() !== "");
}

/** Several events may reach the same thousands of commands. */
const wayOf = onceForEach(({ text, line }: DataScalar) => {
  return wayTo(`command:${contentDigest(text.trim())}`, line);
});

/** More than is shown of them. */
const MAX_SHOWN = 300;

function shownOf(commands: readonly DataScalar[]): string {
  const texts = commands.slice(0, MAX_SHOWN).map(({ text }) => text.trim().slice(0, MAX_SHOWN));
  return texts.join("; ");
}

// `@name`, `@composer run name`, `@composer run-script name`, `@composer name`
const CALL = /^@(?:composer\s+(?:run(?:-script)?\s+)?)?(\S+)/;

/** These commands and those of the scripts that they call by name, which stand for the call; each script once. */
function reachedFrom(
  commands: readonly DataScalar[],
  scripts: ReadonlyMap<string, readonly DataScalar[]>,
): readonly DataScalar[] {
  const seen = new Set<string>();
  const reached: DataScalar[] = [];
  const open = [...commands];
  for (const command of open) {
    const [, name = ""] = CALL.exec(command.text.trim()) ?? [];
    const called = scripts.get(name);
    if (!called) reached.push(command);
    else if (!seen.has(name)) for (const one of called) open.push(one);
    seen.add(name);
  }
  return reached;
}
