import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { canonicalConfig, type ConfigMap } from "./config-value.ts";

/** A resource of a configuration, whatever it is called. */
export interface Holder {
  readonly holder: string;
  readonly holderContent: string;
  readonly isReferredTo: true;
}

/** The holder of what a resource grants: its content marks one that was renamed or moved. */
export function holderOf(name: string, type: string, body: ConfigMap): Holder {
  const holderContent = contentDigest(type, canonicalConfig(body));
  return { holder: printable(name), holderContent, isReferredTo: true };
}

/** What a resource grants, where only that need be said which most do not have. */
export type Granted = Pick<Capability, "kind" | "name" | "line"> & Partial<Capability>;

/** A capability of a holder, exact and reached in no special way unless it says otherwise. */
export function grantedTo(holder: Holder, granted: Granted): Capability {
  const own = { ...holder, context: "", certainty: "exact" as const, reach: [], ...granted };
  return { ...own, name: printable(own.name), context: printable(own.context) };
}
