import type { Capability, CapabilityReader } from "./capability.ts";
import { confinedWay, confinementsOf, shownConfinements } from "./compose/confinement.ts";
import { imagesOf } from "./compose/images.ts";
import { includes } from "./compose/includes.ts";
import { inlineBuild } from "./compose/inline-build.ts";
import { textAt } from "./compose/interpolate.ts";
import { claimCompose } from "./compose/names.ts";
import { PORT_LEVELS, publishedPort } from "./compose/ports.ts";
import type { PlacedPower } from "./compose/placed-power.ts";
import { powersOf, type Surroundings } from "./compose/service-powers.ts";
import { itemsOf, pairsIn, type Service, servicesOf, valueOf } from "./compose/services.ts";
import { POWER_LEVELS } from "./container/powers.ts";
import { isLiteralSecret, isSecretName } from "./container/secret-names.ts";
import { USER_LEVELS, userLevel } from "./container/user.ts";
import { type DataMap, type DataNode, entryOf } from "./data/data-node.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { dockerfileKinds } from "./dockerfile/read-dockerfile.ts";
import { firstOfEach } from "./first-of-each.ts";
import { canonicalText, contentDigest } from "./holder-content.ts";
import { understandAll } from "./not-understood.ts";
import { printable } from "./printable.ts";

const MAX_BYTES = 256 * 1024;

const PRIVILEGE = "compose.privilege";
const USER = "compose.user";
const PORT = "compose.port";
const SECRET = "compose.secret";
const CONFINEMENT = "compose.confinement";

/**
 * Reads Compose files: what opens the machine to their services, who those run as, what they publish
 * and take in. A service has what it extends in the same file, and the defaults of variables count; a
 * Dockerfile that stands in it is read as one.
 *
 * Source: docs.docker.com/reference/compose-file; podman-compose reads the same.
 */
export const compose: CapabilityReader = {
  name: "compose",
  kinds: {
    [PRIVILEGE]: POWER_LEVELS,
    [USER]: USER_LEVELS,
    [PORT]: PORT_LEVELS,
    [SECRET]: [],
    [CONFINEMENT]: [],
    ...dockerfileKinds,
  },
  maxBytes: MAX_BYTES,
  claims: claimCompose,
  read: (path, content, allowance) =>
    understandAll(() => {
      const dialect = { maxBytes: MAX_BYTES, tags: "kept", mergeKeys: "merged" } as const;
      const documents = parseYamlDocuments(content, dialect, allowance);
      const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      const found = documents.map((document) => {
        const around: Surroundings = {
          ...{ volumes: mapAt(document, "volumes"), networks: mapAt(document, "networks") },
          ...{ configs: mapAt(document, "configs"), secrets: mapAt(document, "secrets"), folder },
        };
        const services = servicesOf(document);
        const powers = includes(document).map((power) => held(PRIVILEGE, INCLUDED, power));
        const inline = services.map(inlineBuild);
        return {
          capabilities: [
            ...[...powers, ...services.flatMap((service) => grantsOf(service, around))],
            ...inline.flatMap(({ capabilities }) => capabilities),
          ],
          dependencies: [
            ...services.flatMap(imagesOf),
            ...inline.flatMap(({ dependencies }) => dependencies),
          ],
        };
      });
      return {
        capabilities: found.flatMap(({ capabilities }) => capabilities),
        dependencies: found.flatMap(({ dependencies }) => dependencies),
      };
    }),
};

function mapAt(document: DataNode, key: string): DataMap | null {
  const value = document.type === "map" ? entryOf(document, key)?.value : undefined;
  return value?.type === "map" ? value : null;
}

type Holder = Pick<Capability, "holder" | "context" | "holderContent">;

const INCLUDED: Holder = {
  holder: "include",
  context: "",
  holderContent: contentDigest("include"),
};

/** What grants: all else describes a service. */
const GRANTS = [
  ...["cap_add", "cap_drop", "cgroup", "credential_spec", "device_cgroup_rules", "devices"],
  ...["environment", "image", "ipc", "net", "network_mode", "pid", "ports", "privileged"],
  ...["read_only", "security_opt"],
  ...["use_api_socket", "user", "userns_mode", "uts", "volumes", "volumes_from"],
];

function grantsOf(service: Service, around: Surroundings): Capability[] {
  const holder: Holder = {
    holder: printable(`services.${service.name}`),
    context: "",
    holderContent: contentDigest(canonicalText(service.body, GRANTS)),
  };
  const powers = firstOfEach(powersOf(service, around), ({ name, level }) => `${level} ${name}`);
  return [
    ...powers.map((power) => held(PRIVILEGE, holder, power)),
    userOf(service, holder),
    confinementOf(service, holder),
    ...portsOf(service, holder),
    ...secretsOf(service, holder),
  ];
}

function held(kind: string, holder: Holder, power: PlacedPower): Capability {
  return { kind, ...holder, ...power, name: printable(power.name), certainty: "exact", reach: [] };
}

function userOf(service: Service, holder: Holder): Capability {
  const user = valueOf(service, "user");
  const line = user?.line ?? service.line;
  const level = userLevel(textAt(user));
  const named = { kind: USER, ...holder, context: printable(textAt(user)), name: "user" };
  return { ...named, level, line, certainty: "exact", reach: [] };
}

/** Every service has it: what counts is what it gives up of it, and then no longer does. */
function confinementOf(service: Service, holder: Holder): Capability {
  const given = confinementsOf(service);
  return {
    ...{ kind: CONFINEMENT, ...holder, name: "container", context: shownConfinements(given) },
    ...{ line: service.line, certainty: "exact", reach: [confinedWay(service, given)] },
  };
}

function portsOf(service: Service, holder: Holder): Capability[] {
  const found = itemsOf(service, "ports").flatMap((item) => {
    const port = publishedPort(item);
    if (!port) return [];
    return [{ kind: PORT, ...holder, ...port, name: printable(port.name), line: item.line }];
  });
  const distinct = firstOfEach(found, ({ name, level }) => `${level} ${name}`);
  return distinct.map((port) => ({ ...port, certainty: "exact", reach: [] }));
}

/** By their names alone; values are never told. */
function secretsOf(service: Service, holder: Holder): Capability[] {
  const build = valueOf(service, "build");
  const args = build?.type === "map" ? entryOf(build, "args")?.value : undefined;
  const pairs = [
    ...service.bodies.flatMap((body) => pairsIn(entryOf(body, "environment")?.value)),
    ...pairsIn(args),
  ];
  const found = pairs.filter(
    ({ name, value }) => isSecretName(name.text) && isLiteralSecret(value),
  );
  return firstOfEach(found, ({ name }) => name.text).map(({ name }) => ({
    ...{ kind: SECRET, ...holder, name: printable(name.text), line: name.line },
    ...{ certainty: "heuristic", reach: [] },
  }));
}
