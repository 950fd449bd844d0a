import type { Capability } from "../capability.ts";
import { sourcePower } from "../compose/mounts.ts";
import { isComposeName } from "../compose/names.ts";
import { looseAmong } from "../container/container-options.ts";
import { mountPower, type Power, powerNamed, powerOf } from "../container/powers.ts";
import { userLevel } from "../container/user.ts";
import {
  type DataMap,
  type DataNode,
  type DataScalar,
  entryAt,
  entryOf,
} from "../data/data-node.ts";
import { firstOfEach } from "../first-of-each.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";

export const RIGHT_KIND = "devcontainer.privilege";
export const DEV_USER_KIND = "devcontainer.user";

type Placed = Power & { readonly line: number };

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
  ];
  const distinct = firstOfEach(found, ({ name, level }) => `${level} ${name}`);
  return distinct.map(({ name, level, line }) => ({
    ...{ kind: RIGHT_KIND, name: printable(name), holder: "container", context: "", level, line },
    ...{ certainty: "exact", reach: [], holderContent: contentDigest(name) },
  }));
}

/** Who commands and terminals in the container run as. */
export function readDevUsers(root: DataMap): Capability[] {
  return ["containerUser", "remoteUser"].map((name) => {
    const value = entryOf(root, name)?.value;
    const text = value?.type === "scalar" ? value.text : "";
    return {
      ...{ kind: DEV_USER_KIND, name, holder: "container", context: printable(text) },
      ...{ level: userLevel(text), line: value?.line ?? root.line, certainty: "exact" },
      ...{ reach: [], holderContent: contentDigest(name) },
    };
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
  const words = scalars.map(({ text }, index) => ({ text, offset: index }));
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
    const source = fields.get("source") ?? fields.get("src") ?? "";
    if (source === "" || fields.get("type") === "volume") return [];
    const readOnly = ["readonly", "ro"].some((key) =>
      /^(?:true|1|)$/.test(fields.get(key) ?? "no"),
    );
    return placed(mountedPower(source, readOnly), mount.line);
  });
}

function mountedPower(source: string, readOnly: boolean): Power | null {
  // The folder that the repository is opened in.
  const inside = source.replace(/^\$\{localWorkspaceFolder\}/, ".");
  if (inside !== source) return sourcePower({ source: inside, readOnly }, "");
  return mountPower(source, { readOnly });
}

// `"source=/etc,target=/x,type=bind"`, `{"source": "/etc", "target": "/x"}`
function fieldsOf(mount: DataNode): ReadonlyMap<string, string> {
  if (mount.type === "map") {
    const scalars = mount.entries.flatMap(({ key, value }) =>
      value.type === "scalar" ? [[key.text.toLowerCase(), value.text] as const] : [],
    );
    return new Map(scalars);
  }
  const text = mount.type === "scalar" ? mount.text : "";
  return new Map(
    text.split(",").map((field) => {
      const equals = field.indexOf("=");
      const key = equals < 0 ? field : field.slice(0, equals);
      return [
        key.trim().toLowerCase(),
        equals < 0 ? "" : field.slice(equals + 1).replace(/"/g, ""),
      ];
    }),
  );
}

/** Services of a file whose name says nothing of Compose are read by nobody. */
function composeFiles(root: DataMap): Placed[] {
  const files = entryOf(root, "dockerComposeFile")?.value;
  return scalarsIn(files)
    .filter(({ text }) => !isComposeName(text))
    .map(({ text, line }) => ({ name: `services of ${text}`, level: "broad", line }));
}

function scalarsIn(node: DataNode | undefined): DataScalar[] {
  if (node?.type === "scalar") return node.resolved === "string" ? [node] : [];
  return node?.type === "list" ? node.items.flatMap(scalarsIn) : [];
}

function placed(power: Power | null, line: number): Placed[] {
  return power === null ? [] : [{ ...power, line }];
}
