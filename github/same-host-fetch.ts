/** GitHub redirects once, to where a renamed repository is under its id. */
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);
/** Pages of a hundred items have some hundred kilobytes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** For an answer as a whole. GitHub itself gives up after 10 s. */
const ANSWER_TIMEOUT_MS = 60_000;

export interface SameHostFetchOptions {
  /** Ends every request, those to come too. */
  readonly ending: AbortSignal;
  readonly maxAnswerBytes?: number;
  readonly timeoutMs?: number;
  /** What sends one request; the platform's own by default. */
  readonly send?: Send;
}

type Send = (address: string, init: RequestInit) => Promise<Response>;

/**
 * Makes a `fetch` that follows redirects as GitHub means them: the same request again, method and
 * body too. Its answers are whole, and limited in size and time.
 *
 * Never to another origin. The platform's own way would leave the token behind there, and still
 * send the body and believe the answer. What is not followed, too large or too late is answered as
 * refused: octokit would take a body that breaks off for an empty one.
 */
export function createSameHostFetch(options: SameHostFetchOptions): Send {
  const { ending, maxAnswerBytes = MAX_ANSWER_BYTES, timeoutMs = ANSWER_TIMEOUT_MS } = options;
  const { send = fetch } = options;
  return async (address, init) => {
    const late = AbortSignal.timeout(timeoutMs);
    const given = init.signal ? [init.signal] : [];
    const signal = AbortSignal.any([late, ending, ...given]);
    try {
      return await wholeAnswer(await follow(send, address, { ...init, signal }), maxAnswerBytes);
    } catch (error) {
      if (!late.aborted || ending.aborted) throw error;
      return refused(400, `no whole answer within ${timeoutMs} ms`);
    }
  };
}

async function follow(send: Send, address: string, init: RequestInit): Promise<Response> {
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await send(url, { ...init, redirect: "manual" });
    if (!REDIRECTS.has(response.status)) return response;
    await response.body?.cancel();
    const target = URL.parse(response.headers.get("location") ?? "", url);
    if (target?.origin !== new URL(address).origin)
      return refused(403, "redirected to another host: not followed");
    url = target.href;
  }
  return refused(403, "redirected too often: not followed");
}

async function wholeAnswer(response: Response, maxBytes: number): Promise<Response> {
  const { status, statusText, headers } = response;
  if (response.body === null) return response;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body as ReadableStream<Uint8Array>) {
    size += piece.length;
    if (size > maxBytes) return refused(400, `the answer is larger than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return new Response(Buffer.concat(pieces), { status, statusText, headers });
}

/** 400 or 403: octokit sends what was refused no second time. */
function refused(status: 400 | 403, message: string): Response {
  return Response.json({ message }, { status });
}
