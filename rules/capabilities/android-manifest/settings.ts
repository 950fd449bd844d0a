import { attributeOf, type XmlElement } from "../data/xml.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import { androidAttribute, androidValue, type Grant, isOn } from "./elements.ts";

/** Attributes of `<application>` that open an app to whoever holds the device or the network. */
const OPENING = ["debuggable", "usesCleartextTraffic", "requestLegacyExternalStorage", "testOnly"];

/** What is switched on for the whole app. */
export function settingGrants(manifest: XmlElement, application: XmlElement): Grant[] {
  const opened = OPENING.filter((name) => isOn(application, name)).map((name) =>
    setting(application, name),
  );
  const user = androidAttribute(manifest, "sharedUserId");
  const trust = androidAttribute(application, "networkSecurityConfig");
  return [
    ...opened,
    ...(user ? [setting(manifest, "sharedUserId", user.value)] : []),
    ...(trust ? [setting(application, "networkSecurityConfig", trust.value)] : []),
  ];
}

function setting(element: XmlElement, name: string, value = ""): Grant {
  const line = androidAttribute(element, name)?.line ?? element.line;
  return {
    ...{
      kind: "android.setting",
      name,
      holder: "app",
      context: printable(value) || "in the app",
      line,
    },
    reach: [wayTo(`value:${value}`, line)],
  };
}

/** Backups are made, and may be taken over a cable, unless it is said otherwise. */
export function settingGuards(application: XmlElement): Grant[] {
  const backup = androidAttribute(application, "allowBackup");
  if (!backup || androidValue(application, "allowBackup") !== "false") return [];
  const { line } = backup;
  return [
    {
      ...{ kind: "android.guard", name: "allowBackup is off", holder: "app" },
      context: "in the app",
      line,
      reach: [],
    },
  ];
}

/**
 * What `network_security_config.xml` lets through, for all hosts or for some: traffic that is not
 * encrypted, and authorities that the user, or whoever has the device, has added. What holds while
 * debugging alone is left out.
 *
 * Source: developer.android.com/privacy-and-security/security-config.
 */
export function networkGrants(config: XmlElement): Grant[] {
  const base = config.children.filter(({ name }) => name === "base-config");
  return [...base.flatMap((one) => networkOf(one, ["every host"])), ...domainGrants(config)];
}

function domainGrants(config: XmlElement): Grant[] {
  return config.children
    .filter(({ name }) => name === "domain-config")
    .flatMap((one) => [
      ...networkOf(one, domainNames(one)),
      ...pinsOf(one, domainNames(one)),
      ...domainGrants(one),
    ]);
}

function domainNames(config: XmlElement): string[] {
  return config.children.filter(({ name }) => name === "domain").map(domainName);
}

/** The keys that certificates of these hosts have to be of; one more of them is a raise. */
function pinsOf(config: XmlElement, hosts: readonly string[]): Grant[] {
  return config.children
    .filter(({ name }) => name === "pin-set")
    .flatMap((set) => {
      const end = attributeOf(set, "expiration")?.value ?? "";
      const keys = set.children.map(({ text }) => text.trim());
      const reach = [`until ${end}`, ...keys].map((cause) => wayTo(`pin:${cause}`, set.line));
      return hosts.map((host) => ({
        ...{ kind: "android.guard", name: printable(`keys of ${host}`), holder: "app" },
        ...{ context: "in the app", line: set.line, reach },
      }));
    });
}

function domainName({ text, attributes }: XmlElement): string {
  const below = attributes.some(
    ({ name, value }) => name === "includeSubdomains" && value === "true",
  );
  return `${below ? "*." : ""}${text.trim().toLowerCase()}`;
}

function networkOf(element: XmlElement, hosts: readonly string[]): Grant[] {
  const cleartext = element.attributes.find(
    ({ name, value }) => name === "cleartextTrafficPermitted" && value !== "false",
  );
  const anchors = element.children
    .filter(({ name }) => name === "trust-anchors")
    .flatMap(({ children }) => children)
    .flatMap(({ attributes }) => attributes);
  const authorities = anchors.filter(({ name, value }) => name === "src" && value !== "system");
  const unpinned = anchors.filter(
    ({ name, value }) => name === "overridePins" && value !== "false",
  );
  const opened = [
    ...unpinned.map(({ line }) => ({ name: "authorities of any key", line })),
    ...(cleartext ? [{ name: "unencrypted traffic", line: cleartext.line }] : []),
    ...authorities.map(({ value, line }) => ({
      name: value === "user" ? "authorities of the user" : `authorities in ${value}`,
      line,
    })),
  ];
  return hosts.flatMap((host) =>
    opened.map(({ name, line }) => ({
      ...{ kind: "android.network", name: printable(name), holder: printable(host) },
      ...{
        context: "in the app",
        level: host === "every host" ? "every" : "named",
        line,
        reach: [],
      },
    })),
  );
}
