import type { Power, PowerLevel } from "../container/powers.ts";
import { type DataMap, entryOf } from "../data/data-node.ts";
import { claimDockerfile } from "../dockerfile/names.ts";
import { isOn, textAt } from "./interpolate.ts";
import { at, type PlacedPower } from "./placed-power.ts";
import { type Service, valueOf } from "./services.ts";

/** What opens the machine to a service's build, and a Dockerfile that nobody reads by its name. */
export function buildPowers(service: Service): PlacedPower[] {
  const build = valueOf(service, "build");
  if (build?.type !== "map") return [];
  const privileged = entryOf(build, "privileged")?.value;
  const network = entryOf(build, "network")?.value;
  const entitlements = entryOf(build, "entitlements")?.value;
  const granted = entitlements?.type === "list" ? entitlements.items : [];
  return [
    ...(isOn(privileged) && privileged ? at(privileged, built("privileged", "host")) : []),
    ...(network && textAt(network) === "host" ? at(network, built("network host", "broad")) : []),
    ...granted.flatMap((item) => {
      const level = textAt(item).startsWith("security.insecure") ? "host" : "broad";
      return at(item, built(textAt(item), level));
    }),
    ...unreadDockerfile(build),
  ];
}

function unreadDockerfile(build: DataMap): PlacedPower[] {
  const file = entryOf(build, "dockerfile")?.value;
  const path = textAt(file);
  if (!file || path === "" || claimDockerfile(path) !== null) return [];
  return at(file, built(`by ${path}`, "limited"));
}

function built(name: string, level: PowerLevel): Power {
  return { name: `build ${name}`, level };
}
