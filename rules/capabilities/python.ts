import { distinctDependencies } from "../dependencies/distinct.ts";
import type { CapabilityReader } from "./capability.ts";
import { parseJson } from "./data/json.ts";
import { parseToml } from "./data/toml.ts";
import { inFixtures } from "./in-folder.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";
import { readPipfileLock, readPythonLock } from "./python/locks.ts";
import { readProject } from "./python/pyproject.ts";
import { type PythonGrants, readRequirementsFile } from "./python/requirements-file.ts";

/** A lock file of three thousand packages has about five. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Reads what Python's tools install: requirements files of pip's, `pyproject.toml`, `uv.toml`,
 * `Pipfile`, and the lock files of uv, Poetry, PDM and Pipenv. `setup.py` is code and is not read.
 */
export const python: CapabilityReader = {
  name: "python",
  kinds: { "python.index": ["encrypted", "plain"], "python.build-backend": [] },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!formOf(path)) return null;
    return inFixtures(path) || TEMPLATE.test(path) ? "resembles" : "grants";
  },
  read: (path, content) =>
    understandAll(() => {
      const { capabilities, dependencies } = formOf(path)?.(content) ?? NOTHING;
      return { capabilities, dependencies: distinctDependencies(dependencies) };
    }),
};

/** What cookiecutter fills in. */
const TEMPLATE = /\{\{|\{%/;

const NOTHING: PythonGrants = { capabilities: [], dependencies: [] };

type Form = (content: Uint8Array) => PythonGrants;

const project: Form = (content) => readProject(parseToml(content, MAX_BYTES));

const lock: Form = (content) => ({
  capabilities: [],
  dependencies: readPythonLock(parseToml(content, MAX_BYTES)),
});

const pipfileLock: Form = (content) => {
  const root = parseJson(content, { maxBytes: MAX_BYTES });
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  return { capabilities: [], dependencies: readPipfileLock(root) };
};

const requirements: Form = (content) =>
  readRequirementsFile(content, { maxBytes: MAX_BYTES, group: "" });

const constraints: Form = (content) =>
  readRequirementsFile(content, { maxBytes: MAX_BYTES, group: "constraints" });

/** What files are called, in any folder. */
const FORMS: readonly (readonly [RegExp, Form])[] = [
  [/(?:^|\/)(?:pyproject\.toml|uv\.toml|Pipfile)$/, project],
  [/(?:^|\/)(?:(?:uv|poetry|pdm)\.lock|pylock(?:\.[^/]+)?\.toml)$/, lock],
  [/(?:^|\/)Pipfile\.lock$/, pipfileLock],
  [/(?:^|[/._-])constraints(?:[._-][^/]*)?\.(?:txt|in)$/i, constraints],
  [/(?:^|[/._-])requirements(?:[^/]*|\/(?:[^/]+\/)*[^/]+)\.(?:txt|in|pip)$/i, requirements],
];

function formOf(path: string): Form | undefined {
  return FORMS.find(([name]) => name.test(path))?.[1];
}
