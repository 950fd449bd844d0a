import { type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import { textAt } from "./interpolate.ts";
import { sourcePower } from "./mounts.ts";
import { at, type PlacedPower } from "./placed-power.ts";
import { itemsOf, type Service } from "./services.ts";

/** What a file's top names for its services, by their names. */
export interface Held {
  readonly configs: DataMap | null;
  readonly secrets: DataMap | null;
}

/**
 * Files of the machine that a service gets as `configs` or `secrets`: each is mounted into it, read
 * only. `folder` is the file's own.
 *
 * Source: docs.docker.com/reference/compose-file/configs and /secrets.
 */
export function heldFiles(service: Service, held: Held, folder: string): PlacedPower[] {
  return (["configs", "secrets"] as const).flatMap((key) =>
    itemsOf(service, key).flatMap((item) => {
      const source = fileOf(held[key], item);
      return at(item, source === "" ? null : sourcePower({ source, readOnly: true }, folder));
    }),
  );
}

// `secrets: [key]`, `secrets: [{source: key}]`
function fileOf(files: DataMap | null, item: DataNode): string {
  const name = textAt(item.type === "map" ? entryOf(item, "source")?.value : item);
  const file = files && entryOf(files, name)?.value;
  return file?.type === "map" ? textAt(entryOf(file, "file")?.value) : "";
}
