import type { Capability, CapabilityReader } from "./capability.ts";
import { decodeText } from "./data/text.ts";
import { type AttributeLine, attributeLines } from "./git-attributes/attribute-lines.ts";
import { type Coverage, COVERAGES, coverageOf } from "./git-attributes/coverage.ts";
import { contentDigest } from "./holder-content.ts";
import { understand } from "./not-understood.ts";
import { printable } from "./printable.ts";

const MAX_BYTES = 128 * 1024;

/**
 * Reads `.gitattributes`, in any folder: which files' changes are hidden from whoever reviews them,
 * which go through a program that is set up elsewhere, and which an archive leaves out or rewrites.
 *
 * Source: git-scm.com/docs/gitattributes, and github.com/github-linguist/linguist, "Overrides".
 */
export const gitAttributes: CapabilityReader = {
  name: "git-attributes",
  kinds: {
    "attributes.hidden-diff": COVERAGES,
    "attributes.folded-diff": COVERAGES,
    "attributes.driver": [],
    "attributes.archive": [],
  },
  maxBytes: MAX_BYTES,
  claims: (path) => (/(?:^|\/)\.gitattributes$/.test(path) ? "grants" : null),
  read: (path, content) =>
    understand(() => {
      const lines = attributeLines(decodeText(content, MAX_BYTES), !path.includes("/"));
      return lastOfEach(lines).flatMap((line) => capabilitiesOf(path, line));
    }),
};

/** Of equal patterns the last line that gives an attribute counts. */
function lastOfEach(lines: readonly AttributeLine[]): AttributeLine[] {
  const given = new Set<string>();
  return [...lines]
    .reverse()
    .map(({ pattern, line, attributes }) => {
      const left = [...attributes].filter(([name]) => {
        const key = `${name} ${pattern}`;
        const isFirst = !given.has(key);
        given.add(key);
        return isFirst;
      });
      return { pattern, line, attributes: new Map(left) };
    })
    .reverse();
}

function capabilitiesOf(path: string, { pattern, line, attributes }: AttributeLine): Capability[] {
  return [...attributes].flatMap(([name, value]): Capability[] => {
    const coverage = coverageOf(path, pattern);
    const told = toldOf(name, value) ?? toldOfStore(name, value, coverage);
    if (!told) return [];
    const level = told.kind.endsWith("-diff") ? { level: coverage } : {};
    return [
      {
        ...{ ...told, name: printable(told.name), holder: printable(pattern), context: "" },
        ...{ ...level, line, certainty: "exact", reach: [] },
        holderContent: contentDigest(told.kind, pattern),
      },
    ];
  });
}

/** Drivers that come with git: they start no program that somebody has set up. */
const BUILT_IN = {
  merge: ["text", "binary", "union", "lfs"],
  filter: ["lfs"],
};

function toldOf(
  name: string,
  value: string | boolean | null,
): Pick<Capability, "kind" | "name"> | undefined {
  if (name === "diff" && value === false) return { kind: "attributes.hidden-diff", name: "-diff" };
  if (name === "linguist-generated" && isOn(value)) {
    return { kind: "attributes.folded-diff", name };
  }
  if (name === "export-ignore" || name === "export-subst") {
    return isOn(value) ? { kind: "attributes.archive", name } : undefined;
  }
  if (typeof value !== "string") return undefined;
  const isDriver = name === "merge" || name === "filter";
  if (isDriver && !BUILT_IN[name].includes(value)) {
    return { kind: "attributes.driver", name: `${name}=${value}` };
  }
  if (name !== "working-tree-encoding") return undefined;
  return { kind: "attributes.driver", name: `${name}=${value}` };
}

/** What people write is shown as the pointer to it alone where its content is kept elsewhere. */
function toldOfStore(
  name: string,
  value: string | boolean | null,
  coverage: Coverage,
): Pick<Capability, "kind" | "name"> | undefined {
  if (name !== "filter" || value !== "lfs" || coverage !== "source") return undefined;
  return { kind: "attributes.hidden-diff", name: "filter=lfs" };
}

function isOn(value: string | boolean | null): boolean {
  return value === true || (typeof value === "string" && value !== "false");
}
