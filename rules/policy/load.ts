import type * as z from "zod";
import { joinBreakGlass } from "../break-glass/people.ts";
import { packSource } from "../packs/packs.ts";
import { joinSettings } from "../waivers/settings.ts";
import { compilePolicy } from "./compile.ts";
import { parseDocument, placeFindings, type PolicyDocument } from "./document.ts";
import { fileFindings } from "./file-findings.ts";
import type { Finding } from "./findings.ts";
import { isMap } from "./maps.ts";
import { MAX_EXTENDED, MAX_POLICIES, policyFrame } from "./policy-file.ts";
import type { Policy, PolicyProblem, PolicySet, PolicySource } from "./policy-set.ts";
import { exceptionsIn, type WrittenExceptions } from "./written-exceptions.ts";
import { POLICY_PATH } from "./policy-source.ts";

/** What one document comes to. `packs` are those that it extends. */
interface Loaded {
  readonly source: PolicySource;
  readonly packs: readonly PolicySource[];
  readonly policies: readonly Policy[];
  readonly problems: readonly PolicyProblem[];
  readonly exceptions: WrittenExceptions;
}

/**
 * Loads the policies of all layers, with the packs that they extend.
 *
 * Every problem of every document is returned, each with its place and remedy; while there is one,
 * judging denies. Layers only tighten: policies of all documents are judged side by side, also
 * where their ids are equal, so that no layer can drop or soften what another set. A document that
 * several layers hold is judged once. No document at all is a problem: what nobody set is no leave.
 */
export function loadPolicies(sources: readonly PolicySource[], simulation: boolean): PolicySet {
  const named = distinct(sources).map(loadSource);
  const packs = distinct(named.flatMap((loaded) => loaded.packs));
  const all = distinct([...packs, ...named.map(({ source }) => source)]);
  const loaded = all.map(
    (source) => named.find((one) => one.source === source) ?? loadSource(source),
  );
  return {
    sources: all,
    policies: onePerDocument(loaded).flatMap(({ policies }) => policies),
    problems: sources.length === 0 ? [NO_POLICIES] : loaded.flatMap(({ problems }) => problems),
    simulation,
    waivers: joinSettings(loaded.flatMap(({ exceptions }) => exceptions.waivers ?? [])),
    // Packs are what a layer is made of: it is the layers that name people.
    breakGlass: joinBreakGlass(named.map(({ exceptions }) => exceptions.breakGlass)),
  };
}

const DEFAULT_PACK = "bailiff:recommended";

/**
 * The policies of a repository: its own file, or, where it has none (null), the recommended pack,
 * which then judges in simulation.
 */
export function repositoryPolicies(own: PolicySource | null, simulation = false): PolicySet {
  if (own !== null) return loadPolicies([own], simulation);
  const pack = packSource(DEFAULT_PACK);
  return loadPolicies(pack === null ? [] : [pack], true);
}

const NO_POLICIES: PolicyProblem = {
  path: POLICY_PATH,
  line: 1,
  column: 1,
  message: "there is no policy to judge by",
  remedy: "add a policy file, or name a pack such as bailiff:recommended",
};

function distinct(sources: readonly PolicySource[]): PolicySource[] {
  const byPlace = new Map(sources.map((source) => [placeOf(source), source]));
  return [...byPlace.values()];
}

function placeOf({ repoId, commit, path, digest }: PolicySource): string {
  return JSON.stringify([repoId, commit, path, digest]);
}

function onePerDocument(loaded: readonly Loaded[]): Loaded[] {
  return [...new Map(loaded.map((one) => [one.source.digest, one])).values()];
}

function loadSource(source: PolicySource): Loaded {
  const document = parseDocument(source);
  if (!("value" in document)) {
    return { source, packs: [], policies: [], problems: [document], exceptions: {} };
  }
  const frame = policyFrame.safeParse(document.value);
  const { packs, findings: packFindings } = extendedPacks(document.value);
  const { policies, findings } = compileAll(document.value, source.digest);
  const frameFindings = frame.success
    ? emptyFile(frame.data)
    : fileFindings(frame.error.issues, document.value);
  const problems = problemsOf(document, [...frameFindings, ...packFindings, ...findings]);
  return { source, packs, policies, problems, exceptions: exceptionsIn(document.value) };
}

function problemsOf(document: PolicyDocument, findings: readonly Finding[]): PolicyProblem[] {
  return placeFindings(document, findings).sort(
    (left, right) => left.line - right.line || left.column - right.column,
  );
}

// The frame is checked beside this: what has not its form is passed over here.
function extendedPacks(file: unknown): { packs: PolicySource[]; findings: Finding[] } {
  const packs: PolicySource[] = [];
  const findings: Finding[] = [];
  const names: unknown = isMap(file) ? file["extends"] : undefined;
  for (const [index, name] of listed(names, MAX_EXTENDED).entries()) {
    if (typeof name !== "string") continue;
    const pack = packSource(name);
    if (pack !== null) packs.push(pack);
    else findings.push({ at: ["extends", index], ...unknownPack(name) });
  }
  return { packs, findings };
}

// Empty lists would judge by nothing and allow everything.
function emptyFile({ extends: packs = [], policies = [] }: z.infer<typeof policyFrame>): Finding[] {
  if (packs.length > 0 || policies.length > 0) return [];
  const remedy = "add extends or policies";
  return [{ at: [], message: "the file sets no policies", remedy }];
}

/** What is over a limit has a problem already, and is not looked at. */
function listed(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, most) : [];
}

function unknownPack(name: string): { message: string; remedy: string } {
  return {
    message: `there is no pack ${JSON.stringify(name)}`,
    remedy: "use bailiff:recommended@1",
  };
}

function compileAll(file: unknown, digest: string): { policies: Policy[]; findings: Finding[] } {
  const written = listed(isMap(file) ? file["policies"] : undefined, MAX_POLICIES);
  const patterns = { known: new Set<string>(), weight: 0 };
  const compiled = written.map((policy) => compilePolicy(policy, digest, patterns));
  const findings = compiled.flatMap(({ findings: inside }, index) =>
    inside.map((finding) => ({ ...finding, at: ["policies", index, ...finding.at] })),
  );
  const ids = written.map((policy) => (isMap(policy) ? policy["id"] : null));
  return {
    policies: compiled.flatMap(({ rules }) => rules),
    findings: [...findings, ...repeatedIds(ids)],
  };
}

function repeatedIds(ids: readonly unknown[]): Finding[] {
  return ids.flatMap((id, index) =>
    typeof id !== "string" || ids.indexOf(id) === index
      ? []
      : [
          {
            at: ["policies", index, "id"],
            message: `the id ${id} is already taken in this file`,
            remedy: "give each policy of a file its own id",
          },
        ],
  );
}
