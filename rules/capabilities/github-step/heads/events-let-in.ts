import { onceForEach } from "../../once-for-each.ts";
import { bareCondition } from "../../github-expression/conditions.ts";
import { conjunctsOf } from "../../github-expression/conjuncts.ts";
import { isPrivileged, PRIVILEGED_EVENTS } from "../../github-workflow/triggers.ts";
import { entryOf, type DataEntry } from "../../data/data-node.ts";
import type { StepScope } from "../scope.ts";

/** How outsiders come in, weakest first: wherever a caller lets them, or by an event of the file. */
export const ENTRANCES = ["called", "privileged"];

/**
 * How an event of outsiders can reach a step, or a job without a step's `if`; null where none can.
 * `privileged`: one starts the workflow itself. `called`: only a caller's may, in an action or a
 * workflow on `workflow_call`, where `github.event_name` is the event of the caller. What the
 * job's `if` or the step's own refuses by name is out; only what must hold for either counts.
 *
 * `github.event_name == 'pull_request' && x` lets in pull_request alone.
 */
export function entranceOf(
  { events, body, id }: StepScope,
  condition: DataEntry | undefined,
): "called" | "privileged" | null {
  const refusing = [entryOf(body, "if"), condition].flatMap(eventConditions);
  const isLetIn = (event: string): boolean =>
    refusing.every(({ isEvent, name }) => isEvent === (name === event));
  if (events.filter(isPrivileged).some(isLetIn)) return "privileged";
  const isCalled = id === "" || events.includes("workflow_call");
  return isCalled && PRIVILEGED_EVENTS.some(isLetIn) ? "called" : null;
}

interface EventCondition {
  /** Whether the event has to be this one, or any other. */
  readonly isEvent: boolean;
  readonly name: string;
}

function eventConditions(condition: DataEntry | undefined): readonly EventCondition[] {
  return condition ? conditionsIn(condition) : [];
}

/** Every step of a job asks for the job's `if` again. */
const conditionsIn = onceForEach(readConditions);

function readConditions({ value }: DataEntry): readonly EventCondition[] {
  if (value.type !== "scalar") return [];
  const found = new Map<string, EventCondition>();
  for (const conjunct of conjunctsOf(bareCondition(value.text))) {
    const [, operator, name] = EVENT_IS.exec(conjunct) ?? [];
    if (name === undefined || found.size === MAX_CONDITIONS) continue;
    found.set(conjunct, { isEvent: operator === "==", name: name.toLowerCase() });
  }
  return [...found.values()];
}

/** An `if` that names more events is read so far: each step compares all of them. */
const MAX_CONDITIONS = 50;

const EVENT_IS = /^github\.event_name (==|!=) '([^']*)'$/;
