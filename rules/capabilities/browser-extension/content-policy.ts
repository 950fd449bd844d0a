import type { DataMap, DataScalar } from "../data/data-node.ts";
import { stringAt } from "../data/values.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import type { Grant } from "./hosts.ts";

/** Directives that say which code runs, each with those that count where it is not there. */
const CODE = [
  ["script-src", "default-src"],
  ["script-src-elem", "script-src", "default-src"],
  ["worker-src", "child-src", "script-src", "default-src"],
] as const;

/** Sources that are in the extension itself, or code that is known to the letter. */
const OWN =
  /^(?:'self'|'none'|'wasm-unsafe-eval'|'report-sample'|'(?:sha(?:256|384|512)|nonce)-.*')$/i;

/**
 * The code that an extension's own pages run from elsewhere, or from texts, by its content
 * security policy; without one nothing is.
 *
 * Source: Content Security Policy Level 3; developer.chrome.com/docs/extensions/reference/manifest/content-security-policy.
 */
export function contentPolicyGrants(root: DataMap): Grant[] {
  const policies = [
    stringAt(root, "content_security_policy"),
    stringAt(root, "content_security_policy", "extension_pages"),
    stringAt(root, "content_security_policy", "isolated_world"),
  ].filter((policy) => policy !== undefined);
  const sources = new Map(policies.flatMap((policy) => foreignSources(policy)));
  return [...sources].map(([name, line]) => ({
    ...{ kind: "browser.page-code", name: printable(name), context: "in its own pages", line },
    reach: [wayTo("runs", line)],
  }));
}

function foreignSources({ text, line }: DataScalar): [string, number][] {
  const directives = new Map<string, readonly string[]>();
  for (const part of text.split(";")) {
    const [name = "", ...sources] = part.trim().split(/\s+/);
    const known = name.toLowerCase();
    // Of a directive that is there twice the first counts.
    if (!directives.has(known)) directives.set(known, sources);
  }
  return CODE.flatMap(([name, ...instead]) => {
    const set = [name, ...instead].find((one) => directives.has(one));
    const sources = set === undefined ? ["*"] : (directives.get(set) ?? []);
    return sources
      .filter((source) => !OWN.test(source))
      .map((source): [string, number] => [source.toLowerCase(), line]);
  });
}
