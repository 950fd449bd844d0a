/**
 * `node bench/bare-crypto.ts SIGNATURES RECORDS LINE_BYTES SIGNED_BYTES`: what no verification can do
 * without, on all cores, and nothing else. For each signature Ed25519 over SIGNED_BYTES; for each
 * record the SHA-256 of its line, of its leaf and of an inner node.
 */
import { hash, verify } from "node:crypto";
import { availableParallelism } from "node:os";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { generateSigningKey } from "../ledger/format/keys.ts";

interface Share {
  readonly signatures: number;
  readonly records: number;
  readonly lineBytes: number;
  readonly signedBytes: number;
}

if (isMainThread) {
  const [signatures = 0, records = 0, lineBytes = 0, signedBytes = 0] = process.argv
    .slice(2)
    .map(Number);
  const threads = availableParallelism();
  for (let thread = 0; thread < threads; thread += 1) {
    const share: Share = {
      signatures: Math.ceil(signatures / threads),
      records: Math.ceil(records / threads),
      lineBytes,
      signedBytes,
    };
    new Worker(new URL(import.meta.url), { workerData: share });
  }
} else {
  work(workerData as Share);
}

function work({ signatures, records, lineBytes, signedBytes }: Share): void {
  const { key } = generateSigningKey();
  const signed = new Uint8Array(signedBytes).fill(7);
  const signature = key.sign(signed);
  const [line, leaf, node] = [lineBytes, 89, 65].map((size) => new Uint8Array(size).fill(7));
  for (let done = 0; done < Math.max(signatures, records); done += 1) {
    if (done < signatures) verify(null, signed, key.public.object, signature);
    if (done >= records) continue;
    for (const bytes of [line, leaf, node]) hash("sha256", bytes ?? signed, "buffer");
  }
}
