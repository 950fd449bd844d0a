import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** What is parsed at once of a head: a GitHub's takes two or three. */
const HEAD_BYTES = 512;
/** And of a body that comes in chunks, whose end only the parser knows. */
const CHUNKED_BYTES = 4 * 1024;

/**
 * Lets each connection of a server carry one request; what is sent behind it is not read.
 *
 * Node parses all that a connection sent, thousands of requests in one turn, before it answers the
 * first: some megabytes of them from anybody would keep every other sender waiting for a minute.
 * Answers have to say `connection: close`.
 */
export function oneRequestEach(server: Server): void {
  const takers = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    const connection = new OneRequest(socket);
    for (const take of takers) take.call(server, connection);
  });
  server.prependListener("request", (request: IncomingMessage) => {
    const connection: Duplex = request.socket;
    if (connection instanceof OneRequest) connection.carry(request);
  });
  // Those that came in one piece with the first get a 503 of Node's own.
  server.maxRequestsPerSocket = 1;
}

/** A connection that is handed on a piece at a time, as far as its first request reaches. */
class OneRequest extends Duplex {
  readonly #socket: Socket;
  #isWanted = false;
  #request: IncomingMessage | null = null;
  /** What is still to come of a body whose length was announced. */
  #bodyBytes = 0;

  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    socket.on("readable", () => {
      this.#handOn();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  carry(request: IncomingMessage): void {
    this.#request = request;
    this.#bodyBytes = Number(request.headers["content-length"] ?? 0);
  }

  /** Node asks a connection for it when its last answer was written. */
  destroySoon(): void {
    this.end(() => this.destroy());
  }

  override _read(): void {
    this.#isWanted = true;
    this.#handOn();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.#socket.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #handOn(): void {
    if (!this.#isWanted || this.#request?.complete === true || this.destroyed) return;
    const isChunked = this.#request?.headers["transfer-encoding"] !== undefined;
    const most = Math.max(isChunked ? CHUNKED_BYTES : HEAD_BYTES, this.#bodyBytes);
    const size = Math.max(1, Math.min(most, this.#socket.readableLength));
    const piece = this.#socket.read(size) as Buffer | null;
    if (piece === null) return;
    this.#isWanted = false;
    this.#bodyBytes -= Math.min(piece.length, this.#bodyBytes);
    this.push(piece);
  }
}
