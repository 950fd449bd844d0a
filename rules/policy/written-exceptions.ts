import type * as z from "zod";
import { isMap } from "./maps.ts";
import { policyFile } from "./policy-file.ts";

const { waivers, break_glass: breakGlass } = policyFile.shape;

/** What a file says of exceptions from its policies. */
export interface WrittenExceptions {
  readonly waivers?: z.infer<typeof waivers>;
  readonly breakGlass?: z.infer<typeof breakGlass>;
}

/**
 * Reads what a parsed file says of exceptions, also where something else in it is wrong: whoever may
 * override has to be known when the file is what went wrong. What has not its form is a problem
 * already, and gives nothing.
 */
export function exceptionsIn(file: unknown): WrittenExceptions {
  if (!isMap(file)) return {};
  return {
    waivers: waivers.safeParse(file["waivers"]).data,
    breakGlass: breakGlass.safeParse(file["break_glass"]).data,
  };
}
