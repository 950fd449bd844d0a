import * as z from "zod";
import { ROLES } from "./approval-rule.ts";

const login = z.string().regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,98})(?:\[bot\])?$/);
const organisation = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})$/);
const team = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,98}\/[A-Za-z0-9._-]{1,100}$/);

const MAX_LISTED = 100;
/** Nodes of one list; with the depth that YAML may have there is an end to all of them. */
const MAX_NODES = 20;

function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1).max(MAX_LISTED).optional();
}

const people = {
  users: listOf(login),
  teams: listOf(team),
  organisations: listOf(organisation),
  roles: listOf(z.enum(ROLES)),
};

const writtenPeople = z.strictObject(people);

const node = {
  ...people,
  owners: z.literal(true).optional(),
  count: z.int().min(1).max(20).optional(),
  not: writtenPeople.optional(),
};

/** One node of `approved_by`: a group, or nodes under `all` or `any`. */
export interface WrittenNode extends z.infer<z.ZodObject<typeof node>> {
  readonly all?: readonly WrittenNode[] | undefined;
  readonly any?: readonly WrittenNode[] | undefined;
}

const writtenNode: z.ZodType<WrittenNode> = z
  .strictObject({
    ...node,
    get all() {
      return nodes();
    },
    get any() {
      return nodes();
    },
  })
  .meta({ id: "approvals" });

function nodes(): z.ZodOptional<z.ZodArray<z.ZodType<WrittenNode>>> {
  return z.array(writtenNode).min(1).max(MAX_NODES).optional();
}

const ignored = z.boolean().optional();

/** `approved_by` as people write it: what one node says, and what holds for all of them. */
export const writtenApprovals = z.strictObject({
  ...node,
  all: nodes(),
  any: nodes(),
  ignoring: z
    .strictObject({ author: ignored, committer: ignored, "co-author": ignored, pusher: ignored })
    .optional(),
  survives: z.enum(["nothing", "change", "paths"]).optional(),
  scope: z.enum(["paths", "change"]).optional(),
});

export type WrittenApprovals = z.infer<typeof writtenApprovals>;
export type WrittenPeople = z.infer<typeof writtenPeople>;

/** The keys that may stand beside each other, by the key of the map that they stand in. */
export const APPROVAL_KEYS: Readonly<Record<string, readonly string[]>> = {
  approved_by: Object.keys(writtenApprovals.shape),
  all: [...Object.keys(node), "all", "any"],
  any: [...Object.keys(node), "all", "any"],
  not: Object.keys(writtenPeople.shape),
  ignoring: ["author", "committer", "co-author", "pusher"],
};

/** What is right at a place of `approved_by`, by the last key that leads there. */
export const APPROVAL_VALUES: Readonly<Record<string, string>> = {
  approved_by: "write approved_by: { users: [NAME], count: 1 }",
  users: "list 1 to 100 logins, without @",
  teams: "list 1 to 100 teams, each as organisation/team, without @",
  organisations: "list 1 to 100 organisations, without @",
  roles: `list roles of ${ROLES.join(", ")}; each stands for those above it too`,
  owners: "write owners: true, or leave it out",
  count: "write a whole number from 1 to 20",
  all: "list 1 to 20 groups, such as all: [{ owners: true }, { teams: [acme/security] }]",
  any: "list 1 to 20 groups, such as any: [{ owners: true }, { users: [bo] }]",
  not: "write whose approvals do not count, such as not: { users: [eve] }",
  ignoring: "write for example ignoring: { committer: false }, which lets committers approve",
  author: "write true or false",
  committer: "write true or false",
  "co-author": "write true or false",
  pusher: "write true or false",
  survives: "write change, paths or nothing",
  scope: "write paths or change",
};
