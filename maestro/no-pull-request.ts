import type { ActionFacts } from "../rules/facts/facts.ts";

/** What the facts say of an action that is no pull request. */
export const NO_PULL_REQUEST = {
  number: null,
  author: null,
  title: null,
  body: null,
  labels: [],
  draft: null,
  fork: null,
} as const satisfies Partial<ActionFacts>;
