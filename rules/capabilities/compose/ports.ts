import { type DataNode, entryOf } from "../data/data-node.ts";
import { textAt } from "./interpolate.ts";

/** Weakest first: on the machine's own address alone, or on all of them. */
export const PORT_LEVELS = ["local", "world"];

/** A port of a service that the machine answers on; `name` is the service's own. */
export interface PublishedPort {
  readonly name: string;
  readonly level: string;
}

/**
 * What a `ports` item publishes: `8080:80`, `127.0.0.1:8080:80/udp`, `{target: 80, host_ip: …}`.
 *
 * Source: docs.docker.com/reference/compose-file/services, "ports".
 */
export function publishedPort(item: DataNode): PublishedPort | null {
  if (item.type === "map") {
    const target = textAt(entryOf(item, "target")?.value);
    const address = textAt(entryOf(item, "host_ip")?.value);
    return target === "" ? null : { name: target, level: levelOf(address) };
  }
  const text = textAt(item).replace(/\/\w+$/, "");
  if (text === "") return null;
  const target = text.slice(text.lastIndexOf(":") + 1);
  const [, address = ""] = /^(\[[^\]]*\]|\d+(?:\.\d+){3}|localhost):/.exec(text) ?? [];
  return { name: target, level: levelOf(address) };
}

function levelOf(address: string): string {
  return /^(?:127\.|\[?::1|localhost)/.test(address) ? "local" : "world";
}
