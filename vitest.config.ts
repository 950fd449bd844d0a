import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.long.test.ts", "**/node_modules/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Much of the suite waits for git: one worker less than cores, which is the default, leaves them idle.
    maxWorkers: availableParallelism() + 1,
  },
});
