import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const REQUIREMENTS = "requirements.txt";
const PROJECT = "pyproject.toml";
const LOCK = "uv.lock";

const REQUIRED = `--index-url https://pypi.example.org/simple
flask>=2,<3 ; python_version > "3.8"  # web
Some_Name[extra] == 1.2.3 \\
    --hash=sha256:0a
lib @ git+https://git.example.org/acme/lib.git@v1.2
-e ./local
`;

const PYPROJECT = `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "a"
dependencies = ["flask>=2,<3", "own"]
optional-dependencies.dev = ["pytest"]

[dependency-groups]
test = ["coverage==7.1", { include-group = "lint" }]

[tool.uv.sources]
own = { git = "https://git.example.org/acme/own", tag = "v1" }

[[tool.uv.index]]
name = "inner"
url = "https://pypi.example.org/simple"
explicit = true
`;

const UV_LOCK = `version = 1

[[package]]
name = "a"
version = "0.1.0"
source = { editable = "." }
dependencies = [{ name = "flask" }]

[[package]]
name = "flask"
version = "2.0.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/flask.tar.gz", hash = "sha256:0a" }
wheels = [{ url = "https://files.pythonhosted.org/flask.whl", hash = "sha256:0b" }]
`;

const POETRY = `[tool.poetry.dependencies]
python = "^3.10"
flask = "^2.0"

[[tool.poetry.source]]
name = "inner"
url = "https://pypi.example.org/simple"
`;

function change(path: string, text: string, from: string, to: string) {
  return { base: { [path]: text }, head: { [path]: text.replace(from, to) } };
}

export const pythonSamples: FormatSamples = {
  reader: "python",
  files: [
    { path: REQUIREMENTS, text: REQUIRED, movedTo: "docs/requirements.txt" },
    { path: PROJECT, text: PYPROJECT, movedTo: "packages/a/pyproject.toml" },
    { path: "poetry/pyproject.toml", text: POETRY, movedTo: "pyproject.toml" },
    { path: LOCK, text: UV_LOCK, movedTo: "packages/a/uv.lock" },
    {
      path: "poetry.lock",
      text: '[[package]]\nname = "a"\nversion = "1"\nfiles = [{ file = "a.whl", hash = "sha256:0a" }]\n',
    },
    { path: "Pipfile", text: '[packages]\na = "*"\n[[source]]\nurl = "https://pypi.org/simple"\n' },
    {
      path: "Pipfile.lock",
      text: '{"_meta":{},"default":{"a":{"version":"==1","hashes":["sha256:0a"]}}}',
    },
    {
      path: "pylock.toml",
      text: '[[packages]]\nname = "a"\nversion = "1"\nsdist = { url = "https://files.pythonhosted.org/a", hashes = { sha256 = "0a" } }\n',
    },
  ],
  gains: [
    {
      what: "another index stands beside the own one",
      kind: "python.index",
      ...change(
        REQUIREMENTS,
        REQUIRED,
        "flask",
        "--extra-index-url https://other.example.org/simple\nflask",
      ),
    },
    {
      what: "an index is no longer for packages alone that name it",
      kind: "python.index",
      ...change(PROJECT, PYPROJECT, "explicit = true\n", ""),
    },
    {
      what: "the certificate of an index is not looked at",
      kind: "python.index",
      ...change(REQUIREMENTS, REQUIRED, "-e ./local", "--trusted-host pypi.example.org"),
    },
    {
      what: "code of the project's own runs in its build",
      kind: "python.build-backend",
      ...change(PROJECT, PYPROJECT, "[project]", "[tool.hatch.build.hooks.custom]\n\n[project]"),
    },
    {
      what: "a range loses its upper end",
      kind: "dependency.range",
      ...change(PROJECT, PYPROJECT, "flask>=2,<3", "flask>=2"),
    },
    {
      what: "a package comes from a repository",
      kind: "dependency.source",
      ...change(
        REQUIREMENTS,
        REQUIRED,
        'flask>=2,<3 ; python_version > "3.8"',
        "flask @ git+https://git.example.org/other/flask",
      ),
    },
    {
      what: "a file in a lock file comes from another server",
      kind: "dependency.source",
      ...change(LOCK, UV_LOCK, "files.pythonhosted.org/flask.whl", "files.example.org/flask.whl"),
    },
  ],
  nothing: [
    {
      what: "names, spaces and comments are written in another way",
      ...change(
        REQUIREMENTS,
        REQUIRED,
        "Some_Name[extra] == 1.2.3 \\\n    --hash=sha256:0a",
        "# note\nsome-name==1.2.3 --hash sha256:0a",
      ),
    },
    {
      what: "a package goes to another group",
      ...change(
        PROJECT,
        PYPROJECT,
        '["flask>=2,<3", "own"]\noptional-dependencies.dev = ["pytest"]',
        '["own"]\noptional-dependencies.dev = ["pytest", "flask >=2, <3"]',
      ),
    },
    {
      what: "the version of the project itself is another",
      ...change(LOCK, UV_LOCK, "0.1.0", "0.2.0"),
    },
  ],
  adversaries: [
    {
      what: "very many requirements",
      path: REQUIREMENTS,
      write: (bytes) => numbered(bytes, (n) => `package-${n}==1.0.${n}\n`),
    },
    {
      what: "a line that is continued without end",
      path: REQUIREMENTS,
      write: (bytes) => `a==1 ${fill("\\\n --hash=sha256:0a ", bytes)}`,
    },
    {
      what: "a line of backslashes",
      path: REQUIREMENTS,
      write: (bytes) => `a ${fill("\\", bytes)}x\\`,
    },
    {
      what: "a requirement of spaces, quotes and brackets",
      path: REQUIREMENTS,
      write: (bytes) =>
        `a${fill(" ", bytes / 3)}[${fill("[", bytes / 3)} -${fill("'\"", bytes / 3)}`,
    },
    {
      what: "an address of slashes",
      path: REQUIREMENTS,
      write: (bytes) => `git+https://a${fill("/", bytes)}x`,
    },
    {
      what: "a version of very many parts",
      path: PROJECT,
      write: (bytes) => `[tool.poetry.dependencies]\na = "${fill("<1 ||", bytes)}"\n`,
    },
    {
      what: "very many packages in a lock file",
      path: LOCK,
      write: (bytes) =>
        numbered(
          bytes,
          (n) => `[[package]]\nname = "p${n}"\nversion = "1"\nwheels = [{ hash = "0" }]\n`,
        ),
    },
    {
      what: "one package of very many files and some servers",
      path: LOCK,
      write: (bytes) =>
        `[[package]]\nname = "p"\nversion = "1"\nwheels = [${numbered(bytes, (n) => `{ url = "https://h${n % 9}.org/p", hash = "sha256:${n}" },`)}]\n`,
    },
    {
      what: "very many sources of one name",
      path: PROJECT,
      write: (bytes) =>
        `[project]\ndependencies = [${numbered(bytes / 2, () => '"a",')}]\n[tool.uv.sources]\na = [${numbered(bytes / 2, (n) => `{ url = "https://h/${n}" },`)}]\n`,
    },
  ],
};
