import { powerNamed, powerOf } from "../container/powers.ts";
import { type DataMap, type DataScalar, entryOf } from "../data/data-node.ts";
import { buildPowers } from "./build-powers.ts";
import { type Held, heldFiles } from "./held-files.ts";
import { isOn, textAt } from "./interpolate.ts";
import { volumePower } from "./mounts.ts";
import { at, type PlacedPower } from "./placed-power.ts";
import { itemsOf, type Service, valueOf } from "./services.ts";

/** What else stands in a service's file. */
export interface Surroundings extends Held {
  readonly volumes: DataMap | null;
  readonly networks: DataMap | null;
  /** The file's folder, "" at the root. */
  readonly folder: string;
}

/**
 * All that opens the machine to a service, as options of `docker create` would: see `container/`.
 *
 * Source: docs.docker.com/reference/compose-file/services.
 */
export function powersOf(service: Service, surroundings: Surroundings): PlacedPower[] {
  return [
    ...switched(service),
    ...shared(service),
    ...listed(service),
    ...mounted(service, surroundings),
    ...networked(service, surroundings),
    ...heldFiles(service, surroundings, surroundings.folder),
    ...buildPowers(service),
    ...fromElsewhere(service),
  ];
}

function switched(service: Service): PlacedPower[] {
  const hooks = ["post_start", "pre_stop"].flatMap((key) => itemsOf(service, key));
  const ofHooks = hooks.map((hook) =>
    hook.type === "map" ? entryOf(hook, "privileged")?.value : undefined,
  );
  const privileged = [valueOf(service, "privileged"), ...ofHooks].find(isOn);
  const socket = valueOf(service, "use_api_socket");
  return [
    ...(privileged ? at(privileged, powerNamed("privileged")) : []),
    ...(socket && isOn(socket) ? at(socket, powerNamed("use-api-socket")) : []),
  ];
}

/** Keys that share a namespace of the machine where they say `host`. */
const SHARED: readonly (readonly [key: string, option: string])[] = [
  ["network_mode", "--network"],
  ["net", "--network"],
  ["pid", "--pid"],
  ["ipc", "--ipc"],
  ["uts", "--uts"],
  ["userns_mode", "--userns"],
  ["cgroup", "--cgroupns"],
];

function shared(service: Service): PlacedPower[] {
  return SHARED.flatMap(([key, option]) => {
    const value = valueOf(service, key);
    return value ? at(value, powerOf(option, textAt(value))) : [];
  });
}

/** Lists of which each item can open something. */
const LISTED: readonly (readonly [key: string, option: string])[] = [
  ["cap_add", "--cap-add"],
  ["devices", "--device"],
  ["device_cgroup_rules", "--device-cgroup-rule"],
  ["security_opt", "--security-opt"],
  ["volumes_from", "--volumes-from"],
];

function listed(service: Service): PlacedPower[] {
  return LISTED.flatMap(([key, option]) =>
    itemsOf(service, key).flatMap((item) => {
      const source = item.type === "map" ? entryOf(item, "source")?.value : item;
      return at(item, powerOf(option, textAt(source)));
    }),
  );
}

function mounted(service: Service, { volumes, folder }: Surroundings): PlacedPower[] {
  return itemsOf(service, "volumes").flatMap((volume) =>
    at(volume, volumePower(volume, volumes, folder)),
  );
}

// `networks: {outside: {name: host, external: true}}` is the machine's own network.
function networked(service: Service, { networks }: Surroundings): PlacedPower[] {
  return networksOf(service, networks)
    .filter((network) => isHost(networks, network.text))
    .flatMap((network) => at(network, powerOf("--network", "host")));
}

function networksOf(service: Service, networks: DataMap | null): DataScalar[] {
  const used = service.bodies.flatMap((body) => {
    const value = entryOf(body, "networks")?.value;
    if (value?.type === "map") return value.entries.map(({ key }) => key);
    return value?.type === "list" ? value.items.filter((item) => item.type === "scalar") : [];
  });
  if (used.length > 0 || valueOf(service, "network_mode")) return used;
  const common = networks && entryOf(networks, "default");
  return common ? [common.key] : [];
}

function isHost(networks: DataMap | null, name: string): boolean {
  const network = networks && entryOf(networks, name)?.value;
  if (network?.type !== "map") return false;
  const external = entryOf(network, "external")?.value;
  const outer = external?.type === "map" ? entryOf(external, "name")?.value : undefined;
  const named = textAt(entryOf(network, "name")?.value) || textAt(outer);
  const isOutside = external?.type === "map" || isOn(external);
  return named === "host" || (isOutside && named === "" && name === "host");
}

/** What other files, and programs that Compose starts on the machine, decide. */
function fromElsewhere(service: Service): PlacedPower[] {
  const credentials = valueOf(service, "credential_spec");
  const provider = valueOf(service, "provider");
  const type = provider?.type === "map" ? entryOf(provider, "type")?.value : undefined;
  return [
    ...(credentials ? at(credentials, { name: "credential_spec", level: "broad" }) : []),
    ...(type ? at(type, { name: `provider ${textAt(type)}`, level: "broad" }) : []),
  ];
}
