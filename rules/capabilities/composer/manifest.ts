import type { Dependency } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import type { DataNode } from "../data/data-node.ts";
import { entriesAt } from "../data/values.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { rangeOfConstraint } from "./constraint.ts";
import { readRepositories } from "./repositories.ts";
import { eventScripts } from "./scripts.ts";
import { allowedPlugins, weakSettings } from "./settings.ts";

/** PHP itself, its extensions and libraries, and Composer: of the machine, not of a registry. */
const PLATFORM = /^(?:php(?:-.*)?|hhvm|(?:ext|lib)-.*|composer(?:-(?:plugin|runtime)-api)?)$/;

/**
 * Reads a `composer.json`: what it depends on, where that comes from, and what runs of it.
 *
 * Source: getcomposer.org/doc/04-schema.md.
 */
export function readComposer(root: DataNode): Given {
  if (root.type !== "map") throw new NotUnderstood("no-package", "no package: no object", root);
  const repositories = readRepositories(root);
  const named = ["require", "require-dev"].flatMap((group) =>
    entriesAt(root, group).flatMap(({ key, value }): Dependency[] => {
      const name = key.text.toLowerCase();
      if (value.type !== "scalar" || PLATFORM.test(name)) return [];
      return [
        {
          ...{ ecosystem: "composer", name, version: value.text, group, direct: true },
          ...{ source: ownRegistry("composer"), range: rangeOfConstraint(value.text) },
          line: key.line,
        },
      ];
    }),
  );
  return {
    capabilities: [
      ...eventScripts(root),
      ...allowedPlugins(root),
      ...weakSettings(root),
      ...(repositories.capabilities ?? []),
    ],
    dependencies: [...named, ...(repositories.dependencies ?? [])],
  };
}
