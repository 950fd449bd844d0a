import { registryAt, withoutUserAndQuery } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { plainGrant } from "../plain-grant.ts";
import { wayTo } from "../reach.ts";
import { isLocal } from "./requirement.ts";

/** The hosts of Python's own index and of its files. */
export const OWN_HOSTS = ["pypi.org", "pypi.python.org", "files.pythonhosted.org"];

/**
 * Which packages come from an index: those alone that name it, all of them, or all of them with
 * other indexes beside it, of which whichever has the highest version wins.
 */
export type IndexScope = "named" | "all" | "beside";

const SCOPES = { named: [], all: ["all"], beside: ["all", "beside"] } as const;

/** An index as some tool's settings name it. */
export interface IndexSetting {
  readonly url: string;
  readonly scope: IndexScope;
  /** The tool's settings that it stands in. */
  readonly holder: string;
  readonly line: number;
  /** Its certificate is not looked at. */
  readonly isUnverified?: boolean;
}

/**
 * Who besides Python's own index decides what packages are. Nothing for folders of the machine, nor
 * for that index over an encrypted connection.
 *
 * A wider scope is a raise: packages whose names only an inner index has can then be had from
 * anyone who registers the name at another one.
 */
export function indexGrants(setting: IndexSetting): Capability[] {
  const { url, scope, isUnverified = false } = setting;
  if (isLocal(url)) return [];
  const { origin, level, text } = registryAt(url, "pypi", OWN_HOSTS);
  if (origin === null && !isUnverified) return [];
  const causes = [`index:${contentDigest(withoutUserAndQuery(url).replace(/\/$/, ""))}`];
  return [
    grant(setting, {
      name: (origin ?? text).slice("registry:".length),
      level: isUnverified ? "plain" : level,
      context: scope === "beside" ? "beside other indexes" : "",
      causes: [...causes, ...SCOPES[scope].map((word) => `packages:${word}`)],
    }),
  ];
}

/** A host that is believed without a certificate, or over a plain connection. */
export function trustedHost(host: string, place: Omit<IndexSetting, "url" | "scope">): Capability {
  const name = host.toLowerCase();
  return grant(place, { name, level: "plain", context: "trusted as it is", causes: ["trusted"] });
}

function grant(
  { holder, line }: Omit<IndexSetting, "url" | "scope">,
  told: { name: string; level: string; context: string; causes: readonly string[] },
): Capability {
  const { causes, ...shown } = told;
  const reach = causes.map((cause) => wayTo(cause, line));
  return plainGrant({ kind: "python.index", holder, line, ...shown, reach });
}
