import type { Capability } from "../capability.ts";
import {
  type ConfigMap,
  type ConfigText,
  mapsIn,
  plainKey,
  textsIn,
} from "../cloud/config-value.ts";
import { grantedTo, type Holder } from "../cloud/granted.ts";
import { iamPolicy } from "../iam-policy.ts";

/** `policy`, `assume_role_policy`, `source_policy_documents` */
const POLICY_KEY = /polic(?:y|ies)(?:documents?|data)?$/u;

/** Functions that make a policy out of texts, or take it from a file. */
const MADE =
  /^\$\{(?:file|filebase64|templatefile|templatestring|base64decode|textdecodebase64|urldecode|format|join|replace|substr|strrev|lower|upper|chomp|indent)\(/u;

/** Policies that a function makes, so that nobody sees what they allow; a file that is read as a policy itself is none. */
export function unseenPolicies(holder: Holder, body: ConfigMap): Capability[] {
  return madeTexts(body).map(({ text, line }) =>
    grantedTo(holder, {
      ...{ kind: "iam.attachment", name: text, level: "other", line },
      certainty: "heuristic",
    }),
  );
}

function madeTexts(body: ConfigMap): ConfigText[] {
  return body.entries.flatMap(({ key, value }) => [
    ...(POLICY_KEY.test(plainKey(key)) ? textsIn(value).filter(isUnseen) : []),
    ...mapsIn(value).flatMap(madeTexts),
  ]);
}

function isUnseen({ text, literal }: ConfigText): boolean {
  if (literal || !MADE.test(text)) return false;
  const [, path] = /^\$\{(?:template)?file\("([^"]*)"/u.exec(text) ?? [];
  return path === undefined || iamPolicy.claims(path) === null;
}
