import { distinctDependencies } from "../dependencies/distinct.ts";
import type { CapabilityReader } from "./capability.ts";
import { readGoDirectives } from "./go-mod/directives.ts";
import { moduleDependencies } from "./go-mod/module-dependencies.ts";
import { readSums } from "./go-mod/sums.ts";
import { claimByFolder } from "./in-folder.ts";
import { understandAll } from "./not-understood.ts";

/** Go itself reads modules' files of up to 16 MiB; the largest `go.sum` that people have is below one. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads `go.mod` and `go.work`, and the digests of `go.sum` and `go.work.sum`. */
export const goMod: CapabilityReader = {
  name: "go-mod",
  kinds: {},
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!MODULE.test(path) && !SUMS.test(path)) return null;
    return claimByFolder(path);
  },
  read: (path, content) =>
    understandAll(() => {
      const dependencies = SUMS.test(path)
        ? readSums(content, MAX_BYTES)
        : readGoDirectives(content, MAX_BYTES).flatMap(moduleDependencies);
      return { capabilities: [], dependencies: distinctDependencies(dependencies) };
    }),
};

const MODULE = /(?:^|\/)go\.(?:mod|work)$/;
const SUMS = /(?:^|\/)go\.(?:work\.)?sum$/;
