import type { Allowance, CapabilityReader, Claim } from "./capability.ts";
import { cloudKinds } from "./cloud/kinds.ts";
import { fromData } from "./cloud/from-data.ts";
import { templateForm } from "./cloudformation/intrinsics.ts";
import { templateCapabilities } from "./cloudformation/template.ts";
import type { DataNode } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { holderKinds } from "./iam/kinds.ts";
import { inFixtures, isInFolder } from "./in-folder.ts";
import { claimManifest } from "./kubernetes/claims.ts";
import { mentions } from "./mentions.ts";
import { NotUnderstood, understand } from "./not-understood.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads templates of CloudFormation and SAM, and what the Serverless Framework makes into one:
 * policies, who is trusted, what is open to the internet. A file that names no resource of AWS's
 * grants nothing, whatever it is.
 *
 * Source: docs.aws.amazon.com/AWSCloudFormation, template anatomy and resource types.
 */
export const cloudformation: CapabilityReader = {
  name: "cloudformation",
  kinds: { ...holderKinds, ...cloudKinds },
  maxBytes: MAX_BYTES,
  claims,
  read: (path, content, allowance) =>
    understand(() => {
      const isCalled = isNamed(path);
      if (!isCalled && !mentions(content, OWN_MARKS)) return [];
      try {
        const root = fromData(parseTemplate(content, allowance), templateForm);
        return root.type === "map" ? templateCapabilities(root) : [];
      } catch (error) {
        const isOther = isCalled
          ? content.length <= MAX_BYTES && !mentions(content, MARKS)
          : !new TextDecoder().decode(content).includes(VERSION);
        if (error instanceof NotUnderstood && isOther) return [];
        throw error;
      }
    }),
};

/** JSON is YAML as well, but for tabs. */
function parseTemplate(content: Uint8Array, allowance: Allowance | undefined): DataNode {
  try {
    if (startsLikeJson(content)) return parseJson(content, { maxBytes: MAX_BYTES });
  } catch (error) {
    if (!(error instanceof NotUnderstood) || error.code !== "not-json") throw error;
  }
  const dialect = {
    maxBytes: MAX_BYTES,
    documents: "one",
    tags: "kept",
    mergeKeys: "merged",
  } as const;
  const [only] = parseYamlDocuments(content, dialect, allowance);
  if (!only) throw new NotUnderstood("not-yaml", "not valid YAML: no document");
  return only;
}

function startsLikeJson(content: Uint8Array): boolean {
  return /^\s*\{/u.test(new TextDecoder().decode(content.subarray(0, FIRST_BYTES)));
}

const FIRST_BYTES = 200;

/** Words of which each file has one that is of CloudFormation, SAM or the Serverless Framework and grants something. */
const MARKS = [
  ...["AWS::", "AWSTemplateFormatVersion"],
  ...["iamRoleStatements", "statements", "iamManagedPolicies", "managedPolicies"],
];

/** Of a file that is called anything. */
const VERSION = "AWSTemplateFormatVersion";
const OWN_MARKS = ["AWS::", VERSION];

const EXTENSION = /\.(?:ya?ml|json)$/u;
/** What nothing else is called. */
const OWN_NAMES =
  /^(?:template\.(?:ya?ml|json)|.+\.(?:cfn|sam)\.(?:ya?ml|json)|serverless\.ya?ml)$/u;
const OTHER_NAMES =
  /^(?:.+\.template(?:\.(?:ya?ml|json))?|template[\w.-]*\.(?:ya?ml|json)|.*(?:cfn|cloudformation|[-_.]template|sam)[\w.-]*\.(?:ya?ml|json))$/u;
const FOLDERS = ["cloudformation", "cloud-formation", "cfn", "cfn-templates", "sam"];
function claims(path: string): Claim | null {
  const name = nameOf(path);
  // A folder that a template of projects has yet to name holds what is yet to be filled in.
  const isLoose = inFixtures(path) || path.includes("{{");
  if (OWN_NAMES.test(name)) return isLoose ? "resembles" : "grants";
  // A template may be any YAML that is looked at anyway.
  const isYaml = /\.ya?ml$/u.test(name) && claimManifest(path) !== null;
  return isNamed(path) || isYaml ? "resembles" : null;
}

function isNamed(path: string): boolean {
  const name = nameOf(path);
  if (OWN_NAMES.test(name) || OTHER_NAMES.test(name)) return true;
  return EXTENSION.test(name) && isInFolder(path, FOLDERS);
}

function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? "").toLowerCase();
}
