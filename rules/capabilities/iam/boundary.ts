import type { Capability } from "../capability.ts";
import { type ConfigMap, textsAt } from "../cloud/config-value.ts";
import { grantedTo, type Holder } from "../cloud/granted.ts";
import { wayTo } from "../reach.ts";

/** Whether a policy limits what the policies of a role or user can give. */
export const BOUNDARY_LEVELS = ["bounded", "unbounded"] as const;

/** The boundary of a role or user; taking it away raises, and so does another one. */
export function permissionsBoundary(holder: Holder, body: ConfigMap): Capability {
  const [boundary] = textsAt(body, "PermissionsBoundary");
  const named = { kind: "iam.boundary", name: "permissions boundary" };
  if (!boundary) {
    const reach = [wayTo("boundary:none", body.line)];
    return grantedTo(holder, { ...named, level: "unbounded", line: body.line, reach });
  }
  const { text, line } = boundary;
  // Who had no boundary could do all that one leaves.
  const reach = [{ ...wayTo(`boundary:${text}`, line), bounds: ["boundary:none"] }];
  return grantedTo(holder, { ...named, level: "bounded", line, context: text, reach });
}
