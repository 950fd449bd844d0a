import { parseYamlDocuments } from "./data/yaml.ts";
import { type Form, readerOfForms } from "./forms.ts";
import { NotUnderstood } from "./not-understood.ts";
import { readRepositories } from "./pre-commit/hooks.ts";

const MAX_BYTES = 256 * 1024;

const DIALECT = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;

const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)\.pre-commit-config\.ya?ml$/,
    claim: "grants",
    read: (content, allowance) => {
      const [root] = parseYamlDocuments(content, DIALECT, allowance);
      if (root?.type === "map") return readRepositories(root);
      throw new NotUnderstood("no-configuration", "no configuration of hooks: no map", root);
    },
  },
];

/**
 * Reads `.pre-commit-config.yaml`: the hooks that run on whoever commits, and the repositories and
 * packages that they come from.
 *
 * Source: pre-commit.com/#adding-pre-commit-plugins-to-your-project.
 */
export const preCommit = readerOfForms("pre-commit", { "pre-commit.hook": [] }, FORMS, {
  maxBytes: MAX_BYTES,
});
