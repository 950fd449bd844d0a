/** The options of every command that judges a change. */
export const JUDGING_OPTIONS = {
  repo: { type: "string" },
  base: { type: "string" },
  head: { type: "string" },
  policy: { type: "string", multiple: true },
  simulate: { type: "boolean" },
  record: { type: "boolean" },
  key: { type: "string" },
  root: { type: "string" },
  "repository-id": { type: "string" },
  format: { type: "string" },
} as const;
