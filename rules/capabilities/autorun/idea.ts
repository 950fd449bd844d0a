import type { Capability } from "../capability.ts";
import { attributeOf, type XmlElement } from "../data/xml.ts";
import { canonicalXml, elementsAt } from "../data/xml-parts.ts";
import { ownCommand } from "./own-command.ts";

/** Which configurations start as a project is opened; what each of them runs stands elsewhere. */
const STARTUP = ["ProjectStartupSharedConfiguration", "ProjectStartupLocalConfiguration"];

/** Programs that run whenever a file is saved. */
const WATCHERS = "ProjectTasksOptions";

/**
 * What an editor of JetBrains' runs by itself in a project.
 *
 * Source: jetbrains.com/help/idea, "Startup tasks" and "File watchers".
 */
export function ideaTasks(root: XmlElement): Capability[] {
  return elementsAt(root, "component").flatMap((component) => {
    const name = attributeOf(component, "name")?.value ?? "";
    if (STARTUP.includes(name)) {
      return elementsAt(component, "configurations", "configuration").map((one) =>
        task("startup", attributeOf(one, "name")?.value ?? "", one),
      );
    }
    if (name !== WATCHERS) return [];
    return elementsAt(component, "TaskOptions").flatMap((one) => {
      if (attributeOf(one, "isEnabled")?.value === "false") return [];
      return [task("file watcher", optionOf(one, "name"), one)];
    });
  });
}

function task(name: string, holder: string, element: XmlElement): Capability {
  const command = [optionOf(element, "program"), optionOf(element, "arguments")].join(" ").trim();
  return ownCommand({
    ...{ kind: "autorun.task", name, holder, at: element },
    ...{ content: [canonicalXml(element)], context: command === "" ? holder : command },
  });
}

function optionOf(element: XmlElement, name: string): string {
  const option = elementsAt(element, "option").find((one) => {
    return attributeOf(one, "name")?.value === name;
  });
  return (option && attributeOf(option, "value")?.value) ?? "";
}
