import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.long.test.ts"],
    testTimeout: 20 * 60_000,
    hookTimeout: 60_000,
    // Speeds are held to a thread's own work, so that two files at once disturb none.
    maxWorkers: availableParallelism(),
  },
});
