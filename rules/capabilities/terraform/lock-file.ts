import type { Dependency } from "../../dependencies/dependency.ts";
import { textsAt } from "../cloud/config-value.ts";
import { terraformRegistry } from "./dependencies.ts";
import { hclElements } from "./elements.ts";

/**
 * The providers that a `.terraform.lock.hcl` pins, with the digests that their packages must have.
 *
 * Source: developer.hashicorp.com/terraform/language/files/dependency-lock.
 */
export function lockedProviders(content: Uint8Array, maxBytes: number): Dependency[] {
  return hclElements(content, maxBytes).flatMap(({ type, labels, body }): Dependency[] => {
    const [address] = labels;
    if (type !== "provider" || address === undefined) return [];
    const [host = "", ...name] = address.toLowerCase().split("/");
    const [version] = textsAt(body, "version");
    return [
      {
        ...{ ecosystem: "terraform", name: name.join("/"), version: version?.text ?? null },
        ...{ group: "", direct: null },
        source: terraformRegistry(host),
        integrity: textsAt(body, "hashes").map(({ text }) => text),
        line: version?.line ?? body.line,
      },
    ];
  });
}
