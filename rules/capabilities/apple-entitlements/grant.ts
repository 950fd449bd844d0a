import type { Capability } from "../capability.ts";

/** What a property list grants, less what is the same for all of it. */
export type Grant = Omit<Capability, "certainty" | "holderContent">;
