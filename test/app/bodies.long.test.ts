import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KillableApp, startKillableApp } from "./killable-app.ts";
import { headersFor, PATH, requestHead, SECRET } from "./listening.ts";

const MIB = 1024 * 1024;
/**
 * Idle it takes a good hundred, and bodies may take another hundred; garbage waits to be collected,
 * for longer on a busy machine. What is kept out is two to twenty gigabytes.
 */
const MOST_MIB = 800;
const MARKER = "payload-marker";

let folder: string;
let app: KillableApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bailiff-bodies-"));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  app = await startKillableApp({
    APP_ID: "1",
    PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: "http://127.0.0.1:9",
    DATA_DIR: folder,
    LOG_LEVEL: "debug",
  });
});

afterAll(async () => {
  await app.end("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

const block = Buffer.alloc(MIB, MARKER);
const oneByteChunks = Buffer.from("1\r\nx\r\n".repeat(200_000));
const bomb = gzipSync(Buffer.alloc(200 * MIB));

interface Flood {
  readonly when: string;
  readonly senders: number;
  readonly head: string;
  readonly piece: Buffer;
  readonly pieces: number;
}

const floods: readonly Flood[] = [
  {
    when: "a hundred of 30 MB, announced",
    senders: 100,
    head: requestHead(`content-length: ${30 * MIB}`),
    piece: block,
    pieces: 30,
  },
  {
    when: "a hundred of 30 MB, in chunks",
    senders: 100,
    head: requestHead("transfer-encoding: chunked"),
    piece: Buffer.concat([Buffer.from("100000\r\n"), block, Buffer.from("\r\n")]),
    pieces: 30,
  },
  {
    when: "a hundred that stop before their end",
    senders: 100,
    head: requestHead(`content-length: ${20 * MIB}`),
    piece: block,
    pieces: 19,
  },
  {
    when: "twenty in a million chunks of one byte",
    senders: 20,
    head: requestHead("transfer-encoding: chunked"),
    piece: oneByteChunks,
    pieces: 5,
  },
  {
    when: "a hundred that unpack to 200 MB",
    senders: 100,
    head: requestHead("content-encoding: gzip", `content-length: ${bomb.length}`),
    piece: bomb,
    pieces: 1,
  },
  {
    when: "two thousand whose head never ends",
    senders: 2_000,
    head: `POST ${PATH} HTTP/1.1\r\nx-a: `,
    piece: Buffer.from("b"),
    pieces: 5,
  },
];

/** Sends one flood's request, piece after piece as they are taken. */
function flood({ head, piece, pieces }: Flood): Socket {
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
  let left = pieces;
  const more = () => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(piece)) return;
    }
  };
  socket.on("error", () => undefined);
  socket.on("drain", more);
  socket.on("data", () => undefined);
  socket.write(head);
  more();
  return socket;
}

/** On a connection of its own, as GitHub does: the oldest ones give way to a flood of new ones. */
async function deliver(): Promise<number> {
  const body = JSON.stringify({ zen: MARKER, x: "x".repeat(50_000) });
  const headers = { ...headersFor(body), "x-github-event": "ping", connection: "close" };
  const response = await fetch(`${app.url}${PATH}`, { method: "POST", headers, body });
  await response.body?.cancel();
  return response.status;
}

describe.skipIf(process.platform !== "linux")("requests without the secret", () => {
  test.each(floods)(
    "$when: memory stays bounded, and signed deliveries are taken meanwhile",
    async (wave) => {
      app.forgetPeak();
      const sockets = Array.from({ length: wave.senders }, () => flood(wave));
      const statuses: number[] = [];
      const until = Date.now() + 8_000;
      try {
        while (Date.now() < until) {
          statuses.push(await deliver());
          await pause(100);
        }
      } finally {
        for (const socket of sockets) socket.destroy();
      }
      expect(new Set(statuses)).toEqual(new Set([202]));
      expect(app.peakMiB()).toBeLessThan(MOST_MIB);
      console.log(`${wave.when}: peak ${Math.round(app.peakMiB())} MiB`);
    },
  );

  test("none of it reached the log", () => {
    expect(app.output()).toContain('"status":413');
    expect(app.output()).not.toContain(MARKER);
  });
});
