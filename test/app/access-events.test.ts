import { expect, test } from "vitest";
import { handleEvents } from "../../app/handlers.ts";

type Handler = (event: { id: string; name: string; payload: unknown }) => unknown;

/** Hands one event to whoever listens to it; answers the installations whose work was resumed. */
async function resumedBy(name: string, payload: object): Promise<readonly number[]> {
  const handlers = new Map<string, Handler>();
  const on = (names: string | readonly string[], handler: Handler) => {
    for (const each of [names].flat()) handlers.set(each, handler);
  };
  const resumed: number[] = [];
  handleEvents({ on } as never, {
    appId: 1,
    outbox: {
      pending: () => [],
      add: () => Promise.resolve(true),
      follow: () => Promise.resolve(),
      knows: () => false,
      done: () => Promise.resolve(),
      postpone: () => undefined,
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    onPull: () => undefined,
    onWork: () => undefined,
    onAccess: (installation) => resumed.push(installation),
  });
  const [event = ""] = name.split(".", 1);
  await handlers.get(name)?.({ id: "a", name: event, payload });
  return resumed;
}

const payload = { action: "any", installation: { id: 7 } };

test.each([
  "installation.new_permissions_accepted",
  "installation.unsuspend",
  "installation_repositories.added",
])("%s resumes the installation's work", async (name) => {
  expect(await resumedBy(name, payload)).toEqual([7]);
});

test.each(["installation.suspend", "installation.deleted", "installation_repositories.removed"])(
  "%s resumes nothing",
  async (name) => {
    expect(await resumedBy(name, payload)).toEqual([]);
  },
);

test("an event that names no installation is refused", async () => {
  await expect(resumedBy("installation.unsuspend", { action: "unsuspend" })).rejects.toMatchObject({
    code: "DELIVERY_STRANGE",
  });
});
