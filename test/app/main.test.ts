import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startWatchedApp } from "./watched-app.ts";

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

test("a defect that nobody caught ends it with one line, without what hangs on the error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-main-"));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app = await startWatchedApp({
    folder,
    variables: {
      APP_ID: "1",
      PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      WEBHOOK_SECRET: "0123456789abcdef",
      PORT: "0",
      DATA_DIR: join(folder, "data"),
    },
    preload: `process.on("SIGUSR2", () => {
      Promise.reject(Object.assign(new Error("stray"), { payload: "payload-marker" }));
    });`,
  });
  app.child.kill("SIGUSR2");
  expect(await app.ended).toBe(1);
  expect(app.output()).toContain('"message":"stopped by a defect"');
  expect(app.output()).not.toContain("payload-marker");
  await rm(folder, { recursive: true });
});
