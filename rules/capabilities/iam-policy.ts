import type { CapabilityReader } from "./capability.ts";
import { fromData } from "./cloud/from-data.ts";
import { parseJson } from "./data/json.ts";
import { policyKinds } from "./iam/kinds.ts";
import { policyCapabilities } from "./iam/policy-capabilities.ts";
import { statementsIn } from "./iam/statement.ts";
import { isInFolder } from "./in-folder.ts";
import { understand } from "./not-understood.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads policies of AWS that are files of their own: `*policy*.json` and what lies in a folder of
 * policies. JSON without a statement grants nothing.
 *
 * Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html.
 */
export const iamPolicy: CapabilityReader = {
  name: "iam-policy",
  kinds: policyKinds,
  maxBytes: MAX_BYTES,
  claims: (path) => (isNamed(path) || isPlaced(path) ? "resembles" : null),
  read: (_path, content) =>
    understand(() => {
      const root = fromData(parseJson(content, { maxBytes: MAX_BYTES }), {});
      return policyCapabilities("policy", statementsIn(root));
    }),
};

/** Also of a template, as far as that is JSON. */
const EXTENSION = /\.json(?:\.(?:tpl|tftpl|tmpl|template|j2))?$/u;

function isNamed(path: string): boolean {
  const name = (path.split("/").at(-1) ?? "").toLowerCase();
  return (
    EXTENSION.test(name) &&
    /polic(?:y|ies)|(?:^|[-_.])(?:iam|scp|trust|assume[-_]?role)(?:[-_.])/u.test(name)
  );
}

const FOLDERS = ["iam", "iam-policies", "iam_policies", "policies", "policy", "scp", "scps"];

function isPlaced(path: string): boolean {
  return EXTENSION.test(path.toLowerCase()) && isInFolder(path, FOLDERS);
}
