import { leadsUp } from "../container/host-paths.ts";
import { mountPower, type Power } from "../container/powers.ts";
import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { isOn, textAt } from "./interpolate.ts";

/** A path of the machine that a volume opens, as written. */
interface Mount {
  readonly source: string;
  readonly readOnly: boolean;
}

/**
 * What a service's volume opens: `/etc:/etc:ro`, `{type: bind, source: /etc}`, or a named volume that
 * is a folder of the machine; null where that is none that matters. `folder` is the file's own: a
 * path that stays inside the repository opens nothing.
 */
export function volumePower(
  volume: DataNode,
  volumes: DataMap | null,
  folder: string,
): Power | null {
  const mount = volume.type === "map" ? longForm(volume) : shortForm(textAt(volume));
  if (mount === null) return null;
  return sourcePower(deviceOf(volumes, mount), folder);
}

/** What mounting a path opens that is written relative to a folder of the repository. */
export function sourcePower({ source, readOnly }: Mount, folder: string): Power | null {
  const path = source.replace(/^\$\{?PWD\}?(?=\/|$)/, ".");
  if (!/^\.{1,2}(?:\/|$)/.test(path)) return mountPower(path, { readOnly });
  const depth = folder.split("/").filter((part) => part !== "").length;
  if (!leadsUp(path, depth)) return null;
  return { name: "mount a folder outside the repository", level: readOnly ? "limited" : "broad" };
}

// `SOURCE:TARGET[:MODE]`; a drive's colon and those of a variable part nothing
function shortForm(text: string): Mount | null {
  const [, source = "", rest = ""] =
    /^([A-Za-z]:[\\/][^:]*|(?:[^:$]|\$\{[^}]*\}|\$)+):(.*)$/s.exec(text) ?? [];
  if (source === "") return null;
  const modes = rest.slice(rest.indexOf(":") + 1).split(",");
  return { source, readOnly: rest.includes(":") && modes.includes("ro") };
}

function longForm(volume: DataMap): Mount | null {
  const type = textAt(entryOf(volume, "type")?.value);
  const source = textAt((entryOf(volume, "source") ?? entryOf(volume, "src"))?.value);
  if (source === "" || type === "tmpfs" || type === "image") return null;
  const readOnly = entryOf(volume, "read_only") ?? entryOf(volume, "readonly");
  return { source, readOnly: isOn(readOnly?.value) };
}

// `volumes: {data: {driver_opts: {type: none, o: bind, device: /etc}}}`
function deviceOf(volumes: DataMap | null, mount: Mount): Mount {
  const named = volumes && entryOf(volumes, mount.source)?.value;
  const options = named?.type === "map" ? entryOf(named, "driver_opts")?.value : undefined;
  if (options?.type !== "map") return mount;
  const layers = textAt(entryOf(options, "o")?.value).match(/(?<=dir=)\/[^,:]*/)?.[0];
  const device = textAt(entryOf(options, "device")?.value);
  const source = device.startsWith("/") || device.startsWith("~") ? device : (layers ?? "");
  return source === "" ? mount : { ...mount, source };
}
