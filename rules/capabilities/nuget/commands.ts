import type { Capability } from "../capability.ts";
import { canonicalXml } from "../data/xml-parts.ts";
import type { XmlElement } from "../data/xml.ts";
import { contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";
import { descendants, isNamed, valueOf } from "./msbuild.ts";

/** Properties that hold commands. */
const EVENTS = ["prebuildevent", "postbuildevent", "prelinkevent"];

/** What says when a target runs. */
const WHEN = ["beforetargets", "aftertargets", "dependsontargets"];

/**
 * The commands that building a project runs: tasks `Exec`, the events around a build, and tasks
 * whose code stands in the file.
 *
 * Source: learn.microsoft.com/visualstudio/msbuild/exec-task, /msbuild-roslyncodetaskfactory.
 */
export function buildCommands(project: XmlElement): Capability[] {
  const targets = project.children.filter((one) => isNamed(one, "target"));
  const properties = project.children.filter((one) => isNamed(one, "propertygroup"));
  const tasks = project.children.filter((one) => isNamed(one, "usingtask"));
  return [
    ...targets.flatMap(commandsOf),
    ...[...properties, ...targets].flatMap(eventsIn),
    ...tasks.flatMap(inlineTasks),
  ];
}

function commandsOf(target: XmlElement): Capability[] {
  const holder = valueOf(target, "name")?.text ?? "";
  const when = WHEN.flatMap((key) => {
    const value = valueOf(target, key)?.text ?? "";
    return value === "" ? [] : [`${key} ${value}`];
  });
  return [...descendants(target)]
    .filter((one) => isNamed(one, "exec"))
    .flatMap((task) => {
      const command = valueOf(task, "command");
      if (!command) return [];
      return [commandGrant({ ...{ name: "Exec", holder, when }, ...command })];
    });
}

function eventsIn(group: XmlElement): Capability[] {
  return [...descendants(group)]
    .filter((one) => isNamed(one, ...EVENTS) && one.text.trim() !== "")
    .map(({ name, text, line }) => commandGrant({ name, holder: "project", when: [], text, line }));
}

/** A task's code, in whatever language. */
function inlineTasks(task: XmlElement): Capability[] {
  const code = [...descendants(task)].find((one) => isNamed(one, "code"));
  if (!code) return [];
  const holder = valueOf(task, "taskname")?.text ?? "";
  return [
    commandGrant({ name: "code", holder, when: [], text: canonicalXml(code), line: code.line }),
  ];
}

interface Command {
  readonly name: string;
  readonly holder: string;
  readonly when: readonly string[];
  readonly text: string;
  readonly line: number;
}

function commandGrant({ name, holder, when, text, line }: Command): Capability {
  const command = text.trim().slice(0, MAX_SHOWN);
  return plainGrant({
    ...{ kind: "nuget.build-command", name, holder, line },
    context: name === "code" ? "code in the file" : [command, ...when].join(", "),
    reach: [wayTo(`command:${contentDigest(text.trim())}`, line)],
  });
}

/** More than is shown of it. */
const MAX_SHOWN = 1_024;
