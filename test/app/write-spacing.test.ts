import { expect, test } from "vitest";
import { createWriteSpacing } from "../../app/write-spacing.ts";

const SPACING_MS = 60;

test("writes of one key go one after the other, apart", async () => {
  const line = createWriteSpacing(SPACING_MS).key("1");
  const at: number[] = [];
  const job = () => Promise.resolve(at.push(performance.now()));
  await Promise.all([line.schedule({}, job), line.schedule({}, job), line.schedule({}, job)]);
  const [first = 0, second = 0, third = 0] = at;
  expect(second - first).toBeGreaterThanOrEqual(SPACING_MS - 5);
  expect(third - second).toBeGreaterThanOrEqual(SPACING_MS - 5);
});

test("keys do not wait for each other", async () => {
  const spacing = createWriteSpacing(400);
  const start = performance.now();
  const jobs = ["1", "2"].map((id) => spacing.key(id).schedule({}, () => Promise.resolve(id)));
  expect(await Promise.all(jobs)).toEqual(["1", "2"]);
  expect(performance.now() - start).toBeLessThan(300);
});

test("a write that failed fails alone", async () => {
  const line = createWriteSpacing(1).key("1");
  const failing = line.schedule({}, () => Promise.reject(new Error("no")));
  const next = line.schedule({}, () => Promise.resolve("written"));
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("written");
});
