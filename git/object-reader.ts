import { createHash, type Hash } from "node:crypto";
import { ByteStream } from "./byte-stream.ts";
import { GitError } from "./errors.ts";
import type { ObjectFormat } from "./own-directory.ts";
import { cannotStart, collectErrors, gitFailed, startGit, timedOutError } from "./run-git.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";

export interface ObjectInfo {
  readonly oid: string;
  readonly type: ObjectType;
  readonly sizeBytes: number;
}

interface ReadLimits {
  readonly type: ObjectType;
  /** Larger objects throw. */
  readonly maxBytes: number;
  /** What all of them may have together; more throws before it is kept. Default: any. */
  readonly maxTotalBytes?: number;
  /** Of larger objects only the first bytes are given. Default: all. */
  readonly keepBytes?: number;
}

/** Reads objects through one long-lived `git cat-file`, in batches. Calls may overlap; they queue. */
export interface ObjectReader extends AsyncDisposable {
  /** What each name (an id, or a revision without white space) stands for; null where nothing does. */
  info(names: readonly string[]): Promise<(ObjectInfo | null)[]>;
  /**
   * The bytes of objects of one type, in the order asked for.
   *
   * Content is hashed and compared with the id it was asked by: an object folder can hold anything.
   * Throws `MISSING_OBJECT`, `MALFORMED_OBJECT` (another type), `OBJECT_MISMATCH` and `TOO_LARGE`.
   */
  read(oids: readonly string[], limits: ReadLimits): Promise<Buffer[]>;
  /** The sha256 (hex) of blobs' contents, streamed, with the same checks. */
  contentDigests(oids: readonly string[]): Promise<string[]>;
}

export function openObjectReader(gitDir: string, format: ObjectFormat): ObjectReader {
  const conversation = new Conversation(gitDir);
  return {
    info: (names) =>
      conversation.ask(
        names.map((name) => `info ${name}`),
        readInfo,
      ),
    read: (oids, { type, maxBytes, maxTotalBytes = Infinity, keepBytes = Infinity }) => {
      let leftBytes = maxTotalBytes;
      return conversation.ask(contentsOf(oids), async (stream, index) => {
        const chunks: Buffer[] = [];
        let kept = 0;
        const most = Math.min(maxBytes, leftBytes);
        const wanted = { oid: oids[index] ?? "", type, maxBytes: most, format };
        await readContent(stream, wanted, (chunk) => {
          if (kept < keepBytes) chunks.push(chunk.subarray(0, keepBytes - kept));
          kept += chunk.length;
        });
        leftBytes -= kept;
        return Buffer.concat(chunks);
      });
    },
    contentDigests: (oids) =>
      conversation.ask(contentsOf(oids), async (stream, index) => {
        const digest = createHash("sha256");
        const wanted = {
          oid: oids[index] ?? "",
          type: "blob",
          maxBytes: Infinity,
          format,
        } as const;
        await readContent(stream, wanted, (chunk) => digest.update(chunk));
        return digest.digest("hex");
      }),
    [Symbol.asyncDispose]: () => conversation.end(),
  };
}

/** The id that git gives an object. */
export function objectId(format: ObjectFormat, type: ObjectType, content: Uint8Array): string {
  return objectHash(format, type, content.length).update(content).digest("hex");
}

const ARGS = ["cat-file", "--batch-command", "--buffer"] as const;
const BATCH = 1_000;
const MAX_LINE_BYTES = 64 * 1024;
const SILENCE_MS = 60_000;

type Answer<T> = (stream: ByteStream, index: number) => Promise<T>;

/** Commands go out in batches, answers come back in order; one batch at a time. */
class Conversation {
  readonly #gitDir: string;
  #process: ReturnType<typeof converse> | null = null;
  #ended = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(gitDir: string) {
    this.#gitDir = gitDir;
  }

  ask<T>(commands: readonly string[], answer: Answer<T>): Promise<T[]> {
    const result = this.#queue.then(() => this.#askAll(commands, answer));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#queue;
    await this.#process?.end();
    this.#process = null;
  }

  async #askAll<T>(commands: readonly string[], answer: Answer<T>): Promise<T[]> {
    const answers: T[] = [];
    if (this.#ended) throw new GitError("GIT_FAILED", "the repository is closed already");
    this.#process ??= converse(this.#gitDir);
    try {
      for (let start = 0; start < commands.length; start += BATCH) {
        const batch = commands.slice(start, start + BATCH);
        await this.#process.exchange(batch, async (stream, index) => {
          answers.push(await answer(stream, start + index));
        });
      }
      return answers;
    } catch (error) {
      // Half-read answers would be taken for those of the next question.
      await this.#process.end();
      this.#process = null;
      throw error;
    }
  }
}

function converse(gitDir: string) {
  const child = startGit({ gitDir, args: ARGS });
  const errors = collectErrors(child);
  const stream = new ByteStream(child.stdout);
  const ended = new Promise<GitError>((resolve) => {
    child.on("error", (error) => {
      resolve(cannotStart(error));
    });
    child.on("close", (status) => {
      resolve(gitFailed(ARGS, status, errors()));
    });
  });
  const end = () => {
    child.kill("SIGKILL");
    // A process counts as closed once its output is read, and nobody reads this any more.
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
    return ended;
  };
  let silence: NodeJS.Timeout | undefined;
  let timedOut = false;
  const exchange = async (commands: readonly string[], answer: Answer<void>) => {
    // A FIFO in place of a ref or an object would make git wait for ever.
    silence = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, SILENCE_MS);
    try {
      child.stdin.write(`${commands.join("\n")}\nflush\n`);
      for (const index of commands.keys()) {
        await answer(stream, index);
        silence.refresh();
      }
    } catch (error) {
      if (error instanceof GitError) throw error;
      const failure = await end();
      throw timedOut ? timedOutError(ARGS, SILENCE_MS) : failure;
    } finally {
      clearTimeout(silence);
    }
  };
  return { exchange, end };
}

function contentsOf(oids: readonly string[]): string[] {
  return oids.map((oid) => `contents ${oid}`);
}

/** `<oid> <type> <size>`, or `<name> missing`, `<name> ambiguous`. */
async function readInfo(stream: ByteStream): Promise<ObjectInfo | null> {
  const line = await stream.line(MAX_LINE_BYTES);
  const header = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d{1,15})$/.exec(line);
  if (header === null) return null;
  const [, oid = "", type, size] = header;
  return { oid, type: type as ObjectType, sizeBytes: Number(size) };
}

interface WantedObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly maxBytes: number;
  readonly format: ObjectFormat;
}

async function readContent(
  stream: ByteStream,
  wanted: WantedObject,
  sink: (chunk: Buffer) => void,
): Promise<void> {
  const info = await readInfo(stream);
  if (info === null) throw missingObject(wanted.oid);
  if (info.type !== wanted.type) {
    throw new GitError("MALFORMED_OBJECT", `${wanted.oid} is a ${info.type}, not a ${wanted.type}`);
  }
  if (info.sizeBytes > wanted.maxBytes) {
    const limit = `more than the ${wanted.maxBytes} bytes that may still be read`;
    throw new GitError("TOO_LARGE", `the ${info.type} ${wanted.oid} has ${limit}`);
  }
  const hash = objectHash(wanted.format, info.type, info.sizeBytes);
  await stream.pass(info.sizeBytes, (chunk) => {
    hash.update(chunk);
    sink(chunk);
  });
  await stream.line(0);
  if (hash.digest("hex") !== wanted.oid) {
    const what = `the object folder holds other content as ${wanted.oid}`;
    throw new GitError("OBJECT_MISMATCH", `${what}; run git fsck, and clone the repository again`);
  }
}

export function missingObject(oid: string): GitError {
  const remedy = "fetch it, or judge in a clone made without --filter and --depth";
  return new GitError("MISSING_OBJECT", `object ${oid} is not in the repository; ${remedy}`);
}

function objectHash(format: ObjectFormat, type: ObjectType, sizeBytes: number): Hash {
  return createHash(format).update(`${type} ${sizeBytes}\0`);
}
