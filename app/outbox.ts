import { Low } from "lowdb";
import * as z from "zod";
import { durableJsonFile } from "./durable-json-file.ts";
import { AppError } from "./errors.ts";
import { workIdentity, type WorkKey } from "./work-key.ts";

/** GitHub redelivers by hand and for three days at most: more ids than a busy day brings. */
const REMEMBERED_DELIVERIES = 5_000;

/** What is still to be judged, on disk. One instance a file: it holds the truth in memory. */
export interface Outbox {
  /** Keys that wait, oldest first. */
  pending(): readonly WorkKey[];
  /** Whether a delivery was seen before. */
  knows(delivery: string): boolean;
  /**
   * Puts keys of one delivery on disk, each in the place of an older one for the same pull
   * request or branch. Resolves once they are there; false where the delivery was seen before.
   */
  add(delivery: string, keys: readonly WorkKey[]): Promise<boolean>;
  /** Puts keys on disk that the work of another one brought up, each in the place of an older one. */
  follow(keys: readonly WorkKey[]): Promise<void>;
  /**
   * Takes a key off whose work ended. Where a later delivery asked for it again meanwhile, it
   * goes behind all that wait.
   */
  done(key: WorkKey): Promise<void>;
  /** Puts a key behind all that wait: its turn ended without success. */
  postpone(key: WorkKey): void;
}

const origin = {
  installation: z.int(),
  repository: z.strictObject({ id: z.string(), owner: z.string(), name: z.string() }),
  reason: z.string(),
  delivery: z.string(),
};

const stored = z.strictObject({
  version: z.literal(1),
  deliveries: z.array(z.string()),
  keys: z.array(
    z.union([
      z.strictObject({ ...origin, pull: z.int() }),
      z.strictObject({ ...origin, branch: z.string() }),
    ]),
  ),
});

type Stored = z.infer<typeof stored>;

/** Opens the outbox in `path`, empty where there is no file yet. Throws `OUTBOX_UNREADABLE`. */
export async function openOutbox(path: string): Promise<Outbox> {
  const database = await readStored(path);
  const { keys, deliveries } = database.data;
  const waiting = new Map(keys.map((key) => [workIdentity(key), key]));
  const seen = new Set(deliveries);
  const save = oneAtATime(async () => {
    database.data = { version: 1, deliveries: [...seen], keys: [...waiting.values()] };
    await database.write();
  });
  return {
    pending: () => [...waiting.values()],
    knows: (delivery) => seen.has(delivery),
    async add(delivery, added) {
      if (seen.has(delivery)) {
        // The first of the two may still be on its way to the disk.
        await save();
        return false;
      }
      for (const key of added) waiting.set(workIdentity(key), key);
      remember(seen, delivery);
      await save().catch((error: unknown) => {
        // GitHub hears of a failure and may deliver it again: that must not count as a repetition.
        seen.delete(delivery);
        throw error;
      });
      return true;
    },
    async follow(keys) {
      for (const key of keys) waiting.set(workIdentity(key), key);
      await save();
    },
    async done(key) {
      if (waiting.get(workIdentity(key))?.delivery !== key.delivery) {
        moveToEnd(waiting, workIdentity(key));
        return;
      }
      waiting.delete(workIdentity(key));
      await save();
    },
    postpone(key) {
      moveToEnd(waiting, workIdentity(key));
    },
  };
}

/** Else whoever keeps sending events for one pull request would keep its place, and all others waiting. */
function moveToEnd(waiting: Map<string, WorkKey>, identity: string): void {
  const key = waiting.get(identity);
  if (key === undefined) return;
  waiting.delete(identity);
  waiting.set(identity, key);
}

async function readStored(path: string): Promise<Low<Stored>> {
  const database = new Low<Stored>(durableJsonFile(path), {
    version: 1,
    deliveries: [],
    keys: [],
  });
  try {
    await database.read();
    database.data = stored.parse(database.data);
    return database;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function remember(seen: Set<string>, delivery: string): void {
  seen.add(delivery);
  for (const oldest of seen) {
    if (seen.size <= REMEMBERED_DELIVERIES) return;
    seen.delete(oldest);
  }
}

/** Runs saves one after the other; those asked for while one runs share the next. */
function oneAtATime(save: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        running = save();
        return running;
      });
    return next;
  };
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError(
    "OUTBOX_UNREADABLE",
    `${path} is not an outbox that this version can read`,
    "Move the file away and start again, then redeliver recent events from the App's settings (Advanced).",
    { cause },
  );
}
