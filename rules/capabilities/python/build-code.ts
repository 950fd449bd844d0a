import type { Capability } from "../capability.ts";
import {
  type DataEntry,
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
} from "../data/data-node.ts";
import { entriesAt, mapAt, scalarsAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";

/** Tables of Hatch's with hooks of the project's own. */
const HOOKS = [
  ["build", "hooks", "custom"],
  ["metadata", "hooks", "custom"],
] as const;

/** Settings that name the code itself. */
const SETTINGS = [
  ["tool", "poetry", "build"],
  ["tool", "poetry", "build", "script"],
  ["tool", "pdm", "build", "custom-hook"],
] as const;

/**
 * The code that runs when the project is built or installed: its build backend, and hooks of its
 * own.
 *
 * Source: packaging.python.org/en/latest/specifications/pyproject-toml (PEP 517); hatch.pypa.io,
 * plugins/build-hook/custom; backend.pdm-project.org/hooks; pdm-project.org, usage/scripts.
 */
export function buildCode(root: DataMap): Capability[] {
  const backends = scalarsAt(root, "build-system", "build-backend").map((backend) =>
    code(backend, "build-system", entryAt(root, ["build-system", "backend-path"])?.value),
  );
  const named = SETTINGS.flatMap((keys) =>
    scalarsAt(root, ...keys).map((script) => code(script, keys.join("."))),
  );
  const hatch = mapAt(root, "tool", "hatch");
  return [
    ...backends,
    ...(hatch ? hatchCode(hatch, "tool.hatch.") : []),
    ...named,
    ...entriesAt(root, "tool", "setuptools", "cmdclass").map((entry) =>
      command(entry, "tool.setuptools.cmdclass"),
    ),
    ...entriesAt(root, "tool", "pdm", "scripts")
      .filter(({ key }) => /^(?:pre|post)_/.test(key.text))
      .map((entry) => command(entry, "tool.pdm.scripts")),
  ];
}

/** The hooks of Hatch's settings, which `hatch.toml` has without the tables around them. */
export function hatchCode(hatch: DataMap, before = ""): Capability[] {
  const targets = entriesAt(hatch, "build", "targets");
  return [
    ...HOOKS.flatMap((keys) => hook(hatch, keys, before)),
    ...targets.flatMap(({ key, value }) => {
      const holder = `${before}build.targets.${key.text}.`;
      return value.type === "map" ? hook(value, ["hooks", "custom"], holder) : [];
    }),
  ];
}

function hook(root: DataMap, keys: readonly string[], before: string): Capability[] {
  const entry = entryAt(root, keys);
  if (entry?.value.type !== "map") return [];
  // Where the table names no file it is this one.
  const [named = { ...entry.key, text: "hatch_build.py" }] = scalarsAt(entry.value, "path");
  return [code(named, before + keys.join("."))];
}

/** `detail` is what the code's name means besides: where it is looked for. */
function code({ text, line }: DataScalar, holder: string, detail?: DataNode): Capability {
  const places = detail?.type === "list" ? detail.items : [];
  const shown = places.flatMap((place) => (place.type === "scalar" ? [place.text] : []));
  return plainGrant({
    ...{ kind: "python.build-backend", name: text, holder, line },
    context: shown.join(", "),
    reach: detail ? [wayTo(`at:${contentDigest(canonicalText(detail))}`, detail.line)] : [],
  });
}

function command({ key, value }: DataEntry, holder: string): Capability {
  const content = contentDigest(canonicalText(value));
  return {
    ...code(key, holder),
    context: value.type === "scalar" ? printable(value.text) : "",
    reach: [wayTo(`command:${content}`, value.line)],
  };
}
