import { expect, test } from "vitest";
import { createLog, type LogLevel, probotLog } from "../../app/log.ts";

function recording(level: LogLevel = "debug", secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = createLog({
    level,
    secrets,
    write: (line) => lines.push(line),
    now: () => new Date(0),
  });
  return { log, lines };
}

test("a line holds time, level, message and known fields", () => {
  const { log, lines } = recording();
  log.info("judged", { pull: 42, decision: "DENY" });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      time: "1970-01-01T00:00:00.000Z",
      level: "info",
      message: "judged",
      pull: 42,
      decision: "DENY",
    },
  ]);
});

test("lines below the level are not written", () => {
  const { log, lines } = recording("warn");
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  expect(lines).toHaveLength(2);
});

const withPayload = Object.assign(new Error("handler failed"), {
  status: 500,
  event: { payload: { title: "payload-marker" } },
  request: { headers: { authorization: "token payload-marker" }, body: "payload-marker" },
});

test.each([
  { when: "a field that is not known", write: { event: { payload: "payload-marker" } } },
  { when: "an object under a known name", write: { reason: { title: "payload-marker" } } },
  { when: "what libraries hang on an error", write: { error: withPayload } },
  {
    when: "an error's further lines",
    write: { error: new Error("failed\npayload-marker") },
  },
  {
    when: "what hangs on an error's cause",
    write: { error: new Error("failed", { cause: withPayload }) },
  },
])("$when is not printed", ({ write }) => {
  const { log, lines } = recording();
  log.error("failed", write);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("payload-marker");
});

test.each([
  { when: "a secret that it was told", text: "sent hunter2-hunter2 away" },
  { when: "an installation token", text: "ghs_16C7e42F292c6912E7710c838347Ae178B4a" },
  { when: "a stateless installation token", text: "ghs_4242_eyJhbGciOi.eyJpc3MiOi.c2ln-bmF0" },
  { when: "a JSON Web Token", text: "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.c2lnbmF0dXJl" },
  {
    when: "a key",
    text: "-----BEGIN RSA PRIVATE KEY-----\\neyJMIIEow+/=\\n-----END RSA PRIVATE KEY-----",
  },
  { when: "credentials", text: "authorization: basic eC1hY2Nlc3MtdG9rZW46Z2hz" },
])("$when is blanked, wherever it stands", ({ text }) => {
  const { log, lines } = recording("debug", ["hunter2-hunter2"]);
  log.warn(text, { reason: text, error: new Error(text) });
  expect(lines[0]).toMatch(/\[(secret|token)\]/);
  expect(lines[0]).not.toMatch(/hunter2|16C7e42F|eyJ|eC1hY2/);
});

test("a secret is blanked as JSON writes it", () => {
  const secret = 'a "quoted" secret\\';
  const { log, lines } = recording("debug", [secret]);
  log.warn(`sent ${secret} away`);
  expect(lines[0]).toContain("sent [secret] away");
});

test("a long text is cut", () => {
  const { log, lines } = recording();
  log.info("x".repeat(10_000), { reason: "y".repeat(10_000) });
  expect(lines[0]?.length).toBeLessThan(1_000);
});

test("Probot's calls land in the same log, without its payloads", () => {
  const { log, lines } = recording();
  const probot = probotLog(log);
  probot.child({ name: "event" }).debug({ event: { payload: "payload-marker" } }, "received");
  probot.info("plain");
  probot.error(withPayload);
  probot.fatal(withPayload, "fatal");
  probot.trace({ id: 1 }, "trace");
  expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
    "debug",
    "info",
    "error",
    "error",
    "debug",
  ]);
  expect(lines.join("\n")).not.toContain("payload-marker");
});
