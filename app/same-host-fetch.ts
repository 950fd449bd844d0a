/** GitHub redirects once, to where a renamed repository is under its id. */
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * `fetch`, following redirects as GitHub means them: the same request again, method and body too.
 *
 * Never to another origin. The platform's own way would leave the token behind there, and still
 * send the body and believe the answer. What is not followed is answered as refused.
 */
export async function sameHostFetch(address: string, init: RequestInit): Promise<Response> {
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(url, { ...init, redirect: "manual" });
    if (!REDIRECTS.has(response.status)) return response;
    await response.body?.cancel();
    const target = URL.parse(response.headers.get("location") ?? "", url);
    if (target?.origin !== new URL(address).origin) return refused("to another host");
    url = target.href;
  }
  return refused("too often");
}

/** 403: octokit sends what was refused no second time. */
function refused(why: string): Response {
  return Response.json({ message: `redirected ${why}: not followed` }, { status: 403 });
}
