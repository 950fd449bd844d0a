/** What bounds a verification. */
export interface Bounds {
  /** The size that was pinned, null without a pin. */
  readonly pinnedSize: number | null;
  readonly checkpointKeys: number;
  readonly keysets: number;
  readonly repositoryGiven: boolean;
}

/** What a verification that finds nothing still does not show, in sentences. */
export function notCovered(bounds: Bounds): readonly string[] {
  return [
    ...ALWAYS,
    ...(bounds.checkpointKeys > 1 ? [] : [rewritable(bounds.pinnedSize)]),
    ...(bounds.pinnedSize === null ? [NO_PIN] : []),
    ...(bounds.keysets > 1 ? [RETIRED] : []),
    ...(bounds.repositoryGiven ? [] : [NO_REPOSITORY]),
  ];
}

const ALWAYS = [
  "External facts (reviews, labels, statuses) are the evaluator's word: recorded, not proven.",
  "Time unproven: every time is the writer's own, and no witness has cosigned a checkpoint.",
  "No verdict was performed again, and no landed commit was looked up.",
  "How records were put together in commits is not signed: whoever may force a push can join two commits to one, which changes no record, order or root.",
];

const NO_PIN =
  "Without a pin, that these keys are the published ones and that nothing was cut off together with the branch's history is this clone's word.";

const RETIRED = "A retired checkpoint key can forge histories that end before its rotation.";

const NO_REPOSITORY = "Which repository the ledger is for is its own keyset's word.";

function rewritable(pinnedSize: number | null): string {
  return pinnedSize === null
    ? "With one checkpoint key, no pin and no witness, its holder can rewrite everything."
    : `With one checkpoint key and no witness, its holder can rewrite everything after the pinned ${pinnedSize} records.`;
}
