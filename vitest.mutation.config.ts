import { defineConfig } from "vitest/config";
import { NOT_FOR_MUTANTS } from "./scripts/mutation/parts.ts";

/** `npm run mutation` names the tests of the folder that it mutates. */
const tests = process.env["BAILIFF_MUTATION_TESTS"] ?? "";

export default defineConfig({
  test: {
    include: tests.split(" "),
    exclude: [...NOT_FOR_MUTANTS, "**/node_modules/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
