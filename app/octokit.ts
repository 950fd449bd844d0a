import { ProbotOctokit } from "probot";
import type { Log } from "./log.ts";
import { createWriteSpacing } from "./write-spacing.ts";

/** How often one request is sent again after a rate limit; the worker tries later still. */
const MAX_RATE_LIMIT_RETRIES = 3;
/** A longer wait is left to the worker: it keeps one place in the line, not a connection. */
const MAX_WAIT_SECONDS = 120;

type LimitedRequest = Readonly<{ method: string; url: string }>;

/**
 * Probot's octokit, with limits obeyed.
 *
 * Probot does not send a request again that met the secondary rate limit, and merges its own
 * options over an object given to `defaults`; only a function has the last word. The API's
 * version is pinned: later ones drop fields.
 */
export function octokitFor(options: { log: Log; writeSpacingMs: number }): typeof ProbotOctokit {
  const write = createWriteSpacing(options.writeSpacingMs);
  const onLimit = (
    waitSeconds: number,
    request: LimitedRequest,
    _octokit: unknown,
    tries: number,
  ) => {
    const again = tries < MAX_RATE_LIMIT_RETRIES && waitSeconds <= MAX_WAIT_SECONDS;
    options.log.warn("rate limit met", {
      url: `${request.method} ${request.url}`,
      waitMs: waitSeconds * 1000,
      outcome: again ? "sent again" : "given up",
    });
    return again;
  };
  const withLimits = (given: { throttle?: object }) => ({
    ...given,
    throttle: {
      ...given.throttle,
      write,
      onRateLimit: onLimit,
      onSecondaryRateLimit: onLimit,
    },
  });
  return ProbotOctokit.plugin(pinApiVersion).defaults(withLimits);
}

function pinApiVersion(octokit: Pick<ProbotOctokit, "hook">): void {
  octokit.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = "2022-11-28";
  });
}
