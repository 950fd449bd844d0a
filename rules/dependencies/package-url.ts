import { PackageURL } from "packageurl-js";
import type { Dependency } from "./dependency.ts";

/**
 * A dependency's package URL (ECMA-427), with its version where that is exactly one and no address,
 * in which a password may stand; null where its name makes none.
 */
export function packageUrlOf({ ecosystem, name, version, range }: Dependency): string | null {
  // group:artifact
  const slash = name.lastIndexOf(ecosystem === "maven" ? ":" : "/");
  const namespace = slash === -1 ? null : name.slice(0, slash);
  const isOne = (range === undefined || range === "exact") && !/[/@]/.test(version ?? "");
  try {
    return new PackageURL(
      ecosystem,
      namespace,
      name.slice(slash + 1),
      isOne ? version : null,
      null,
      null,
    ).toString();
  } catch {
    return null;
  }
}
