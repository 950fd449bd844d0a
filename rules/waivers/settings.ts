import * as z from "zod";
import { isSameLogin } from "../facts/same-login.ts";
import type { NamedActor, WaiverSource } from "./waiver.ts";

const login = z.string().regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,98})(?:\[bot\])?$/);
const team = z.string().regex(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/);

/** People, by login or by team. */
export const writtenPeople = {
  users: z.array(login).min(1).max(100).optional(),
  teams: z.array(team).min(1).max(100).optional(),
};

/** `waivers:` of a policy file. */
export const writtenWaivers = z.strictObject({
  longest: z
    .string()
    .regex(/^[1-9]\d{0,2}d$/)
    .optional(),
  grant: z
    .strictObject({
      ...writtenPeople,
      roles: z
        .array(z.enum(["write", "maintain", "admin"]))
        .min(1)
        .max(3)
        .optional(),
    })
    .optional(),
});

/** `waivable:` of a policy. `file`: by the file too. */
export const writtenWaivable = z.union([z.literal(false), z.enum(["record", "file"])]);
export type Waivable = z.infer<typeof writtenWaivable>;

/** Who may grant: anyone of these. */
interface Grantors {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  readonly roles: readonly string[];
}

/** What the policy files of all layers say of waivers. */
export interface WaiverSettings {
  /** The longest time from granting to the end, in milliseconds. */
  readonly longestMs: number;
  /** Those of each file that names some: whoever grants has to be one of every list. */
  readonly grantors: readonly Grantors[];
}

const DAY_MS = 86_400_000;

/** What holds where no policy file says otherwise: 30 days, granted by whoever holds the key. */
export const DEFAULT_SETTINGS: WaiverSettings = { longestMs: 30 * DAY_MS, grantors: [] };

/** What the files of several layers come to: the shortest of their longest times, and all of their grantors. */
export function joinSettings(written: readonly z.infer<typeof writtenWaivers>[]): WaiverSettings {
  const longest = written.flatMap(({ longest: days }) => (days === undefined ? [] : [msOf(days)]));
  return {
    longestMs: longest.length === 0 ? DEFAULT_SETTINGS.longestMs : Math.min(...longest),
    grantors: written.flatMap(({ grant }) =>
      grant === undefined ? [] : [{ users: [], teams: [], roles: [], ...known(grant) }],
    ),
  };
}

function msOf(days: string): number {
  return Number.parseInt(days, 10) * DAY_MS;
}

function known(grant: NonNullable<z.infer<typeof writtenWaivers>["grant"]>): Partial<Grantors> {
  return Object.fromEntries(Object.entries(grant).filter(([, list]) => list !== undefined));
}

/**
 * Whether somebody may grant a waiver that is kept in `source`.
 *
 * A login is the word of whoever signs the record; a team or a role counts only where it is proven.
 * Of a file nobody knows who wrote it, so it serves only where no layer names who may.
 */
export function mayGrant(
  { grantors }: WaiverSettings,
  actor: NamedActor | null,
  source: WaiverSource,
): boolean {
  if (grantors.length === 0) return true;
  if (actor === null || source === "file") return false;
  return grantors.every(
    ({ users, teams, roles }) =>
      users.some((user) => isSameLogin(user, actor.login)) ||
      teams.some((name) => isProven(actor, `team:${name}`)) ||
      roles.some((role) => isProven(actor, `role:${role}`)),
  );
}

function isProven({ proven, via }: NamedActor, standing: string): boolean {
  return proven && via.some((one) => one.toLowerCase() === standing.toLowerCase());
}
