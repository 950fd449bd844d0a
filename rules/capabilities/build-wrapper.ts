import type { Dependency } from "../dependencies/dependency.ts";
import { fileAt, ownRegistry } from "../dependencies/source.ts";
import { parseProperties } from "./data/properties.ts";
import { MAX_BYTES } from "./forms.ts";

/** Which keys name a program that a wrapper downloads: `distributionUrl`, `distributionSha256Sum`. */
export interface Wrapped {
  readonly name: string;
  readonly key: string;
  readonly ownHosts: readonly string[];
}

// gradle-8.5-bin.zip, apache-maven-3.9.6-bin.zip
const VERSION = /-(\d[\w.+]*(?:-(?:rc|alpha|beta|milestone|M)-?\d+)*)/i;

/** The program that a wrapper downloads and starts, with the digest that it is held to. */
export function wrapped(content: Uint8Array, { name, key, ownHosts }: Wrapped): Dependency[] {
  const properties = parseProperties(content, MAX_BYTES);
  const url = properties.get(`${key}Url`);
  if (!url) return [];
  const digest = properties.get(`${key}Sha256Sum`)?.value.trim() ?? "";
  const address = url.value.trim();
  const [, version = null] = VERSION.exec(address.split("/").at(-1) ?? "") ?? [];
  const source = fileAt(address);
  const isOwn =
    source.level === "encrypted" && ownHosts.some((host) => source.origin === `url:${host}`);
  return [
    {
      ...{ ecosystem: "generic", name, version, group: "wrapper", direct: true, line: url.line },
      source: isOwn ? ownRegistry("generic") : source,
      integrity: digest === "" ? [] : [`sha256:${digest.toLowerCase()}`],
    },
  ];
}
