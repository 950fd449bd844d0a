import type { Capability } from "./capability.ts";
import { contentDigest } from "./holder-content.ts";
import { printable } from "./printable.ts";

type Shown = Pick<Capability, "kind" | "name" | "holder" | "line"> &
  Partial<Pick<Capability, "context" | "level" | "reach" | "certainty">>;

/** A capability that is the same wherever its kind and name are; texts are made printable. */
export function plainGrant({ kind, name, holder, context = "", ...rest }: Shown): Capability {
  return {
    ...{ reach: [], certainty: "exact" },
    ...rest,
    ...{ kind, name: printable(name), holder: printable(holder), context: printable(context) },
    holderContent: contentDigest(kind, name),
  };
}
