import { contentDigest } from "../holder-content.ts";
import { type Way, wayTo } from "../reach.ts";
import { isOn, textAt } from "./interpolate.ts";
import { itemsOf, type Service, valueOf } from "./services.ts";

/** What containers have unless it is dropped; to drop any other capability takes nothing from them. */
const USUAL_CAPABILITIES = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD"],
  ...["NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
];

/**
 * What a service gives up of what any container has: `cap_drop`, `read_only`, `no-new-privileges`.
 *
 * Source: docs.docker.com/engine/containers/run, "Runtime privilege and Linux capabilities".
 */
export function confinementsOf(service: Service): readonly string[] {
  const dropped = itemsOf(service, "cap_drop").map((item) =>
    textAt(item).toUpperCase().replace(/^CAP_/, ""),
  );
  const options = itemsOf(service, "security_opt").map(textAt);
  return [
    ...USUAL_CAPABILITIES.filter((name) => dropped.includes("ALL") || dropped.includes(name)),
    ...(isOn(valueOf(service, "read_only")) ? ["read-only root"] : []),
    ...(options.some((option) => NO_NEW.test(option)) ? ["no-new-privileges"] : []),
  ];
}

const NO_NEW = /^no-new-privileges(?:[:=]true)?$/i;

/** The way to run as a service does: one confinement less opens it further. */
export function confinedWay({ line }: Service, confinements: readonly string[]): Way {
  return {
    ...wayTo("run", line),
    conditions: confinements.map((one) => contentDigest(one)).sort(),
  };
}

/** For people: all the usual capabilities at once are `no capabilities`. */
export function shownConfinements(confinements: readonly string[]): string {
  const others = confinements.filter((one) => !USUAL_CAPABILITIES.includes(one));
  const kept = confinements.filter((one) => USUAL_CAPABILITIES.includes(one));
  if (kept.length === 0) return others.join(", ");
  const isNone = kept.length === USUAL_CAPABILITIES.length;
  return [isNone ? "no capabilities" : `without ${kept.join(" ")}`, ...others].join(", ");
}
