import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.long.test.ts"],
    testTimeout: 20 * 60_000,
    hookTimeout: 60_000,
  },
});
