import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.long.test.ts"],
    globalSetup: "test/own-tmpdir.ts",
    testTimeout: 20 * 60_000,
    hookTimeout: 60_000,
    // One file at a time: a second one slows a thread's own work by what both keep in the caches.
    maxWorkers: 1,
  },
});
