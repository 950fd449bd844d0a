import type { Capability, CapabilityReader } from "./capability.ts";
import type { DataMap } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { entriesAt } from "./data/values.ts";
import { contentDigest } from "./holder-content.ts";
import { claimsNamed } from "./npm/claims.ts";
import { allowedBuilds } from "./npm/allowed-builds.ts";
import { packageDependencies } from "./npm/package-dependencies.ts";
import { lifecycleKinds, lifecycleLevel } from "./npm/lifecycle.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";
import { printable } from "./printable.ts";
import { wayTo } from "./reach.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads a `package.json`: which of its scripts npm runs without being asked to, which packages may
 * run theirs, and what it depends on.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json and /using-npm/scripts.
 */
export const npmPackage: CapabilityReader = {
  name: "npm-package",
  kinds: { ...lifecycleKinds, "npm.allowed-build": [] },
  maxBytes: MAX_BYTES,
  claims: claimsNamed(["package.json"]),
  read: (_path, content) =>
    understandAll(() => {
      const root = parseJson(content, { maxBytes: MAX_BYTES });
      if (root.type !== "map") throw new NotUnderstood("no-package", "no package: no object", root);
      const capabilities = [...lifecycleScripts(root), ...allowedBuilds(root)];
      return { capabilities, dependencies: packageDependencies(root) };
    }),
};

function lifecycleScripts(root: DataMap): Capability[] {
  return entriesAt(root, "scripts").flatMap(({ key, value }): Capability[] => {
    const level = lifecycleLevel(key.text);
    if (level === undefined || value.type !== "scalar") return [];
    const command = value.text.trim();
    if (command === "") return [];
    return [
      {
        kind: "npm.script",
        name: key.text,
        holder: "scripts",
        context: printable(command),
        level,
        line: key.line,
        certainty: "exact",
        reach: [wayTo(`command:${contentDigest(command)}`, value.line)],
        holderContent: contentDigest(command),
      },
    ];
  });
}
