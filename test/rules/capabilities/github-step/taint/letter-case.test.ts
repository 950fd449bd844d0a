import { expect, test } from "vitest";
import { injectionsOf, TITLE } from "../injected.ts";

const OTHER_LETTERS = { env: { T: TITLE }, run: "echo ${{ env.t }}" };

test.each([
  { labels: "windows-2025", isRead: true },
  { labels: ["self-hosted", "WINDOWS"], isRead: true },
  { labels: ["self-hosted", "linux", "windows"], isRead: true },
  { labels: "pool-of-linux", isRead: true },
  { labels: "macosx", isRead: true },
  { labels: "Ubuntu-24.04", isRead: false },
  { labels: " ubuntu-latest", isRead: false },
  { labels: ["self-hosted", "linux"], isRead: false },
  { labels: { group: "big", labels: ["macOS"] }, isRead: false },
])("on $labels a variable may be read in other letters: $isRead", ({ labels, isRead }) => {
  expect(injectionsOf([OTHER_LETTERS], { "runs-on": labels })).toHaveLength(isRead ? 1 : 0);
});
