import { distinctDependencies } from "../dependencies/distinct.ts";
import type { CapabilityReader } from "./capability.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { inFixtures } from "./in-folder.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";
import { readRepositories } from "./pre-commit/hooks.ts";

const MAX_BYTES = 256 * 1024;

/**
 * Reads `.pre-commit-config.yaml`: the hooks that run on whoever commits, and the repositories and
 * packages that they come from.
 *
 * Source: pre-commit.com/#adding-pre-commit-plugins-to-your-project.
 */
export const preCommit: CapabilityReader = {
  name: "pre-commit",
  kinds: { "pre-commit.hook": [] },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!/(?:^|\/)\.pre-commit-config\.ya?ml$/.test(path)) return null;
    return inFixtures(path) || path.includes("{{") ? "resembles" : "grants";
  },
  read: (_path, content, allowance) =>
    understandAll(() => {
      const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
      const [root] = parseYamlDocuments(content, dialect, allowance);
      if (root?.type !== "map") {
        throw new NotUnderstood("no-configuration", "no configuration of hooks: no map", root);
      }
      const { capabilities, dependencies } = readRepositories(root);
      return { capabilities, dependencies: distinctDependencies(dependencies) };
    }),
};
