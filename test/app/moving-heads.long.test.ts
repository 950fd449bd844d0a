import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeBaseAt, replaceHeadAt, type StepName, STEPS } from "./moving-scenarios.ts";
import { openScene, type Scene } from "./scene.ts";

const NAMES = Object.keys(STEPS) as StepName[];

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});

afterAll(() => scene[Symbol.asyncDispose]());

describe.each(NAMES)("a head replaced %s", (name) => {
  test("is judged for itself, at every step of the judging before", async () => {
    const { harmless, raising } = await replaceHeadAt(scene, name);
    expect(raising[0]).toBe("failure");
    expect(raising).not.toContain("success");
    expect(harmless).not.toContain(null);
  });
});

// Who changes it once the conclusion is under way is judged by the event that tells of it.
describe.each(NAMES.filter((name) => name !== "as the check run is concluded"))(
  "a base changed %s",
  (name) => {
    test("is judged for itself, at every step of the judging before", async () => {
      const conclusions = await changeBaseAt(scene, name);
      expect(conclusions[0]).toBe("failure");
      expect(conclusions).not.toContain("success");
    });
  },
);
