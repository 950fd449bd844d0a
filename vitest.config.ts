import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.long.test.ts", "**/node_modules/**"],
    globalSetup: "test/own-tmpdir.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // No module keeps more than caches from one file to the next: each worker reads it once.
    isolate: false,
    // Much of the suite waits for git: one worker less than cores, which is the default, leaves them idle.
    maxWorkers: availableParallelism() + 1,
  },
});
