import { sourceGrants } from "../../dependencies/grants.ts";
import { type DependencySource, registryAt } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";

/** Hosts that serve NuGet's own registry. */
const OWN_HOSTS = ["api.nuget.org", "www.nuget.org", "nuget.org"];

/** A source as files write it: an address, or a folder of this repository or machine; null for the latter. */
export function packageSource(text: string): DependencySource | null {
  const isAddress = /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
  // \\server\share is reached over the network.
  const isShare = /^(?:\\\\|\/\/)/.test(text);
  if (isAddress) return registryAt(text, "nuget", OWN_HOSTS);
  return isShare ? registryAt(`smb:${text.replaceAll("\\", "/")}`, "nuget", []) : null;
}

/** Sources in a list, separated by semicolons. */
export function packageSources(list: string, line: number): Capability[] {
  return list.split(";").flatMap((text) => {
    const source = packageSource(text.trim());
    return source ? sourceGrants({ ecosystem: "nuget", source, line }) : [];
  });
}
