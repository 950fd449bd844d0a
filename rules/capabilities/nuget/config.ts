import { sourceGrants } from "../../dependencies/grants.ts";
import type { Capability } from "../capability.ts";
import type { XmlElement } from "../data/xml.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { plainGrant } from "../plain-grant.ts";
import { isNamed, valueOf } from "./msbuild.ts";
import { packageSource } from "./sources.ts";

/** Attributes of a source that give up what protects the way there. */
const INSECURE = ["allowinsecureconnections", "disabletlscertificatevalidation"];

const SOURCES = ["packagesources", "auditsources"];

/**
 * Reads a `nuget.config`: where packages come from, who may give which, and what is written into it
 * that should not be.
 *
 * Source: learn.microsoft.com/nuget/reference/nuget-config-file.
 */
export function readConfig(root: XmlElement): Given {
  if (!isNamed(root, "configuration")) {
    throw new NotUnderstood("no-configuration", "no configuration: another element", root);
  }
  return { capabilities: root.children.flatMap(grantsOf) };
}

function grantsOf(section: XmlElement): Capability[] {
  if (isNamed(section, ...SOURCES))
    return section.children.flatMap((one) => sourceOf(one, section));
  if (isNamed(section, "packagesourcecredentials")) return section.children.flatMap(credentialsOf);
  if (isNamed(section, "packagesourcemapping")) return section.children.flatMap(mappingOf);
  if (isNamed(section, "trustedsigners")) return section.children.map(signerOf);
  return isNamed(section, "config") ? section.children.flatMap(settingOf) : [];
}

/** `<add key="acme" value="https://…" />`; `<clear />` leaves out what the machine names. */
function sourceOf(entry: XmlElement, section: XmlElement): Capability[] {
  if (isNamed(entry, "clear")) {
    return [guard(`${section.name} clear`, entry.line)];
  }
  const [key, value] = [valueOf(entry, "key"), valueOf(entry, "value")];
  if (!isNamed(entry, "add") || !value) return [];
  const source = packageSource(value.text);
  const insecure = INSECURE.filter((name) => valueOf(entry, name)?.text.toLowerCase() === "true");
  return [
    ...(source ? sourceGrants({ ecosystem: "nuget", source, line: value.line }) : []),
    ...insecure.map((name) =>
      plainGrant({
        ...{ kind: "nuget.insecure-source", name, holder: key?.text ?? "", line: entry.line },
      }),
    ),
  ];
}

/** Passwords in plain text; only of whom they are is told. */
function credentialsOf(source: XmlElement): Capability[] {
  return source.children
    .filter((entry) => valueOf(entry, "key")?.text.toLowerCase() === "cleartextpassword")
    .filter((entry) => !/^%[^%]+%$/.test(valueOf(entry, "value")?.text ?? ""))
    .map(({ line }) => {
      return plainGrant({
        kind: "nuget.credential",
        name: source.name,
        holder: "nuget.config",
        line,
      });
    });
}

/** Packages of these names come from that source, and from no other. */
function mappingOf(source: XmlElement): Capability[] {
  const key = valueOf(source, "key")?.text ?? "";
  return source.children.flatMap((entry) => {
    const pattern = valueOf(entry, "pattern")?.text;
    return pattern === undefined ? [] : [guard(`${pattern.toLowerCase()} from ${key}`, entry.line)];
  });
}

function signerOf(signer: XmlElement): Capability {
  const name = valueOf(signer, "name")?.text ?? "";
  return plainGrant({ kind: "nuget.signer", name, holder: "nuget.config", line: signer.line });
}

/** `<add key="signatureValidationMode" value="require" />` */
function settingOf(entry: XmlElement): Capability[] {
  const [key, value] = [valueOf(entry, "key"), valueOf(entry, "value")];
  const isGuard = key?.text.toLowerCase() === "signaturevalidationmode";
  return isGuard && value?.text.toLowerCase() === "require" ? [guard(key.text, entry.line)] : [];
}

function guard(name: string, line: number): Capability {
  return plainGrant({ kind: "nuget.guard", name, holder: "nuget.config", line });
}
