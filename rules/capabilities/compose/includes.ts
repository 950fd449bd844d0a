import { withoutUserAndQuery } from "../../dependencies/source.ts";
import { type DataNode, entryOf } from "../data/data-node.ts";
import { textAt } from "./interpolate.ts";
import { isComposeName } from "./names.ts";
import type { PlacedPower } from "./placed-power.ts";

/**
 * Files that `include` and `extends` take services from and that nobody reads: those of servers, and
 * those whose names say nothing of Compose. All others are read as files of their own.
 */
export function includes(document: DataNode): PlacedPower[] {
  if (document.type !== "map") return [];
  const included = entryOf(document, "include")?.value;
  const services = entryOf(document, "services")?.value;
  const extended =
    services?.type === "map" ? services.entries.flatMap(({ value }) => extendedFile(value)) : [];
  return [...(included ? pathsIn(included) : []), ...extended].flatMap(unread);
}

// `include: [a.yaml, {path: [b.yaml]}]`
function pathsIn(node: DataNode): DataNode[] {
  if (node.type === "scalar") return [node];
  if (node.type === "list") return node.items.flatMap(pathsIn);
  const path = entryOf(node, "path")?.value;
  return path ? pathsIn(path) : [];
}

function extendedFile(service: DataNode): DataNode[] {
  const extended = service.type === "map" ? entryOf(service, "extends")?.value : undefined;
  const file = extended?.type === "map" ? entryOf(extended, "file")?.value : undefined;
  return file ? [file] : [];
}

function unread(node: DataNode): PlacedPower[] {
  const path = textAt(node);
  const isRemote = /^[\w.+-]+:\/\/|^[\w.-]+@[\w.-]+:/.test(path);
  if (path === "" || (isComposeName(path) && !isRemote)) return [];
  const { line, endLine } = node;
  const name = `services of ${withoutUserAndQuery(path)}`;
  return [{ name, level: isRemote ? "host" : "broad", line, endLine }];
}
