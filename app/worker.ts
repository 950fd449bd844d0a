import type { Log } from "./log.ts";
import type { Outbox } from "./outbox.ts";
import { createTurns } from "./turns.ts";
import { logFields, workIdentity, type WorkKey } from "./work-key.ts";

export interface WorkerOptions {
  readonly outbox: Outbox;
  /** Does the work. What it throws is tried again later. */
  readonly evaluate: (key: WorkKey) => Promise<void>;
  readonly log: Log;
  /** Waits before each further try; when all were used, the key rests until it is asked for or a restart. */
  readonly retryDelaysMs: readonly number[];
  readonly concurrency: number;
}

/** Takes keys out of the outbox: one at a time for a repository, a few at a time in all, by turns. */
export interface Worker {
  /** Looks for work: at the start, and after keys were `asked` for; those of them that rest no longer do. */
  wake(asked?: readonly WorkKey[]): void;
  /** Tries every key of an installation now, whatever it waits for: what stood in its way is gone. */
  resume(installation: number): void;
  /** Resolves when no work runs, waits for its turn, or waits to be tried again. */
  idle(): Promise<void>;
  /** Lets what runs end, and starts nothing more. The keys stay in the outbox. */
  stop(): Promise<void>;
}

export function startWorker(options: WorkerOptions): Worker {
  const state = new WorkerState(options);
  return {
    wake: (asked) => {
      state.wake(asked);
    },
    resume: (installation) => {
      state.resume(installation);
    },
    idle: () => state.idle(),
    stop: () => state.stop(),
  };
}

class WorkerState {
  readonly #options: WorkerOptions;
  readonly #turns = createTurns();
  readonly #running = new Map<WorkKey, Promise<void>>();
  /** Failed tries by key's identity; they hold for one delivery. `ready`: its wait is over. */
  readonly #failed = new Map<string, { delivery: string; tries: number; ready: boolean }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #waiters: (() => void)[] = [];
  #stopped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  wake(asked: readonly WorkKey[] = []): void {
    if (this.#stopped) return;
    for (const key of asked) this.#rouse(workIdentity(key));
    this.#fill();
    this.#tellWaiters();
  }

  resume(installation: number): void {
    const keys = this.#options.outbox.pending().filter((key) => key.installation === installation);
    for (const key of keys) this.#failed.delete(workIdentity(key));
    this.wake();
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#tellWaiters();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running.values());
    this.#tellWaiters();
  }

  #fill(): void {
    const { outbox, concurrency } = this.#options;
    if (this.#running.size >= concurrency) return;
    const waiting = outbox.pending().filter((key) => this.#mayRun(key));
    while (this.#running.size < concurrency) {
      const key = this.#turns.next(waiting, [...this.#running.keys()]);
      if (key === null) return;
      this.#start(key);
    }
  }

  /** One that still waits for its next try is left to it: else redeliveries would undo the waits. */
  #rouse(identity: string): void {
    const failure = this.#failed.get(identity);
    if (failure !== undefined && failure.tries > this.#options.retryDelaysMs.length)
      this.#failed.delete(identity);
  }

  #start(key: WorkKey): void {
    const work = this.#run(key).finally(() => {
      this.#running.delete(key);
      this.wake();
    });
    this.#running.set(key, work);
  }

  async #run(key: WorkKey): Promise<void> {
    const { evaluate, outbox } = this.#options;
    try {
      await evaluate(key);
      await outbox.done(key);
      this.#failed.delete(workIdentity(key));
    } catch (error) {
      this.#tryLater(key, error);
    }
  }

  #tryLater(key: WorkKey, error: unknown): void {
    const { log, outbox, retryDelaysMs } = this.#options;
    outbox.postpone(key);
    const tries = this.#triesOf(key) + 1;
    const waitMs = retryDelaysMs[tries - 1];
    log.error("evaluation failed", { ...logFields(key), tries, waitMs: waitMs ?? "rests", error });
    const failure = { delivery: key.delivery, tries, ready: false };
    this.#failed.set(workIdentity(key), failure);
    if (waitMs === undefined || this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      failure.ready = true;
      this.wake();
    }, waitMs);
    this.#timers.add(timer);
  }

  #triesOf(key: WorkKey): number {
    const failure = this.#failed.get(workIdentity(key));
    return failure?.delivery === key.delivery ? failure.tries : 0;
  }

  #mayRun(key: WorkKey): boolean {
    const failure = this.#failed.get(workIdentity(key));
    return failure?.delivery !== key.delivery || failure.ready;
  }

  #tellWaiters(): void {
    if (!this.#stopped && (this.#running.size > 0 || this.#isWaiting())) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  #isWaiting(): boolean {
    const { outbox, retryDelaysMs } = this.#options;
    return outbox.pending().some((key) => this.#triesOf(key) <= retryDelaysMs.length);
  }
}
