import * as z from "zod";
import { count, everyPredicate, hex64, orOmitted } from "./predicate-parts.ts";

const difference = z.looseObject({
  path: z.string(),
  kind: z.string(),
});

/** What every execution says, whatever its phase. */
const everyExecution = {
  ...everyPredicate,
  action: z.looseObject({
    kind: z.literal("command"),
    name: z.string(),
    number: z.null(),
    attempt: z.string(),
  }),
  repository: z.looseObject({
    id: z.string().nullable(),
    host: z.string().nullable().optional(),
    name: z.string().nullable().optional(),
  }),
  /** The leaf (hex) of the verdict that it rests on. */
  verdictLeaf: hex64,
  simulation: z.boolean(),
  command: z.looseObject({ program: z.string(), arguments: count, digest: hex64 }),
  workTree: z.looseObject({
    allowDirty: z.boolean(),
    differences: orOmitted(z.array(difference)).nullable(),
  }),
};

/**
 * An execution's predicate: one phase of one run of a command, after its verdict.
 *
 * `action.attempt` is the run's: the verdict's record and all of the run's executions have the same.
 * `command.digest` is the sha256 (hex) of the canonical JSON of the words, the program first, of
 * which `arguments` counts the others: what stands in arguments may be secret.
 * `workTree.differences` is null where the verdict was a denial, or they could not be told.
 */
export const executionPredicate = z.discriminatedUnion("phase", [
  z.looseObject({ ...everyExecution, phase: z.literal("started") }),
  z.looseObject({
    ...everyExecution,
    phase: z.literal("blocked"),
    cause: z.enum(["denied", "work-tree"]),
  }),
  z.looseObject({
    ...everyExecution,
    phase: z.literal("ended"),
    /** The leaf (hex) of the record that it started. */
    startedLeaf: hex64,
    exitCode: count.max(255),
    signal: z.string().nullable(),
    failure: z.enum(["not-found", "not-executable", "work-tree"]).nullable(),
  }),
]);

export type ExecutionPredicate = z.infer<typeof executionPredicate>;
