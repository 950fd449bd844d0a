import type { Capability } from "../capability.ts";
import { type ConfigMap, type ConfigText, plainKey, textsAt, textsIn } from "./config-value.ts";
import { grantedTo, type Holder } from "./granted.ts";

/** Settings that keep a bucket closed whatever its policy and its lists say. */
const BLOCKS = [
  ...["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
].map((setting) => plainKey(setting));

/** Settings that open what they are set on, with the values that do. */
const OPENINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acl: {
    "public-read": "readable",
    "public-read-write": "writable",
    "authenticated-read": "readable",
  },
  accesscontrol: {
    publicread: "readable",
    publicreadwrite: "writable",
    authenticatedread: "readable",
  },
  predefinedacl: {
    publicread: "readable",
    publicreadwrite: "writable",
    authenticatedread: "readable",
  },
  publiclyaccessible: { true: "reachable" },
  allownesteditemstobepublic: { true: "readable" },
  allowblobpublicaccess: { true: "readable" },
  containeraccesstype: { blob: "readable", container: "readable" },
  entity: { allusers: "readable", allauthenticatedusers: "readable" },
};

/** Settings that keep closed what they are set on, with the values that do. */
const GUARDS: Readonly<Record<string, readonly string[]>> = {
  publicaccessprevention: ["enforced"],
  uniformbucketlevelaccess: ["true"],
  ...Object.fromEntries(BLOCKS.map((setting) => [setting, ["true"]])),
};

/** What a resource's own settings open to everybody, and what of them keeps it closed. */
export function publicAccess(holder: Holder, body: ConfigMap): Capability[] {
  return body.entries.flatMap(({ key, value }) => {
    const setting = plainKey(key);
    const texts = textsIn(value);
    return [
      ...texts.flatMap((text) => openingOf(holder, key, setting, text)),
      ...texts.slice(0, 1).flatMap((text) => guardOf(holder, key, setting, text)),
    ];
  });
}

function openingOf(holder: Holder, key: string, setting: string, text: ConfigText): Capability[] {
  const values = Object.hasOwn(OPENINGS, setting) ? OPENINGS[setting] : undefined;
  const written = text.text.toLowerCase();
  const isOff = BLOCKS.includes(setting) && written === "false";
  const level = isOff
    ? "reachable"
    : values && Object.hasOwn(values, written)
      ? values[written]
      : undefined;
  if (level === undefined) return [];
  const name = `${key} = ${text.text}`;
  return [grantedTo(holder, { kind: "cloud.public", name, level, line: text.line })];
}

function guardOf(holder: Holder, key: string, setting: string, text: ConfigText): Capability[] {
  const closing = Object.hasOwn(GUARDS, setting) ? GUARDS[setting] : undefined;
  if (!closing?.includes(text.text.toLowerCase())) return [];
  return [grantedTo(holder, { kind: "cloud.guard", name: plainKey(key), line: text.line })];
}

/** A function's own address that asks nobody who they are. */
export function openAddress(holder: Holder, authorization: readonly ConfigText[]): Capability[] {
  return authorization
    .filter(({ text }) => text.toUpperCase() === "NONE")
    .map(({ line }) => {
      const name = "address without authorization";
      return grantedTo(holder, { kind: "cloud.public", name, level: "reachable", line });
    });
}

/** Groups of S3's lists that hold everybody. */
const EVERYBODY = /\/groups\/(?:global\/AllUsers|global\/AuthenticatedUsers)$/u;

/** What a list of grants gives to everybody. */
export function publicGrants(holder: Holder, grants: readonly ConfigMap[]): Capability[] {
  return grants.flatMap((grant) =>
    textsAt(grant, "Uri", "URI")
      .filter(({ text }) => EVERYBODY.test(text))
      .map(({ text, line }) => {
        const name = text.slice(text.lastIndexOf("/") + 1);
        return grantedTo(holder, { kind: "cloud.public", name, level: "readable", line });
      }),
  );
}
