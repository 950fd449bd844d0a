import { parseJson } from "./data/json.ts";
import { parseToml } from "./data/toml.ts";
import { type Form, readerOfForms } from "./forms.ts";
import { NotUnderstood } from "./not-understood.ts";
import { readPipfileLock, readPythonLock } from "./python/locks.ts";
import { hatchCode } from "./python/build-code.ts";
import { readProject } from "./python/pyproject.ts";
import { readRequirementsFile } from "./python/requirements-file.ts";
import { lockedIndexes } from "./python/tool-indexes.ts";

/** A lock file of three thousand packages has about five. */
const MAX_BYTES = 8 * 1024 * 1024;

const project: Form["read"] = (content) => readProject(parseToml(content, MAX_BYTES));

const lock: Form["read"] = (content) => ({
  dependencies: readPythonLock(parseToml(content, MAX_BYTES)),
});

const pipfileLock: Form["read"] = (content) => {
  const root = parseJson(content, { maxBytes: MAX_BYTES });
  if (root.type !== "map") throw new NotUnderstood("no-lock", "no lock file: no object", root);
  return { capabilities: lockedIndexes(root), dependencies: readPipfileLock(root) };
};

const requirements: Form["read"] = (content) =>
  readRequirementsFile(content, { maxBytes: MAX_BYTES, group: "" });

const constraints: Form["read"] = (content) =>
  readRequirementsFile(content, { maxBytes: MAX_BYTES, group: "constraints" });

/** In any folder. */
const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)(?:pyproject\.toml|uv\.toml|Pipfile)$/,
    claim: "grants",
    read: project,
  },
  {
    named: /(?:^|\/)(?:(?:uv|poetry|pdm)\.lock|pylock(?:\.[^/]+)?\.toml)$/,
    claim: "grants",
    read: lock,
  },
  {
    named: /(?:^|\/)hatch\.toml$/,
    claim: "grants",
    read: (content) => ({ capabilities: hatchCode(parseToml(content, MAX_BYTES)) }),
  },
  { named: /(?:^|\/)Pipfile\.lock$/, claim: "grants", read: pipfileLock },
  {
    named: /(?:^|[/._-])constraints(?:[._-][^/]*)?\.(?:txt|in)$/i,
    claim: "grants",
    read: constraints,
  },
  {
    named: /(?:^|[/._-])requirements(?:[^/]*|\/(?:[^/]+\/)*[^/]+)\.(?:txt|in|pip)$/i,
    claim: "grants",
    read: requirements,
  },
];

/**
 * Reads what Python's tools install: requirements files of pip's, `pyproject.toml`, `uv.toml`,
 * `Pipfile`, and the lock files of uv, Poetry, PDM and Pipenv. `setup.py` is code and is not read.
 */
export const python = readerOfForms(
  "python",
  { "python.index": ["encrypted", "plain"], "python.build-backend": [] },
  FORMS,
  // What cookiecutter fills in.
  { maxBytes: MAX_BYTES, isKept: (path) => path.includes("{%") },
);
