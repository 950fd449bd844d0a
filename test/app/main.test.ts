import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const start = (variables: Record<string, string>) =>
  spawnSync(process.execPath, ["app/main.ts"], {
    env: { PATH: process.env.PATH ?? "", ...variables },
    encoding: "utf8",
    timeout: 30_000,
  });

test("a start without configuration ends with 2 and names every variable that is missing", () => {
  const { status, stdout, stderr } = start({});
  expect(status).toBe(2);
  expect(stdout).toBe("");
  for (const name of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]) expect(stderr).toContain(name);
});

test("a start with the well-known webhook secret is refused", () => {
  const { status, stderr } = start({ APP_ID: "1", WEBHOOK_SECRET: "development" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^WEBHOOK_SECRET /m);
});
