import { onceForEach } from "./once-for-each.ts";

/** What stops a job by failing, before what a way leads to: other jobs, and steps of its own. */
export interface Brakes {
  /** The jobs that have to succeed first: by id in lower case, each with its content. */
  readonly jobs: ReadonlyMap<string, string>;
  /** Steps, of equal ones each by itself: whose failure stops the job, and whose does not. */
  readonly stopping: ReadonlySet<string>;
  readonly forgiven: ReadonlySet<string>;
}

/**
 * Whether `head` has lost a brake of `base`: it no longer waits for a job, neither by its id nor by
 * its content, or it goes on where a step fails that stopped it. A step that is edited is another.
 */
export function losesBrake(head: Brakes | undefined, base: Brakes | undefined): boolean {
  if (!base) return false;
  if (!head) return base.jobs.size > 0;
  const compared = comparedWith(head);
  const known = compared.get(base) ?? isLooser(head, base);
  compared.set(base, known);
  return known;
}

// All that a job holds is reached by its ways.
const comparedWith = onceForEach<Brakes, Map<Brakes, boolean>>(() => new Map());

function isLooser(head: Brakes, base: Brakes): boolean {
  const contents = new Set(head.jobs.values());
  return (
    [...base.jobs].some(([id, content]) => !head.jobs.has(id) && !contents.has(content)) ||
    [...head.forgiven].some((step) => base.stopping.has(step))
  );
}
