import { request } from "node:http";

export interface Post {
  readonly url: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Posts bytes on a connection of their own and answers the status; rejects where none came in time. */
export function post({ url, body, headers, timeoutMs }: Post): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const length = { "content-length": String(body.length) };
    const options = { method: "POST", agent: false, signal, headers: { ...length, ...headers } };
    const sent = request(url, options, (response) => {
      response.on("error", reject);
      response.on("end", () => {
        resolve(response.statusCode ?? 0);
      });
      response.resume();
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
