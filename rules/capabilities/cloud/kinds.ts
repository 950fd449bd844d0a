import { OPEN_LEVELS } from "./open-ports.ts";

/** What a cloud's resources are open to, with the levels of each kind from weakest to strongest. */
export const cloudKinds: Readonly<Record<string, readonly string[]>> = {
  "network.open": OPEN_LEVELS,
  "cloud.public": ["reachable", "readable", "writable"],
  "cloud.guard": [],
};
