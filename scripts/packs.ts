import { canonicalJson } from "../rules/canonical.ts";
import { parseDocument } from "../rules/policy/document.ts";
import { policySource } from "../rules/policy/policy-source.ts";

/**
 * The module that carries a pack: its policies as canonical JSON, which loads many times faster
 * than the YAML that people read. Throws for a pack that does not parse.
 */
export function packModule(name: string, yaml: Uint8Array): string {
  const document = parseDocument(policySource(yaml, { path: name }));
  if (!("value" in document)) throw new Error(`${name}: ${document.message}`);
  const json = JSON.stringify(canonicalJson(document.value));
  const constant = name.toUpperCase().replaceAll("-", "_");
  return `// Written by \`npm run generate\` out of ${name}.yml.\nexport const ${constant} = ${json};\n`;
}
