import { expect, test } from "vitest";
import { headersFor, openListening, requestHead } from "./listening.ts";

const MIB = 1024 * 1024;
/** Less than a body may be, by so little that four of them leave no room for another. */
const HELD = 25 * MIB - 64 * 1024;
const PATIENCE = { requestTimeoutMs: 20_000 };

test("bodies that are held back until memory is spent give way to a signed one", async () => {
  await using listening = await openListening(PATIENCE);
  const body = Buffer.alloc(HELD, "x");
  const held = Array.from({ length: 5 }, () =>
    listening.write(requestHead(`content-length: ${HELD + 1}`), body),
  );
  const statuses = () => held.flatMap((connection) => connection.statuses);
  await expect.poll(statuses, { timeout: 15_000 }).toEqual([503]);
  // As large as theirs: all that they sent was read before the whole of it is.
  expect(await listening.post(`{"x":"${"x".repeat(24 * MIB)}"}`)).toBe(202);
  expect(listening.lines.join("\n")).not.toContain("xx");
});

test("the room of bodies that were refused or cut off is free again", async () => {
  await using listening = await openListening(PATIENCE);
  const body = Buffer.alloc(24 * MIB, "x");
  for (let round = 0; round < 3; round += 1) {
    expect(await listening.post(body, headersFor("{}"))).toBe(401);
    const cut = listening.write(requestHead("content-length: 25000000"), body);
    await new Promise((resolve) => setTimeout(resolve, 100));
    cut.socket.destroy();
  }
  expect(await listening.post(`{"x":"${"x".repeat(20 * MIB)}"}`)).toBe(202);
  expect(listening.lines.join("\n")).not.toContain("503");
});

test("hundreds of heads that never end keep nothing out, and end in time", async () => {
  await using listening = await openListening();
  const head = requestHead("content-length: 2").slice(0, 60);
  const slow = Array.from({ length: 300 }, () => listening.write(head));
  expect(await listening.post("{}")).toBe(202);
  await Promise.all(slow.map(({ closed }) => closed));
  expect(new Set(slow.flatMap(({ statuses }) => statuses))).toEqual(new Set([408]));
});

test("senders who never come to an end do not keep the App from stopping", async () => {
  await using listening = await openListening({ requestTimeoutMs: 300_000 });
  const head = requestHead("content-length: 25000000");
  const slow = [listening.write(), listening.write(head.slice(0, 60)), listening.write(head, "x")];
  expect(await listening.post("{}")).toBe(202);
  await listening.stop(100);
  await Promise.all(slow.map(({ closed }) => closed));
  expect(slow.flatMap(({ statuses }) => statuses)).toEqual([]);
});

test("of more than a thousand connections the oldest are closed, and a signed delivery is taken", async () => {
  await using listening = await openListening({ requestTimeoutMs: 300_000 });
  const idle = [];
  for (let count = 0; count < 1_100; count += 1) {
    idle.push(listening.write());
    if (count % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await listening.post("{}")).toBe(202);
  await idle[0]?.closed;
  expect(idle.at(-1)?.socket.destroyed).toBe(false);
});

test.each([
  { first: "", when: "at once" },
  { first: requestHead("content-length: 0"), when: "behind a body of no length" },
  { first: `${requestHead("transfer-encoding: chunked")}0\r\n\r\n`, when: "behind a chunked body" },
])(
  "requests sent ahead of their answers do not keep a signed delivery waiting: $when",
  async ({ first }) => {
    await using listening = await openListening(PATIENCE);
    const ahead = "GET / HTTP/1.1\r\nHost:\r\n\r\n".repeat(5_000);
    const senders = Array.from({ length: 100 }, () => listening.write(first + ahead));
    const began = performance.now();
    expect(await listening.post("{}")).toBe(202);
    await Promise.all(senders.map(({ closed }) => closed));
    expect(performance.now() - began).toBeLessThan(5_000);
    for (const { statuses } of senders) expect(statuses.length).toBeLessThan(200);
  },
);

test("a hundred small deliveries at once are all taken", async () => {
  await using listening = await openListening(PATIENCE);
  const bodies = Array.from({ length: 100 }, (_, index) => `{"x":${index}}`);
  const statuses = await Promise.all(bodies.map((body) => listening.post(body)));
  expect(new Set(statuses)).toEqual(new Set([202]));
  expect(listening.delivered.map(({ body }) => body).toSorted()).toEqual(bodies.toSorted());
});
