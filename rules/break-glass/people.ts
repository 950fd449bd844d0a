import * as z from "zod";
import { writtenPeople } from "../waivers/settings.ts";

/** `break_glass:` of a policy file. */
export const writtenBreakGlass = z
  .strictObject(writtenPeople)
  .refine(({ users, teams }) => users !== undefined || teams !== undefined);

/** Who may override: somebody who is in each of these, one of every layer. */
export type BreakGlass = readonly {
  readonly users: readonly string[];
  readonly teams: readonly string[];
}[];

/**
 * Who may override where several layers judge: whom all of them name. Nobody where one names
 * nobody: a layer never gives what another keeps.
 */
export function joinBreakGlass(
  layers: readonly (z.infer<typeof writtenBreakGlass> | undefined)[],
): BreakGlass | null {
  const named = layers.flatMap((layer) => (layer === undefined ? [] : [layer]));
  if (named.length === 0 || named.length < layers.length) return null;
  return named.map(({ users = [], teams = [] }) => ({ users, teams }));
}
