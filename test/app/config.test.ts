import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../app/config.ts";
import { AppError } from "../../app/errors.ts";
import { generateSigningKey } from "../../ledger/format/keys.ts";

let rsaPem: string;
let given: Record<string, string>;
const signing = generateSigningKey();
const digest = "ab".repeat(32);

beforeAll(() => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  rsaPem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  given = { APP_ID: "4242", PRIVATE_KEY: rsaPem, WEBHOOK_SECRET: "0123456789abcdef" };
});

const files: Record<string, string> = {};
const readText = (path: string) => {
  const text = files[path];
  if (text === undefined) throw new Error(`no file ${path}`);
  return text;
};

const read = (more: Record<string, string | undefined> = {}) =>
  readConfig({ ...given, ...more }, readText);

function problemsOf(more: Record<string, string | undefined>): string {
  try {
    read(more);
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFIG_INVALID") return error.message;
    throw error;
  }
  return "";
}

test("three variables are enough; the rest is github.com, here, without a ledger", () => {
  const { privateKey, ...rest } = read();
  expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(rest).toEqual({
    appId: 4242,
    webhookSecret: "0123456789abcdef",
    webhookPath: "/api/github/webhooks",
    host: "localhost",
    port: 3000,
    apiUrl: "https://api.github.com",
    serverUrl: "https://github.com",
    dataDirectory: "./data",
    signingKey: null,
    ledgerRoots: [],
    writeSpacingMs: 1000,
    logLevel: "info",
  });
});

test.each([
  { api: "https://api.github.com", server: "https://github.com" },
  { api: "https://api.acme.ghe.com/", server: "https://acme.ghe.com" },
  { api: "https://git.acme.example/api/v3", server: "https://git.acme.example" },
  { api: "http://127.0.0.1:8080/api/v3", server: "http://127.0.0.1:8080" },
])("the API at $api belongs to $server", ({ api, server }) => {
  expect(read({ GITHUB_API_URL: api }).serverUrl).toBe(server);
});

test("a server that is named is not derived", () => {
  const config = read({ GITHUB_SERVER_URL: "https://git.acme.example/" });
  expect(config.serverUrl).toBe("https://git.acme.example");
});

describe("keys", () => {
  test("a private key may be written on one line", () => {
    expect(read({ PRIVATE_KEY: rsaPem.replaceAll("\n", "\\n") }).privateKey).toContain("BEGIN");
  });

  test("a private key may be a file", () => {
    files["app.pem"] = rsaPem;
    const config = read({ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "app.pem" });
    expect(config.privateKey).toContain("BEGIN");
  });

  test("a signing key may be its PEM or its file", () => {
    files["ledger.pem"] = signing.pem;
    for (const key of [signing.pem, signing.pem.replaceAll("\n", "\\n"), "ledger.pem"])
      expect(read({ BAILIFF_SIGNING_KEY: key }).signingKey?.public.id).toBe(signing.key.public.id);
  });

  test("several ledger roots stand with commas", () => {
    const other = "cd".repeat(32);
    expect(read({ BAILIFF_LEDGER_ROOTS: `${digest}, ${other}` }).ledgerRoots).toEqual([
      digest,
      other,
    ]);
  });
});

describe("what is wrong is named, with its remedy", () => {
  test.each([
    { variable: "APP_ID", value: undefined },
    { variable: "APP_ID", value: "" },
    { variable: "APP_ID", value: "Iv1.abc" },
    { variable: "APP_ID", value: "0" },
    { variable: "PRIVATE_KEY", value: undefined },
    { variable: "PRIVATE_KEY", value: "-----BEGIN RSA PRIVATE KEY-----" },
    { variable: "PRIVATE_KEY", value: signing.pem },
    { variable: "WEBHOOK_SECRET", value: undefined },
    { variable: "WEBHOOK_SECRET", value: "" },
    { variable: "WEBHOOK_SECRET", value: "development" },
    { variable: "WEBHOOK_SECRET", value: " ".repeat(20) },
    { variable: "WEBHOOK_PATH", value: "webhooks" },
    { variable: "WEBHOOK_PATH", value: "/a/../b c" },
    { variable: "PORT", value: "65536" },
    { variable: "GITHUB_API_URL", value: "http://github.example" },
    { variable: "GITHUB_API_URL", value: "https://user:password@github.example" },
    { variable: "GITHUB_API_URL", value: "ssh://github.example" },
    { variable: "GITHUB_SERVER_URL", value: "ext::sh -c id" },
    { variable: "BAILIFF_SIGNING_KEY", value: "no-such-file.pem" },
    { variable: "BAILIFF_LEDGER_ROOTS", value: "latest" },
    { variable: "BAILIFF_LEDGER_ROOTS", value: "AB".repeat(32) },
    { variable: "GITHUB_WRITE_SPACING_MS", value: "1s" },
    { variable: "LOG_LEVEL", value: "everything" },
  ])("$variable=$value", ({ variable, value }) => {
    const problems = problemsOf({ [variable]: value });
    expect(problems.split("\n")).toHaveLength(1);
    expect(problems).toMatch(new RegExp(`^${variable} .+: .+`));
  });

  test("a private key's file that is absent", () => {
    const problem = problemsOf({ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "none.pem" });
    expect(problem).toMatch(/^PRIVATE_KEY_PATH /);
  });

  test("a private key's file that holds none, by the variable that names it", () => {
    files["app.pem"] = "hello";
    const problem = problemsOf({ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "app.pem" });
    expect(problem).toMatch(/^PRIVATE_KEY_PATH names a file that is not an RSA key[^\n]+$/);
  });

  test("files that are absent beside every other problem", () => {
    const absent = { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "none.pem" };
    const lines = problemsOf({ ...absent, BAILIFF_SIGNING_KEY: "none.pem", WEBHOOK_SECRET: "x" });
    expect(lines.split("\n").map((line) => line.split(" ", 1)[0])).toEqual([
      "PRIVATE_KEY_PATH",
      "BAILIFF_SIGNING_KEY",
      "WEBHOOK_SECRET",
    ]);
  });

  test("a signing key of the wrong kind, without a word of it", () => {
    expect(problemsOf({ BAILIFF_SIGNING_KEY: rsaPem })).toMatch(/^BAILIFF_SIGNING_KEY /);
    expect(problemsOf({ BAILIFF_SIGNING_KEY: rsaPem })).not.toContain(rsaPem.slice(40, 80));
  });

  test("every problem at once", () => {
    const lines = problemsOf({ APP_ID: "x", WEBHOOK_SECRET: "short", PORT: "-1" }).split("\n");
    expect(lines.map((line) => line.split(" ", 1)[0])).toEqual([
      "APP_ID",
      "WEBHOOK_SECRET",
      "PORT",
    ]);
  });
});
