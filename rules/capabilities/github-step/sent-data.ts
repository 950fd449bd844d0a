import type { Capability } from "../capability.ts";
import { firstOfEach } from "../first-of-each.ts";
import { NotUnderstood } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { contentDigest } from "../holder-content.ts";
import { wayTo } from "../reach.ts";
import { linesOfRows, type DataEntry, type DataScalar } from "../data/data-node.ts";
import { catchersIn, isCatcher } from "./catchers.ts";
import { onceForEach } from "../once-for-each.ts";
import { type EnvLayer, stepCapability, type StepScope } from "./scope.ts";
import { type Sending, sendingOf } from "./sendings.ts";
import type { Step } from "./step.ts";
import { holdsSecret, secretsOf, type StepSecrets } from "./step-secrets.ts";
import { scriptsOf } from "./step-script.ts";

export const SENT_DATA_KIND = "github.step.sent-data";

/**
 * Weakest first: `secret` where the step can read secrets as well, `catcher` where the host is one
 * at which anybody reads what was sent.
 */
export const SENT_DATA_LEVELS = ["ordinary", "secret", "catcher"];

/** How many hosts one step may send to. */
const MAX_HOSTS = 100;

/**
 * Hosts that a step sends data to (heuristic): one capability a host, at the line where it is sent
 * first. A catcher counts wherever it is named, also in `with` and `env`. A request without a
 * body counts where its address or a header holds a secret. Throws `NotUnderstood` for a step
 * with more than a hundred hosts.
 */
export function readSentData(scope: StepScope): Capability[] {
  return [
    ...capabilitiesOf(scope, null, scope.env.flatMap(caughtAround)),
    ...scope.steps.flatMap((step) => capabilitiesOf(scope, step, sentBy(scope, step))),
  ];
}

/** Data that leaves, and the lines that say so. */
interface Sent {
  readonly host: string;
  readonly level: string;
  readonly line: number;
  readonly endLine: number;
  /** What an unknown host's address is made of; "" for all others. */
  readonly unknown: string;
}

function sentBy(scope: StepScope, step: Step): Sent[] {
  const { run } = step;
  const own = [...caughtBy(step.inputs), ...caughtBy(step.env)];
  if (!run) return own;
  const scripts = scriptsOf(scope, step);
  const secrets = secretsOf(scope, step, scripts);
  const sendings = scripts.flatMap((script) =>
    script.map(sendingOf).filter((sending) => sending !== null),
  );
  const sent = sendings.flatMap((sending) => sentIn(run, sending, secrets));
  return [...sent, ...caughtIn(run), ...own];
}

function sentIn(run: DataScalar, sending: Sending, secrets: StepSecrets): Sent[] {
  const { hosts, row, isQuery, sent } = sending;
  if (isQuery && !sent.some((text) => holdsSecret(text, secrets))) return [];
  return hosts
    .filter(({ host }) => !isQuery || !isDestination(host))
    .map(({ host, unknown }) => {
      const level = isCatcher(host) ? "catcher" : levelOf(host, secrets);
      return { host, level, unknown, ...linesOfRows(run, row) };
    });
}

/** The secret that is the address itself is no secret that is sent there. */
function levelOf(host: string, { held, dumps }: StepSecrets): string {
  return dumps || held.some(({ paths }) => hasOther(paths, host)) ? "secret" : "ordinary";
}

// Ends with the second path at the latest.
function hasOther(paths: ReadonlySet<string>, host: string): boolean {
  for (const path of paths) {
    if (!host.endsWith(` ${path.replace(/\..*/s, upperCase)}`)) return true;
  }
  return false;
}

function isDestination(host: string): boolean {
  return host.includes(" secrets.");
}

function upperCase(text: string): string {
  return text.toUpperCase();
}

function caughtBy(entries: readonly DataEntry[]): Sent[] {
  return entries.flatMap(({ value }) => (value.type === "scalar" ? caughtIn(value) : []));
}

// A thousand jobs have the workflow's around them: what it names twice is kept once.
const caughtAround = onceForEach((layer: EnvLayer) =>
  firstOfEach(caughtBy(layer), ({ host }) => host),
);

function caughtIn(scalar: DataScalar): Sent[] {
  const caught = firstOfEach(catchersIn(scalar.text), ({ host }) => host);
  refuseTooMany(caught.length, scalar);
  return caught.map(({ host, row }) => ({
    host,
    level: "catcher",
    unknown: "",
    ...linesOfRows(scalar, row),
  }));
}

function capabilitiesOf(scope: StepScope, step: Step | null, sent: readonly Sent[]): Capability[] {
  const distinct = firstOfEach(sent, ({ level, host, unknown }) => `${level} ${host} ${unknown}`);
  refuseTooMany(distinct.length, step ?? scope.body);
  return distinct.map(({ host, unknown, ...found }) =>
    stepCapability(scope, step, {
      kind: SENT_DATA_KIND,
      name: printable(host),
      ...found,
      certainty: "heuristic",
      does: unknown === "" ? [] : [wayTo(`to:${contentDigest(unknown)}`, found.line)],
    }),
  );
}

function refuseTooMany(count: number, place: { readonly line: number }): void {
  if (count <= MAX_HOSTS) return;
  const why = `data sent to more than ${MAX_HOSTS} hosts`;
  throw new NotUnderstood("too-many-hosts", why, { line: place.line, column: 1 });
}
