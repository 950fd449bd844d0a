import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = ".pre-commit-config.yaml";

const HOOKS = `repos:
  - repo: https://github.com/acme/hooks
    rev: v1.2.3
    hooks:
      - id: tidy
        additional_dependencies: [types-x==1.0, "eslint@8.0.0"]
  - repo: local
    hooks:
      - id: lint
        name: Lint
        entry: ./lint.sh --all
        language: script
  - repo: meta
    hooks:
      - id: identity
`;

function change(from: string, to: string) {
  return { base: { [PATH]: HOOKS }, head: { [PATH]: HOOKS.replace(from, to) } };
}

export const preCommitSamples: FormatSamples = {
  reader: "pre-commit",
  files: [{ path: PATH, text: HOOKS, movedTo: "a/.pre-commit-config.yaml" }],
  gains: [
    {
      what: "another hook of the project's own runs",
      kind: "pre-commit.hook",
      ...change("- id: lint", "- { id: more, entry: ./more.sh }\n      - id: lint"),
    },
    {
      what: "a hook of a repository gets arguments",
      kind: "pre-commit.hook",
      ...change("id: tidy", "id: tidy\n        args: [--plugin=x]"),
    },
    {
      what: "a package of a hook may be any version",
      kind: "dependency.range",
      ...change("types-x==1.0", "types-x"),
    },
    {
      what: "hooks come from another repository besides",
      kind: "dependency.source",
      ...change(
        "repos:\n",
        "repos:\n  - repo: https://github.com/other/hooks\n    rev: v1\n    hooks: []\n",
      ),
    },
  ],
  nothing: [
    { what: "an address is written in another way", ...change("acme/hooks", "Acme/hooks.git") },
    { what: "a hook is shown under another name", ...change("name: Lint", "name: All") },
    { what: "a hook looks at other files", ...change("id: tidy", "id: tidy\n        files: a") },
  ],
  adversaries: [
    {
      what: "very many hooks",
      path: PATH,
      write: (bytes) =>
        `repos:\n- repo: local\n  hooks:\n${numbered(bytes, (n) => `  - id: h${n}\n`)}`,
    },
    {
      what: "a package with a name without an end",
      path: PATH,
      write: (bytes) =>
        `repos:\n- repo: https://h/a\n  hooks:\n  - id: a\n    additional_dependencies: ["${fill("a/@", bytes)}"]\n`,
    },
    {
      what: "a repository with an address without an end",
      path: PATH,
      write: (bytes) => `repos:\n- repo: https://${fill("a@/", bytes)}\n  hooks: []\n`,
    },
  ],
};
