import { describe, expect, test } from "vitest";
import { evaluatePolicy } from "../../../rules/policy/evaluate.ts";
import { factsOf, policyFileOf, policyOf, problemsOf, pullRequest } from "../sample-evidence.ts";

function outcomeAt(at: string, window: string): string {
  const policy = policyOf(`only: { action.at: { within: ${window} } }`);
  return evaluatePolicy(policy, factsOf({ action: { ...pullRequest, at } })).outcome;
}

// 2026-12-18 is a Friday.
describe.each([
  {
    window: "{ days: [sat, sun] }",
    inside: ["2026-12-19T00:00:00Z", "2026-12-20T23:59:59.999Z"],
    outside: ["2026-12-18T23:59:59Z", "2026-12-21T00:00:00Z"],
  },
  {
    window: '{ days: sat, zone: "+01:00" }',
    inside: ["2026-12-18T23:00:00Z", "2026-12-19T22:59:59Z"],
    outside: ["2026-12-18T22:59:59Z", "2026-12-19T23:00:00Z"],
  },
  {
    window: '{ days: sat, zone: "-05:30" }',
    inside: ["2026-12-19T05:30:00Z", "2026-12-20T05:29:59Z"],
    outside: ["2026-12-19T05:29:59Z", "2026-12-20T05:30:00Z"],
  },
  {
    window: '{ hours: "09:00-17:30" }',
    inside: ["2026-12-18T09:00:00Z", "2026-12-18T17:29:59Z", "2026-12-18T18:29:59+01:00"],
    outside: ["2026-12-18T08:59:59Z", "2026-12-18T17:30:00Z"],
  },
  {
    window: "{ hours: 18:00-08:00, zone: +01:00 }",
    inside: ["2026-12-18T17:00:00Z", "2026-12-18T23:00:00Z", "2026-12-18T06:59:59Z"],
    outside: ["2026-12-18T16:59:59Z", "2026-12-18T07:00:00Z"],
  },
  {
    window: '{ hours: "18:00-24:00" }',
    inside: ["2026-12-18T23:59:59Z"],
    outside: ["2026-12-18T00:00:00Z"],
  },
  {
    window: "{ from: 2026-12-20, until: 2027-01-03 }",
    inside: ["2026-12-20T00:00:00Z", "2027-01-03T23:59:59Z"],
    outside: ["2026-12-19T23:59:59Z", "2027-01-04T00:00:00Z"],
  },
  {
    window: '{ from: 2026-12-20, until: 2026-12-20, zone: "+02:00" }',
    inside: ["2026-12-19T22:00:00Z", "2026-12-20T21:59:59Z"],
    outside: ["2026-12-19T21:59:59Z", "2026-12-20T22:00:00Z"],
  },
  {
    window: '{ from: "2026-12-20T18:00:00Z" }',
    inside: ["2026-12-20T18:00:00Z", "2030-01-01T00:00:00Z"],
    outside: ["2026-12-20T17:59:59Z"],
  },
  {
    window: '{ until: "2026-12-20T18:00:00+01:00" }',
    inside: ["2026-12-20T16:59:59Z"],
    outside: ["2026-12-20T17:00:00Z"],
  },
  {
    window: '[{ days: sun }, { days: fri, hours: "16:00-24:00" }]',
    inside: ["2026-12-20T12:00:00Z", "2026-12-18T16:00:00Z"],
    outside: ["2026-12-18T12:00:00Z", "2026-12-19T12:00:00Z"],
  },
  {
    window: '{ days: [mon, fri], hours: "09:00-10:00", until: 2026-12-18 }',
    inside: ["2026-12-18T09:30:00Z"],
    outside: ["2026-12-21T09:30:00Z", "2026-12-17T09:30:00Z", "2026-12-18T10:30:00Z"],
  },
])("within $window", ({ window, inside, outside }) => {
  test.each(inside)("lies %s", (at) => {
    expect(outcomeAt(at, window)).toBe("fail");
  });
  test.each(outside)("does not lie %s", (at) => {
    expect(outcomeAt(at, window)).toBe("pass");
  });
});

test.each([
  { window: "sat", spot: "sat", remedy: /write for example/ },
  { window: "[]", spot: "[]", remedy: /write for example/ },
  { window: "{}", spot: "{}", remedy: /say from, until, days or hours/ },
  { window: '{ zone: "+01:00" }', spot: "{ zone", remedy: /say from, until, days or hours/ },
  { window: "{ day: sat }", spot: "day:", remedy: /did you mean days/ },
  { window: "{ days: saturday }", spot: "saturday", remedy: /sun, mon/ },
  { window: "{ days: [] }", spot: "[]", remedy: /sun, mon/ },
  { window: "{ days: [sat, 6] }", spot: "[sat", remedy: /sun, mon/ },
  { window: "{ hours: 9-17 }", spot: "9-17", remedy: /18:00-08:00/ },
  { window: '{ hours: "25:00-08:00" }', spot: '"25', remedy: /18:00-08:00/ },
  { window: '{ hours: "08:00-08:00" }', spot: '"08', remedy: /differ/ },
  { window: "{ days: sat, zone: Europe/Berlin }", spot: "Europe", remedy: /\+01:00/ },
  { window: '{ days: sat, zone: "+15:00" }', spot: '"+15', remedy: /\+01:00/ },
  { window: "{ days: sat, zone: 1 }", spot: "1 }", remedy: /\+01:00/ },
  { window: "{ from: 2026-02-30 }", spot: "2026-02", remedy: /write a date/ },
  { window: "{ from: 2026-13-01 }", spot: "2026-13", remedy: /write a date/ },
  { window: "{ from: 2026 }", spot: "2026 }", remedy: /write a date/ },
  { window: '{ until: "2026-12-20T18:00" }', spot: '"2026', remedy: /write a date/ },
  { window: "{ from: 2026-12-20, until: 2026-12-19 }", spot: "2026-12-19", remedy: /after from/ },
  { window: "[{ days: sat }, { days: x }]", spot: "x }", remedy: /sun, mon/ },
])("$window is refused at its place", ({ window, spot, remedy }) => {
  const only = `only: { action.at: { within: ${window} } }`;
  const problems = problemsOf(policyFileOf(only));
  const at = `5:${5 + only.lastIndexOf(spot)}`;
  expect(problems).toMatchObject([{ at, remedy: expect.stringMatching(remedy) as string }]);
});

test("only a time lies within a window", () => {
  const problems = problemsOf(policyFileOf("only: { action.title: { within: { days: sat } } }"));
  expect(problems).toMatchObject([{ at: "5:29", message: 'there is no operator "within"' }]);
});

test("a time that cannot be read decides nothing, and denies", () => {
  expect(outcomeAt("yesterday", "{ days: sat }")).toBe("error");
});

test("what is not within fires under not", () => {
  const policy = policyOf("only: { action.at: { not: { within: { days: [sat, sun] } } } }");
  const facts = factsOf({ action: { ...pullRequest, at: "2026-12-18T12:00:00Z" } });
  expect(evaluatePolicy(policy, facts).outcome).toBe("fail");
});
