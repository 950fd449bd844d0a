import type { XmlElement } from "../data/xml.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";
import { androidAttribute, androidValue, childrenNamed, type Grant, isOn } from "./elements.ts";

const KINDS = ["activity", "activity-alias", "service", "receiver", "provider"];

/** The parts of an app that other apps may start or ask, and the addresses that open it. */
export function componentGrants(application: XmlElement): Grant[] {
  return childrenNamed(application, ...KINDS).flatMap((component) => [
    ...rolesOf(component),
    ...(isExported(component) ? [exported(component, application)] : []),
    ...(isExported(component) ? deepLinks(component) : []),
  ]);
}

/** An intent filter exports by itself where nothing is written, up to Android 11. */
function isExported(component: XmlElement): boolean {
  const written = androidAttribute(component, "exported");
  if (written) return isOn(component, "exported");
  return component.name !== "provider" && childrenNamed(component, "intent-filter").length > 0;
}

function exported(component: XmlElement, application: XmlElement): Grant {
  const permission = permissionOf(component, application);
  const line = androidAttribute(component, "exported")?.line ?? component.line;
  const conditions = permission === "" ? [] : [`permission ${permission}`];
  return {
    kind: "android.component",
    ...nameAndHolder(component),
    level: isLauncher(component) ? "launcher" : permission === "" ? "open" : "guarded",
    context: permission === "" ? "for every app" : printable(`for ${permission}`),
    line,
    reach: [{ ...wayTo("started", line), conditions }, ...pathsOf(component)],
  };
}

/** Parts of a provider that are open to whoever has another permission. */
function pathsOf(component: XmlElement): Way[] {
  return childrenNamed(component, "path-permission").map((path) => {
    const written = path.attributes.map(({ name, value }) => `${name} ${value.trim()}`).sort();
    return { ...wayTo("path", path.line), conditions: written };
  });
}

function nameAndHolder(component: XmlElement): Pick<Grant, "name" | "holder"> {
  const own = androidValue(component, "name");
  return {
    name: printable(`${component.name} ${own.split(".").at(-1) ?? ""}`),
    holder: printable(own),
  };
}

/** A provider may be guarded for reading and writing apart; it counts where both are. */
function permissionOf(component: XmlElement, application: XmlElement): string {
  const own = androidValue(component, "permission") || androidValue(application, "permission");
  if (component.name !== "provider") return own;
  const read = androidValue(component, "readPermission") || own;
  const write = androidValue(component, "writePermission") || own;
  return read === "" || write === "" ? "" : [...new Set([read, write])].join(" and ");
}

/** What the home screen starts is open to everybody in every app. */
function isLauncher(component: XmlElement): boolean {
  const filters = childrenNamed(component, "intent-filter");
  return (
    component.name.startsWith("activity") &&
    filters.some((filter) => {
      const categories = childrenNamed(filter, "category").map((one) => androidValue(one, "name"));
      return categories.some((name) =>
        /^android\.intent\.category\.(?:LEANBACK_)?LAUNCHER$/.test(name),
      );
    })
  );
}

/** `https://example.org/…`, `acme://`; each scheme with each host of one filter. */
function deepLinks(component: XmlElement): Grant[] {
  return childrenNamed(component, "intent-filter").flatMap((filter) => {
    const data = childrenNamed(filter, "data");
    const hosts = data.filter((one) => androidValue(one, "host") !== "");
    const schemes = data.filter((one) => androidValue(one, "scheme") !== "");
    return linksOf({ component, schemes, hosts, isVerified: isOn(filter, "autoVerify") });
  });
}

/** Services that the system lets see or steer far more than their app, once the user allows it. */
const ROLES = new Set(
  ["ACCESSIBILITY_SERVICE", "AUTOFILL_SERVICE", "CREDENTIAL_PROVIDER_SERVICE", "DEVICE_ADMIN"]
    .concat(["INPUT_METHOD", "NOTIFICATION_LISTENER_SERVICE", "VOICE_INTERACTION", "VPN_SERVICE"])
    .map((role) => `android.permission.BIND_${role}`),
);

function rolesOf(component: XmlElement): Grant[] {
  const permission = androidAttribute(component, "permission");
  const name = permission?.value.trim() ?? "";
  if (!permission || !ROLES.has(name)) return [];
  return [
    {
      ...{ kind: "android.permission", name, holder: nameAndHolder(component).holder },
      ...{ context: "once the user allows it", level: "special", line: permission.line, reach: [] },
    },
  ];
}

interface Links {
  readonly component: XmlElement;
  readonly schemes: readonly XmlElement[];
  readonly hosts: readonly XmlElement[];
  readonly isVerified: boolean;
}

/** Each scheme with each host, as Android joins what one filter names. */
function linksOf({ component, schemes, hosts, isVerified }: Links): Grant[] {
  if (schemes.length * hosts.length > MAX_LINKS) {
    const why = "an intent filter of too many schemes and hosts";
    throw new NotUnderstood("too-many-links", why, component);
  }
  const { holder } = nameAndHolder(component);
  return schemes.flatMap((scheme) => {
    const name = androidValue(scheme, "scheme");
    // A browser hands over only those links of the web that the site confirms.
    const level = isVerified && /^https?$/i.test(name) ? "verified" : "unverified";
    return (hosts.length === 0 ? [null] : hosts).map((host) => {
      const line = Math.max(scheme.line, host?.line ?? 0);
      const link = `${name}://${host ? androidValue(host, "host") : ""}`;
      const named = {
        kind: "android.link",
        name: printable(link),
        holder,
        context: "for every app",
        level,
      };
      return { ...named, line, reach: [] };
    });
  });
}

/** Of one filter. */
const MAX_LINKS = 2_000;
