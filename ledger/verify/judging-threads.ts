import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { LedgerError } from "../errors.ts";
import type { JudgedBatch, JudgingTerms } from "./judge-batch.ts";
import type { BatchBytes, Judges } from "./judges.ts";

export interface ThreadOptions {
  /** Default: one for each core. */
  readonly count?: number;
  /** What each thread runs. Default: `judging-thread` beside this file, built or not. */
  readonly script?: URL;
  /** How long a thread may take for one answer. */
  readonly silenceMs?: number;
}

/** The thread's file is built under the same name, beside whatever holds this one. */
const SCRIPT = new URL(`judging-thread${extname(import.meta.url)}`, import.meta.url);
const SILENCE_MS = 60_000;
/** The next one lies ready when a thread has answered. */
const AHEAD = 3;

/**
 * Judges on threads of their own.
 *
 * A thread that ends, throws or says nothing in time was trusted with lines that nobody judged:
 * everything asked of these judges from then on is rejected with JUDGING_FAILED.
 */
export function openJudgingThreads(terms: JudgingTerms, options: ThreadOptions = {}): Judges {
  const { count = availableParallelism(), script = SCRIPT, silenceMs = SILENCE_MS } = options;
  const threads = Array.from({ length: count }, () => new Thread(script, terms, silenceMs));
  return {
    atOnce: AHEAD * count,
    judge: (batches) => leastBusy(threads).judge(batches),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

function leastBusy([first, ...others]: readonly Thread[]): Thread {
  if (first === undefined) throw failed("there is no thread");
  return others.reduce((least, other) => (other.busy < least.busy ? other : least), first);
}

interface Question {
  readonly count: number;
  readonly resolve: (judged: readonly JudgedBatch[]) => void;
  readonly reject: (why: LedgerError) => void;
}

/** One worker; it answers in the order that it is asked in. */
class Thread {
  readonly #worker: Worker;
  readonly #silenceMs: number;
  readonly #open: Question[] = [];
  #failure: LedgerError | null = null;
  #silence: NodeJS.Timeout | undefined;

  constructor(script: URL, terms: JudgingTerms, silenceMs: number) {
    this.#silenceMs = silenceMs;
    this.#worker = new Worker(script, { workerData: terms });
    this.#worker.on("message", (judged: unknown) => {
      this.#answer(judged);
    });
    this.#worker.on("error", (error) => {
      this.#fail(failed("a thread broke off", { cause: error }));
    });
    this.#worker.on("messageerror", (error) => {
      this.#fail(failed("a thread's answer cannot be read", { cause: error }));
    });
    this.#worker.on("exit", () => {
      this.#fail(failed("a thread ended"));
    });
  }

  get busy(): number {
    return this.#open.length;
  }

  judge({ bytes, ends }: BatchBytes): Promise<readonly JudgedBatch[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly JudgedBatch[]>();
    if (this.#failure !== null) {
      reject(this.#failure);
      return promise;
    }
    this.#open.push({ count: ends.length, resolve, reject });
    this.#worker.postMessage({ bytes, ends }, [bytes.buffer]);
    if (this.#open.length === 1) this.#listen();
    return promise;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #answer(judged: unknown): void {
    const question = this.#open.shift();
    if (question === undefined) return;
    if (Array.isArray(judged) && judged.length === question.count) {
      question.resolve(judged as readonly JudgedBatch[]);
      this.#listen();
    } else {
      this.#open.unshift(question);
      this.#fail(failed("a thread gave no judgement of each batch"));
    }
  }

  /** Waits for the oldest answer, from now on. What keeps the process alive is the thread, not this clock. */
  #listen(): void {
    clearTimeout(this.#silence);
    if (this.#open.length === 0) return;
    this.#silence = setTimeout(() => {
      this.#fail(failed(`a thread gave no answer within ${this.#silenceMs} ms`));
    }, this.#silenceMs).unref();
  }

  #fail(why: LedgerError): void {
    this.#failure ??= why;
    for (const { reject } of this.#open.splice(0)) reject(this.#failure);
  }
}

function failed(what: string, options?: ErrorOptions): LedgerError {
  return new LedgerError("JUDGING_FAILED", `the records were not all judged: ${what}`, options);
}
