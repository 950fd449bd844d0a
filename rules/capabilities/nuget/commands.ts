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
  const tasks = project.children.filter((one) => isNamed(one, "usingtask"));
  return [...targets.flatMap(commandsOf), ...eventsIn(project), ...tasks.flatMap(inlineTasks)];
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

/** `<PreBuildEvent>…</PreBuildEvent>`, of C++ with a `<Command>` in it; wherever it stands. */
function eventsIn(project: XmlElement): Capability[] {
  return [...descendants(project)]
    .filter((one) => isNamed(one, ...EVENTS))
    .map((one) => ({ ...(valueOf(one, "command") ?? one), name: one.name }))
    .filter(({ text }) => text.trim() !== "")
    .map(({ name, text, line }) => commandGrant({ name, holder: "project", when: [], text, line }));
}

/** A task's code, in whatever language, or a library of this repository that has it. */
function inlineTasks(task: XmlElement): Capability[] {
  const holder = valueOf(task, "taskname")?.text ?? "";
  const code = [...descendants(task)].find((one) => isNamed(one, "code"));
  const library = valueOf(task, "assemblyfile");
  const said = code && { name: "code", text: canonicalXml(code), line: code.line };
  const taken = library && { name: "UsingTask", ...library };
  return [said, taken].flatMap((one) => (one ? [commandGrant({ holder, when: [], ...one })] : []));
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
