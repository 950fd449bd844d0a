/** One REST request. `actor`: `app:ID`, `installation:ID`, `user:LOGIN` or `anonymous`. */
export interface LoggedRequest {
  readonly method: string;
  /** The route's template, or the bare path where none matched. */
  readonly route: string;
  readonly path: string;
  readonly actor: string;
  readonly at: Date;
  /** 0 where the connection was reset. */
  readonly status: number;
}

/** One git request over HTTP. */
export interface LoggedGitRequest {
  readonly repository: string;
  readonly service: "git-upload-pack" | "git-receive-pack" | "unknown";
  readonly method: string;
  readonly actor: string;
  readonly at: Date;
  readonly status: number;
}

/** A request that GitHub's description, or a limit that it does not state, refuses. */
export interface Violation {
  readonly method: string;
  readonly route: string;
  readonly problem: string;
}

/** What was asked of the server, for tests to count. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly gitRequests: LoggedGitRequest[] = [];
  readonly violations: Violation[] = [];
  readonly authorizations = new Set<string>();

  /** Forgets requests; violations stay. */
  forgetRequests(): void {
    this.requests.length = 0;
    this.gitRequests.length = 0;
  }
}
