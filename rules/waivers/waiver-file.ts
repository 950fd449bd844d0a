import * as z from "zod";
import { parseDocument, placeFindings } from "../policy/document.ts";
import { distinctFindings, type Finding } from "../policy/findings.ts";
import { nearest } from "../policy/nearest.ts";
import type { PolicySet, PolicySource, WaiverFile } from "../policy/policy-set.ts";
import { instantOf } from "./instant.ts";
import type { Waiver } from "./waiver.ts";

/** Where a repository keeps waivers that are no records. Read at the policies' commit, and nowhere else. */
export const WAIVERS_PATH = ".github/bailiff-waivers.yml";

const MAX_WAIVERS = 1000;
/** The findings that one waiver may name. */
const MAX_FINDINGS = 1000;

const words = z.string().max(1024).regex(/\S/);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.string().refine((text) => instantOf(text) !== null);

const entry = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/),
  policy: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  document: hex64,
  repository: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/),
  commit: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  findings: z.array(hex64).min(1).max(MAX_FINDINGS),
  owner: words,
  reason: words,
  granted: time,
  expires: time,
});

const frame = z.strictObject({
  version: z.literal(1),
  waivers: z.array(z.unknown()).max(MAX_WAIVERS),
});

/** An entry of the file, as people see it. */
export type WrittenWaiver = z.infer<typeof entry>;

/** What is right under a key, in words. */
const RIGHT: Readonly<Record<string, string>> = {
  version: "write version: 1",
  waivers: "list at most 1000 waivers; `bailiff waiver grant --print` writes one",
  id: "give it an id of its own: letters, digits, . _ : and -",
  policy: "write the id of the policy, as its file has it",
  document: "write the sha256 of the policy's file, 64 hex digits",
  repository: 'write the repository\'s numeric id in quotes, for example "1296269"',
  commit: "write the full id of the commit whose findings these are",
  findings: "list 1 to 1000 fingerprints of 64 hex digits",
  owner: "write who answers for it",
  reason: "write why, in 1 to 1024 characters",
  granted: "write a day (2026-12-31) or a time in UTC (2026-12-31T12:00:00Z)",
  expires: "write a day (2026-12-31) or a time in UTC (2026-12-31T12:00:00Z)",
};

/**
 * Reads a file of waivers.
 *
 * Every problem is returned with its place and remedy. A waiver that has one is none, and in a file
 * that is no such file there are none: what is broken waives nothing. A date in the past is no
 * problem, its waiver has ended.
 */
export function readWaiverFile(
  source: PolicySource,
  { policies }: Pick<PolicySet, "policies">,
): WaiverFile {
  const document = parseDocument(source);
  if (!("value" in document)) return { source, waivers: [], problems: [aboutWaivers(document)] };
  const framed = frame.safeParse(document.value);
  const listed = framed.data?.waivers ?? [];
  const read = listed.map((written) => entry.safeParse(written));
  const whole = read.map(({ data }) => data ?? null);
  const findings: readonly Finding[] = distinctFindings([
    ...(framed.error ? framed.error.issues.flatMap((issue) => findingsOf(issue, [])) : []),
    ...read.flatMap(({ error }, index) =>
      error ? error.issues.flatMap((issue) => findingsOf(issue, ["waivers", index])) : [],
    ),
    ...whole.flatMap((one, index) => misfits(one, { index, whole, policies })),
  ]);
  const sound = whole.filter(
    (_, index) => !findings.some(({ at }) => at[0] !== "waivers" || at[1] === index),
  );
  return {
    source,
    waivers: sound.flatMap((written) => (written ? [waiverOf(written)] : [])),
    problems: placeFindings(document, findings),
  };
}

function aboutWaivers<Problem extends { readonly message: string }>(problem: Problem): Problem {
  return { ...problem, message: problem.message.replace("the policy file", "the file of waivers") };
}

type Issue = z.core.$ZodIssue;

function findingsOf(issue: Issue, before: Finding["at"]): readonly Finding[] {
  const at = [
    ...before,
    ...issue.path.map((step) => (typeof step === "number" ? step : String(step))),
  ];
  const allowed = Object.keys(before.length === 0 ? frame.shape : entry.shape);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const near = nearest(key, allowed);
      const remedy = near === null ? `use ${allowed.join(", ")}` : `did you mean ${near}?`;
      return {
        at: [...at, key],
        onKey: true,
        message: `unknown key ${JSON.stringify(key)}`,
        remedy,
      };
    });
  }
  const key = issue.path.findLast((step) => typeof step === "string");
  if (typeof key !== "string") {
    const [message, remedy] =
      before.length === 0
        ? ["a file of waivers is a map", "begin with version: 1"]
        : ["a waiver is a map", `write ${allowed.join(", ")}; all of them`];
    return [{ at, message, remedy }];
  }
  return [{ at, message: `${key} is missing or not valid`, remedy: RIGHT[key] ?? "" }];
}

/** What an entry that has its form gets wrong beside others and the policies. */
function misfits(
  written: WrittenWaiver | null,
  among: {
    readonly index: number;
    readonly whole: readonly (WrittenWaiver | null)[];
    readonly policies: PolicySet["policies"];
  },
): Finding[] {
  if (written === null) return [];
  const { index, whole, policies } = among;
  const at = (key: string): Finding["at"] => ["waivers", index, key];
  const named = policies.filter(({ id }) => id === written.policy);
  const isRepeated = whole.findIndex((other) => other?.id === written.id) < index;
  return [
    ...(isRepeated
      ? [
          {
            at: at("id"),
            message: `the id ${written.id} is already taken`,
            remedy: RIGHT["id"] ?? "",
          },
        ]
      : []),
    ...(named.length === 0
      ? [
          {
            at: at("policy"),
            message: `no policy here has the id ${written.policy}`,
            remedy: "correct the id, or take the waiver out",
          },
        ]
      : []),
    ...(named.length > 0 && !named.some(({ waivable }) => waivable === "file")
      ? [
          {
            at: at("policy"),
            message: `a file may not waive ${written.policy}`,
            remedy: "set waivable: file in that policy, or record it with `bailiff waiver grant`",
          },
        ]
      : []),
  ];
}

function waiverOf(written: WrittenWaiver): Waiver {
  const { id, policy, document, repository, commit, findings, owner, reason } = written;
  return {
    ...{ id, source: "file", policyId: policy, document, repositoryId: repository, commit },
    ...{
      findings,
      owner,
      reason,
      expires: written.expires,
      grantedBy: null,
      at: startOf(written.granted),
    },
  };
}

/** A day ends a waiver with its last moment, and begins one with its first. */
function startOf(granted: string): string {
  return granted.includes("T") ? granted : `${granted}T00:00:00Z`;
}

/**
 * The set with the file of waivers beside its policies, null where there is none. `read` reads it at
 * the commit that the policies are of, and is called only where a policy is served by a file.
 */
export async function withWaiverFile(
  set: PolicySet,
  read: (path: string) => Promise<PolicySource | null>,
): Promise<PolicySet> {
  if (!set.policies.some(({ waivable }) => waivable === "file")) return set;
  const source = await read(WAIVERS_PATH);
  return source === null ? set : { ...set, waiverFile: readWaiverFile(source, set) };
}
