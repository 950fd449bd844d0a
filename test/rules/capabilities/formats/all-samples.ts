import type { FormatSamples } from "./format-samples.ts";
import { npmPackageSamples } from "./npm-package.ts";

/** The samples of every reader that has them, one a format. */
export const allSamples: readonly FormatSamples[] = [npmPackageSamples];
