import type { Capability } from "../capability.ts";
import { sourcePower } from "../compose/mounts.ts";
import { isComposeName } from "../compose/names.ts";
import { looseAmong } from "../container/container-options.ts";
import { mountFields } from "../container/mount-fields.ts";
import { mountPower, type Power, powerNamed, powerOf } from "../container/powers.ts";
import { userLevel } from "../container/user.ts";
import {
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
  entryOf,
} from "../data/data-node.ts";
import { claimDockerfile } from "../dockerfile/names.ts";
import { firstOfEach } from "../first-of-each.ts";
import { plainGrant } from "../plain-grant.ts";
import { codespaceRights, type Placed } from "./codespaces.ts";
import { withDefaults } from "./variables.ts";

export const RIGHT_KIND = "devcontainer.privilege";
export const DEV_USER_KIND = "devcontainer.user";

/** What opens the machine to the container, by keys of its own and by options of `docker run`. */
export function readRights(root: DataMap): Capability[] {
  const found: Placed[] = [
    ...privileged(root),
    ...listed(root, "capAdd", "--cap-add"),
    ...listed(root, "securityOpt", "--security-opt"),
    ...optionsAt(root, ["runArgs"]),
    ...optionsAt(root, ["build", "options"]),
    ...mountsOf(root),
    ...composeFiles(root),
    ...dockerfiles(root),
    ...featureRights(root),
    ...codespaceRights(root),
  ];
  const distinct = firstOfEach(found, ({ name, level }) => `${level} ${name}`);
  return distinct.map((right) => plainGrant({ kind: RIGHT_KIND, holder: "container", ...right }));
}

/** Who commands and terminals in the container run as. */
export function readDevUsers(root: DataMap): Capability[] {
  return ["containerUser", "remoteUser"].map((name) => {
    const value = entryOf(root, name)?.value;
    const text = value?.type === "scalar" ? withDefaults(value.text) : "";
    const line = value?.line ?? root.line;
    const user = { context: text, level: userLevel(text.includes("${") ? "" : text) };
    return plainGrant({ kind: DEV_USER_KIND, name, holder: "container", ...user, line });
  });
}

function privileged(root: DataMap): Placed[] {
  const value = entryOf(root, "privileged")?.value;
  const isOn = value?.type === "scalar" && /^true$/i.test(value.text);
  return isOn ? [{ ...powerNamed("privileged"), line: value.line }] : [];
}

function listed(root: DataMap, key: string, option: string): Placed[] {
  return scalarsIn(entryOf(root, key)?.value).flatMap(({ text, line }) =>
    placed(powerOf(option, text), line),
  );
}

// `runArgs: ["--cap-add", "SYS_PTRACE", "--privileged"]`
function optionsAt(root: DataMap, path: readonly string[]): Placed[] {
  const scalars = scalarsIn(entryAt(root, path)?.value);
  const words = scalars.map(({ text }, index) => ({ text: withDefaults(text), offset: index }));
  return looseAmong(words).flatMap(({ name, offset }) =>
    placed(powerNamed(name), scalars[offset]?.line ?? root.line),
  );
}

function mountsOf(root: DataMap): Placed[] {
  const mounts = entryOf(root, "mounts")?.value;
  const workspace = entryOf(root, "workspaceMount")?.value;
  const all = [...(mounts?.type === "list" ? mounts.items : []), ...(workspace ? [workspace] : [])];
  return all.flatMap((mount) => {
    const fields = fieldsOf(mount);
    const valuesOf = (...keys: readonly string[]): string[] =>
      fields.flatMap(([key, value]) => (keys.includes(key) ? [value] : []));
    const marks = valuesOf("readonly", "ro");
    const readOnly = marks.length > 0 && marks.every((value) => /^(?:true|1|)$/.test(value));
    // Of several types the last one holds.
    const isVolume = valuesOf("type").at(-1)?.toLowerCase() === "volume";
    const sources = isVolume ? [] : valuesOf("source", "src");
    return [
      ...sources.map((source) => mountedPower(source, readOnly)),
      ...valuesOf("volume-opt").map((option) => powerOf("--mount", `"volume-opt=${option}"`)),
    ].flatMap((power) => placed(power, mount.line));
  });
}

function mountedPower(source: string, readOnly: boolean): Power | null {
  // The folder that the repository is opened in.
  const inside = source.replace(/^\$\{localWorkspaceFolder\}/, ".");
  if (inside !== source) return sourcePower({ source: inside, readOnly }, "");
  return mountPower(source, { readOnly });
}

// `"source=/etc,target=/x,type=bind"`, `{"source": "/etc", "target": "/x"}`
function fieldsOf(mount: DataNode): (readonly [key: string, value: string])[] {
  if (mount.type !== "map")
    return mountFields(mount.type === "scalar" ? withDefaults(mount.text) : "");
  return mount.entries.flatMap(({ key, value }) =>
    value.type === "scalar" ? [[key.text.toLowerCase(), withDefaults(value.text)] as const] : [],
  );
}

/** Services of a file whose name says nothing of Compose are read by nobody. */
function composeFiles(root: DataMap): Placed[] {
  const files = entryOf(root, "dockerComposeFile")?.value;
  return scalarsIn(files)
    .filter(({ text }) => !isComposeName(text))
    .map(({ text, line }) => ({ name: `services of ${text}`, level: "broad", line }));
}

/** Nor is a Dockerfile whose name says nothing of one. */
function dockerfiles(root: DataMap): Placed[] {
  return [entryOf(root, "dockerFile"), entryAt(root, ["build", "dockerfile"])]
    .flatMap((entry) => scalarsIn(entry?.value))
    .filter(({ text }) => claimDockerfile(text) === null)
    .map(({ text, line }) => ({ name: `build by ${text}`, level: "limited", line }));
}

/** What features of these names ask of whoever starts the container (heuristic). */
const FEATURES: readonly (readonly [name: RegExp, power: string])[] = [
  [/\/docker-in-docker(?:[:@]|$)/i, "--privileged"],
  [/\/docker-(?:from|outside-of)-docker(?:[:@]|$)/i, "mount /var/run/docker.sock"],
];

function featureRights(root: DataMap): Placed[] {
  const features = entryOf(root, "features")?.value;
  const keys = features?.type === "map" ? features.entries.map(({ key }) => key) : [];
  return keys.flatMap(({ text, line }) =>
    FEATURES.filter(([name]) => name.test(text)).map(([, power]) => ({
      ...powerNamed(power),
      line,
    })),
  );
}

function scalarsIn(node: DataNode | undefined): DataScalar[] {
  if (node?.type === "scalar") return node.resolved === "string" ? [node] : [];
  return node?.type === "list" ? node.items.flatMap(scalarsIn) : [];
}

function placed(power: Power | null, line: number): Placed[] {
  return power === null ? [] : [{ ...power, line }];
}
