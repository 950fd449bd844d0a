import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { ENFORCED, openPull, openScene, POLICIES } from "./scene.ts";

/** Somebody in GitHub's place who takes requests and never ends an answer. */
async function openEndlessPeer(): Promise<{ url: string; asked: number } & Disposable> {
  const server = createServer((_request, response) => {
    peer.asked += 1;
    response.writeHead(200, { "content-type": "application/json" });
    response.write("[");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const peer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: 0,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
  return peer;
}

test("a peer who does not end does not keep the App from stopping", async () => {
  await using scene = await openScene();
  const repository = await scene.repository("shop", { [POLICIES]: ENFORCED });
  using peer = await openEndlessPeer();
  await scene.stopApp();
  await scene.startApp({ GITHUB_API_URL: peer.url }, { requestTimeoutMs: 200 });
  const { head } = await openPull(repository, { "README.md": "hi\n" });
  await scene.github.deliveries.settled();
  await expect.poll(() => peer.asked).toBeGreaterThan(0);
  const began = performance.now();
  await scene.stopApp();
  expect(performance.now() - began).toBeLessThan(5_000);
  await scene.startApp();
  await scene.settled();
  expect(repository.checkRuns(head).map(({ conclusion }) => conclusion)).toEqual(["success"]);
});
