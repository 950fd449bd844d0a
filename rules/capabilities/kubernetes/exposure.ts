import type { Capability } from "../capability.ts";
import { type DataMap, type DataScalar, entryAt } from "../data/data-node.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood } from "../not-understood.ts";
import type { Way } from "../reach.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt, textAt } from "../data/values.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";

/** The levels of `k8s.exposure`, from weakest to strongest. */
export const EXPOSURE_LEVELS = ["node", "internal", "public"] as const;

type Level = (typeof EXPOSURE_LEVELS)[number];

/** What is reached, from where. */
interface Exposed {
  readonly name: string;
  readonly level: Level;
  readonly line: number;
  readonly wider?: readonly string[];
  readonly ways: readonly {
    readonly cause: string;
    readonly asked: readonly string[];
    readonly line: number;
  }[];
}

/**
 * What can be reached from outside of the cluster by a Service, an Ingress, a Gateway or its routes,
 * or OpenShift's Route.
 *
 * Source: kubernetes.io/docs/concepts/services-networking/{service,ingress,gateway}.
 */
export function exposures(manifest: Manifest): Capability[] {
  return exposedBy(manifest).map(({ name, level, line, wider, ways }) => ({
    kind: "k8s.exposure",
    ...granted(manifest, { holder: manifest.name, name }),
    ...{ context: manifest.kind, level, line },
    ...(wider && { wider }),
    reach: ways.map((way): Way => {
      const conditions = [...way.asked, ...conditionsOf(manifest, line, way.line)].sort();
      return { cause: way.cause, conditions, line: way.line, guardLine: way.line };
    }),
    holderContent: contentDigest(contentOf(manifest.root)),
  }));
}

/** What is exposed, less how. */
function contentOf(root: DataMap): string {
  const spec = mapAt(root, "spec");
  return spec
    ? canonicalText(spec, ["type", "ports", "externalIPs", "loadBalancerSourceRanges"])
    : "";
}

function exposedBy(manifest: Manifest): Exposed[] {
  const { kind, group, root } = manifest;
  if (kind === "Service" && group === "") return serviceExposed(root);
  if (kind === "Ingress") return ingressExposed(root);
  if (kind === "Gateway" && group.startsWith("gateway.networking")) return gatewayExposed(root);
  if (/^(?:HTTP|GRPC|TLS)Route$/.test(kind))
    return routeExposed(root, scalarsAt(root, "spec", "hostnames"));
  if (kind === "Route" && group === "route.openshift.io")
    return routeExposed(root, scalarsAt(root, "spec", "host"));
  return [];
}

/** Ports, each with every range that reaches it. */
const MAX_WAYS = 2_000;

function serviceExposed(root: DataMap): Exposed[] {
  const type = scalarAt(root, "spec", "type");
  const ports = portsOf(root);
  const outer = scalarsAt(root, "spec", "externalIPs").map(({ text, line }): Exposed => {
    return { name: `address ${text}`, level: "public", line, ways: ports };
  });
  if (type?.text !== "LoadBalancer" && type?.text !== "NodePort") return outer;
  const isInternal = type.text === "LoadBalancer" && isInternalByAnnotation(root);
  const level = type.text === "NodePort" ? "node" : isInternal ? "internal" : "public";
  const ranges = [...scalarsAt(root, "spec", "loadBalancerSourceRanges"), ...annotatedRanges(root)];
  const open =
    ranges.length === 0 || ranges.some(({ text }) => /^(?:0\.0\.0\.0\/0|::\/0)$/.test(text));
  if (ports.length * ranges.length > MAX_WAYS) {
    throw new NotUnderstood("too-many", "a service with too many ports and ranges", type);
  }
  const ways = open
    ? ports
    : ports.flatMap((port) =>
        ranges.map(({ text, line }) => ({ ...port, asked: [...port.asked, `from ${text}`], line })),
      );
  return [{ name: "service", level, line: type.line, ways }, ...outer];
}

/** The same ranges as an annotation, as long as the field is not set. */
function annotatedRanges(root: DataMap): DataScalar[] {
  const key = "service.beta.kubernetes.io/load-balancer-source-ranges";
  if (scalarsAt(root, "spec", "loadBalancerSourceRanges").length > 0) return [];
  const written = scalarAt(root, "metadata", "annotations", key);
  return (written?.text.split(",") ?? [])
    .filter((range) => range.trim() !== "")
    .flatMap((range) => (written ? [{ ...written, text: range.trim() }] : []));
}

function portsOf(root: DataMap): Exposed["ways"] {
  return mapsAt(root, "spec", "ports").map((port) => {
    const number = scalarAt(port, "port");
    const protocol = textAt(port, "protocol") ?? "TCP";
    return {
      cause: `port ${number?.text ?? ""}/${protocol}`,
      asked: [],
      line: number?.line ?? port.line,
    };
  });
}

/** How clouds are told to give out an address that is not public. */
const INTERNAL: readonly RegExp[] = [
  /^service\.beta\.kubernetes\.io\/(?:aws|azure|oci)-load-balancer-internal: (?:true|0\.0\.0\.0\/0)$/i,
  /^service\.beta\.kubernetes\.io\/aws-load-balancer-scheme: internal$/i,
  /^alb\.ingress\.kubernetes\.io\/scheme: internal$/i,
  /^(?:networking\.gke\.io|cloud\.google\.com)\/load-balancer-type: internal$/i,
  /^kubernetes\.io\/ingress\.class: .*internal.*$/i,
  /^service\.kubernetes\.io\/[\w.-]*private[\w.-]*: private$/i,
];

function isInternalByAnnotation(root: DataMap): boolean {
  const annotations = mapAt(root, "metadata", "annotations")?.entries ?? [];
  return annotations.some(({ key, value }) => {
    const line = `${key.text}: ${value.type === "scalar" ? value.text : ""}`;
    return INTERNAL.some((pattern) => pattern.test(line));
  });
}

/** Annotations by which an Ingress lets only some in, or has them say who they are. */
const ASKING =
  /\/(?:whitelist-source-range|allowlist-source-range|inbound-cidrs|auth-(?:type|url|signin|secret|tls-secret|tls-verify-client)|(?:router\.)?middlewares|security-groups)$/;

function askedOf(root: DataMap): string[] {
  return (mapAt(root, "metadata", "annotations")?.entries ?? [])
    .filter(({ key }) => ASKING.test(key.text))
    .map(({ key, value }) => `${key.text} ${canonicalText(value)}`);
}

function ingressExposed(root: DataMap): Exposed[] {
  const spec = mapAt(root, "spec");
  if (!spec) return [];
  const isInternal =
    isInternalByAnnotation(root) || /internal/.test(textAt(spec, "ingressClassName") ?? "");
  const level = isInternal ? "internal" : "public";
  const asked = askedOf(root);
  const rules = mapsAt(spec, "rules").map((rule): Exposed => {
    const host = scalarAt(rule, "host");
    const line = host?.line ?? rule.line;
    const paths = mapsAt(rule, "http", "paths").map((path) => {
      const text = scalarAt(path, "path");
      return { cause: `path ${text?.text ?? "/"}`, asked, line: text?.line ?? path.line };
    });
    const all = paths.length > 0 ? paths : [{ cause: "path /", asked, line }];
    return { ...hostNamed(host?.text ?? "*"), level, line, ways: all };
  });
  const rest = entryAt(spec, ["defaultBackend"]) ?? entryAt(spec, ["backend"]);
  const every = { cause: "path /", asked, line: rest?.key.line ?? spec.line };
  const any: Exposed[] = rest
    ? [{ name: "host *", level, line: rest.key.line, ways: [every] }]
    : [];
  return mergedByName([...rules, ...any]);
}

/** A host and what includes it: `*.example.org`, and all. */
function hostNamed(host: string): Pick<Exposed, "name" | "wider"> {
  const dot = host.indexOf(".");
  const wider = ["host *", ...(dot > 0 ? [`host *${host.slice(dot)}`] : [])];
  const name = `host ${host}`;
  return { name, wider: wider.filter((one) => one !== name) };
}

function mergedByName(exposed: readonly Exposed[]): Exposed[] {
  return [...Map.groupBy(exposed, ({ name }) => name).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, ways: group.flatMap(({ ways }) => ways) }] : [];
  });
}

function gatewayExposed(root: DataMap): Exposed[] {
  const level = isInternalByAnnotation(root) ? "internal" : "public";
  const listeners = mapsAt(root, "spec", "listeners").map((listener): Exposed => {
    const host = scalarAt(listener, "hostname");
    const port = scalarAt(listener, "port");
    const line = host?.line ?? port?.line ?? listener.line;
    const ways = [{ cause: `port ${port?.text ?? ""}`, asked: [], line }];
    return { ...hostNamed(host?.text ?? "*"), level, line, ways };
  });
  return mergedByName(listeners);
}

/** A route without a host takes those of its gateway, or one that is made for it. */
function routeExposed(root: DataMap, hosts: ReturnType<typeof scalarsAt>): Exposed[] {
  const spec = mapAt(root, "spec");
  if (!spec) return [];
  if (hosts.length === 0) return [{ name: "host *", level: "public", line: spec.line, ways: [] }];
  return hosts.map(({ text, line }) => ({ ...hostNamed(text), level: "public", line, ways: [] }));
}
