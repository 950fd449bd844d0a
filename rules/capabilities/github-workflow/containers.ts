import type { Capability, Certainty } from "../capability.ts";
import { firstOfEach } from "../first-of-each.ts";
import { NotUnderstood, type Place } from "../not-understood.ts";
import { printable } from "../printable.ts";
import {
  entryOf,
  linesAt,
  type DataMap,
  type DataNode,
  type DataScalar,
} from "../data/data-node.ts";
import { looseOptions } from "../container/container-options.ts";
import type { Matrix } from "./evaluate.ts";
import { hostMount } from "../container/host-paths.ts";
import { holdersOf } from "./jobs.ts";
import { matrixOf } from "./matrix.ts";
import { isOpen, isOpenJson, possibleValues } from "./possible-values.ts";
import { isUncertain } from "./uncertain-text.ts";
import type { Workflow } from "./workflow.ts";

export const CONTAINER_KIND = "github.workflow.container";

/** Options that open the machine, of a job; volumes, of a container. */
const MAX_OPTIONS = 200;

interface Lines {
  readonly line: number;
  readonly endLine: number;
}

/** What opens the machine to a container, and the lines that say so. */
interface Loosening extends Lines {
  readonly name: string;
  readonly certainty: Certainty;
}

/**
 * What opens the machine that a job runs on to its container or services: options such as
 * `--privileged`, and folders of the machine, as `mount PATH`. One capability for each, once a
 * container. Options that only a run knows are told as `options by expression`.
 *
 * Throws `NotUnderstood` for a job with more of them than an honest one has.
 *
 * Source: docs.github.com, "Workflow syntax for GitHub Actions", `jobs.<job_id>.container.options`
 * and `volumes`.
 */
export function readContainers(workflow: Workflow): Capability[] {
  return holdersOf(workflow).flatMap(({ job, ...holder }) => {
    const found = looseningsOf(job.body);
    refuseMany(found, { line: job.line, column: 1 });
    return found.map((loosening) => ({ kind: CONTAINER_KIND, ...loosening, ...holder }));
  });
}

function refuseMany(options: readonly unknown[], place: Place): void {
  if (options.length <= MAX_OPTIONS) return;
  const why = `more than ${MAX_OPTIONS} volumes, or options that open the machine`;
  throw new NotUnderstood("too-many-options", why, place);
}

function looseningsOf(job: DataMap): Loosening[] {
  const matrix = matrixOf(job);
  return containersOf(job, matrix).flatMap((container) =>
    firstOfEach(looseningsIn(container, matrix), ({ name }) => name),
  );
}

// `container: {…}`, `services: {db: {…}}`
function containersOf(job: DataMap, matrix: Matrix): DataNode[] {
  const container = entryOf(job, "container")?.value;
  const services = entryOf(job, "services")?.value;
  const ofServices = services ? possibleValues(services, matrix).flatMap(partsOf) : [];
  return [...(container ? [container] : []), ...ofServices].flatMap((node) =>
    possibleValues(node, matrix),
  );
}

function looseningsIn(container: DataNode, matrix: Matrix): Loosening[] {
  if (container.type === "map") {
    return [...inOptions(container, matrix), ...inVolumes(container, matrix)];
  }
  // Only JSON can make options of a text; any other is an image's name.
  return isOpenJson(container) ? [byExpression("options", container)] : [];
}

// `options: --privileged -v /etc:/etc`
function inOptions(container: DataMap, matrix: Matrix): Loosening[] {
  const options = entryOf(container, "options")?.value;
  if (!options) return [];
  return possibleValues(options, matrix).flatMap((value) => {
    if (value.type !== "scalar") return [];
    const found = looseOptions(value.text).map(({ name, offset }) =>
      looseningOf(name, linesAt(value, offset)),
    );
    if (isUncertain(value.text)) found.push(byExpression("options", value));
    return found;
  });
}

// `volumes: [/var/run/docker.sock:/var/run/docker.sock]`
function inVolumes(container: DataMap, matrix: Matrix): Loosening[] {
  const volumes = entryOf(container, "volumes")?.value;
  if (!volumes) return [];
  const lists = possibleValues(volumes, matrix);
  const items = lists.flatMap((list) => (list.type === "list" ? list.items : [list]));
  refuseMany(items, volumes);
  return items
    .flatMap((item) => possibleValues(item, matrix))
    .flatMap((item) => (item.type === "scalar" ? volumeLoosenings(item) : []));
}

function volumeLoosenings(volume: DataScalar): Loosening[] {
  const path = hostMount(volume.text);
  if (path !== null) return [looseningOf(`mount ${path}`, volume)];
  const isAsked = isOpen(volume) && volume.text.startsWith("${{") && isUncertain(volume.text);
  return isAsked ? [byExpression("volume", volume)] : [];
}

function looseningOf(name: string, { line, endLine }: Lines): Loosening {
  return { name: printable(name), line, endLine, certainty: "exact" };
}

function byExpression(what: string, { line, endLine }: Lines): Loosening {
  return { name: `${what} by expression`, line, endLine, certainty: "heuristic" };
}

function partsOf(services: DataNode): DataNode[] {
  return services.type === "map" ? services.entries.map(({ value }) => value) : [services];
}
