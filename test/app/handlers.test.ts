import { expect, test } from "vitest";
import { handleEvents } from "../../app/handlers.ts";

type Handler = (event: { id: string; name: string; payload: unknown }) => unknown;

/** Hands one event to whoever listens to it; answers what came of it, in that order. */
async function heard(
  name: string,
  payload: object,
  { seenBefore = false } = {},
): Promise<readonly string[]> {
  const handlers = new Map<string, Handler>();
  const on = (names: string | readonly string[], handler: Handler) => {
    for (const each of [names].flat()) handlers.set(each, handler);
  };
  const steps: string[] = [];
  handleEvents({ on } as never, {
    appId: 1,
    outbox: {
      pending: () => [],
      add: (_delivery, keys) => {
        steps.push(`${keys.length} on disk`);
        return Promise.resolve(!seenBefore);
      },
      follow: () => Promise.resolve(),
      knows: () => seenBefore,
      done: () => Promise.resolve(),
      postpone: () => undefined,
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    onPull: ({ pull }, head) => steps.push(`hold ${pull} ${head.slice(0, 7)}`),
    onWork: (keys) => steps.push(`${keys.length} to be judged`),
    onAccess: (installation) => steps.push(`resume ${installation}`),
  });
  const [event = ""] = name.split(".", 1);
  await handlers.get(name)?.({ id: "a", name: event, payload });
  return steps;
}

const access = { action: "any", installation: { id: 7 } };

test.each([
  "installation.new_permissions_accepted",
  "installation.unsuspend",
  "installation_repositories.added",
])("%s resumes the installation's work", async (name) => {
  expect(await heard(name, access)).toEqual(["resume 7"]);
});

test.each(["installation.suspend", "installation.deleted", "installation_repositories.removed"])(
  "%s resumes nothing",
  async (name) => {
    expect(await heard(name, access)).toEqual([]);
  },
);

test("an event that names no installation is refused", async () => {
  await expect(heard("installation.unsuspend", { action: "unsuspend" })).rejects.toMatchObject({
    code: "DELIVERY_STRANGE",
  });
});

const pull = {
  action: "edited",
  installation: { id: 7 },
  repository: { id: 99, name: "shop", owner: { login: "acme" } },
  pull_request: { number: 42, head: { sha: "a".repeat(40) } },
};

test("a pull request's head is held before its key is there to be taken", async () => {
  expect(await heard("pull_request.edited", pull)).toEqual([
    "hold 42 aaaaaaa",
    "1 on disk",
    "1 to be judged",
  ]);
});

test("a delivery that was seen before holds nothing, and asks for what may rest", async () => {
  const steps = await heard("pull_request.edited", pull, { seenBefore: true });
  expect(steps).toEqual(["1 on disk", "1 to be judged"]);
});

test("a pull request whose head is not told is judged all the same", async () => {
  const untold = { ...pull, pull_request: { number: 42 } };
  expect(await heard("pull_request.edited", untold)).toEqual(["1 on disk", "1 to be judged"]);
});
