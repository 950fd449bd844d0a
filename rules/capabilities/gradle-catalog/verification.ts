import type { Dependency } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { elementsAt, onlyChild } from "../data/xml-parts.ts";
import { attributeOf, type XmlElement } from "../data/xml.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";
import { plainGrant } from "../plain-grant.ts";

/** What is verified by default, and what only where the file says so. */
const CHECKS = [
  { name: "verify-metadata", byDefault: true },
  { name: "verify-signatures", byDefault: false },
];

/** Exceptions: artifacts that nothing is asked of, and keys that sign whatever they sign. */
const TRUSTED = [
  ["configuration", "trusted-artifacts", "trust"],
  ["configuration", "ignored-keys", "ignored-key"],
  ["configuration", "trusted-keys", "trusted-key"],
];

const DIGESTS = ["md5", "sha1", "sha256", "sha512"];

/**
 * Reads `gradle/verification-metadata.xml`: what is verified, what is trusted all the same, and the
 * digests that artifacts must have.
 *
 * Source: docs.gradle.org/current/userguide/dependency_verification.html.
 */
export function readVerification(root: XmlElement): Given {
  if (root.name !== "verification-metadata") {
    throw new NotUnderstood("no-verification", "no verification: another element", root);
  }
  return {
    capabilities: [...checksOf(root), ...trustedOf(root)],
    dependencies: elementsAt(root, "components", "component").flatMap(artifactsOf),
  };
}

function checksOf(root: XmlElement): Capability[] {
  const configuration = onlyChild(root, "configuration");
  return CHECKS.flatMap(({ name, byDefault }) => {
    const check = configuration && onlyChild(configuration, name);
    const isOn = check ? check.text.trim() === "true" : byDefault;
    const line = check?.line ?? configuration?.line ?? root.line;
    return isOn ? [plainGrant({ kind: "gradle.verification", name, holder: "gradle", line })] : [];
  });
}

function trustedOf(root: XmlElement): Capability[] {
  return TRUSTED.flatMap((names) =>
    elementsAt(root, ...names).map((element) => {
      const told = element.attributes.filter(({ name }) => name !== "reason");
      const name = told
        .map((one) => `${one.name}=${one.value}`)
        .sort()
        .join(" ");
      return plainGrant({
        ...{ kind: "gradle.unverified", name, holder: element.name, line: element.line },
      });
    }),
  );
}

/** `<component group="a" name="b" version="1"><artifact name="b-1.jar"><sha256 value="0a"/>` */
function artifactsOf(component: XmlElement): Dependency[] {
  const [group, name, version] = ["group", "name", "version"].map(
    (key) => attributeOf(component, key)?.value ?? "",
  );
  return elementsAt(component, "artifact").map((artifact) => ({
    ...{ ecosystem: "maven", name: `${group ?? ""}:${name ?? ""}`, version: version ?? "" },
    ...{ group: attributeOf(artifact, "name")?.value ?? "", direct: null, line: artifact.line },
    source: ownRegistry("maven"),
    integrity: artifact.children
      .filter((child) => DIGESTS.includes(child.name))
      .flatMap((child) => [child, ...child.children].map((one) => digestOf(child.name, one))),
  }));
}

/** Another digest that is accepted too stands in `also-trust`. */
function digestOf(algorithm: string, element: XmlElement): string {
  return `${algorithm}:${(attributeOf(element, "value")?.value ?? "").toLowerCase()}`;
}
