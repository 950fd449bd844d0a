import type { GitHubClient } from "../../github/client.ts";

export interface FakeRequest {
  readonly route: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface FakeClient {
  readonly client: GitHubClient;
  readonly requests: readonly FakeRequest[];
}

/** Answers by route, from data or from a function of the parameters; records what was asked. */
export function fakeClient(
  answers: Readonly<Record<string, (params: FakeRequest["params"]) => unknown>>,
): FakeClient {
  const requests: FakeRequest[] = [];
  const request = (route: string, params: FakeRequest["params"]) => {
    requests.push({ route, params });
    const answer = answers[route];
    if (answer === undefined) return Promise.reject(httpError(404));
    return Promise.resolve().then(() => ({ status: 200, headers: {}, data: answer(params) }));
  };
  return { client: { request } as unknown as GitHubClient, requests };
}

export function httpError(status: number): Error {
  return Object.assign(new Error(`HTTP ${status}`), { status });
}
