import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
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

const whole = () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    APP_ID: "1",
    PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    WEBHOOK_SECRET: "0123456789abcdef",
  };
};

test("a start on a data directory that is none ends with 2, the variable and what to do", () => {
  const { status, stderr } = start({ ...whole(), DATA_DIR: "/dev/null" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^DATA_DIR [^\n]+\n[^\n]+\n$/);
});

test("a start on a port that is taken ends with 2, the variable and what to do", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-main-"));
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const places = { DATA_DIR: folder, HOST: "127.0.0.1", PORT: String(port) };
  const { status, stderr } = start({ ...whole(), ...places });
  taken.close();
  await rm(folder, { recursive: true });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^HOST and PORT: [^\n]+\n[^\n]+\n$/);
});

test("a defect that nobody caught ends it with one line, without what hangs on the error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-main-"));
  const app = await startWatchedApp({
    folder,
    variables: { ...whole(), PORT: "0", DATA_DIR: join(folder, "data") },
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
