/**
 * Trouble on order, for the next `times` (default 1) requests that match, `after` so many (default none).
 *
 * `route` is a REST template (`/repos/{owner}/{repo}/check-runs`) or a git service (`git-receive-pack`);
 * without one every REST request matches, and no git request.
 */
export interface FaultOrder {
  readonly method?: string;
  readonly route?: string;
  readonly times?: number;
  readonly after?: number;
  readonly fault: Fault;
}

/**
 * What goes wrong. `secondary-rate-limit` answers as GitHub does (403, or 429 by `status`);
 * `lost-answer` does the work and then resets the connection; `meanwhile` lets a test do something before it is done;
 * `echo` answers with the headers that were sent, as a broken proxy might.
 */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  | {
      readonly kind: "secondary-rate-limit";
      readonly status?: 403 | 429;
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: "reset" }
  | { readonly kind: "lost-answer" }
  | { readonly kind: "echo"; readonly status: number }
  | { readonly kind: "meanwhile"; readonly act: () => unknown }
  | { readonly kind: "delay"; readonly delayMs: number };

/** The orders that stand, served first come first served. */
export class Faults {
  #orders: { readonly order: FaultOrder; before: number; left: number }[] = [];

  add(order: FaultOrder): void {
    this.#orders.push({ order, before: order.after ?? 0, left: order.times ?? 1 });
  }

  /** Drops the orders that were not used up. */
  forget(): void {
    this.#orders = [];
  }

  /** The fault for a REST request, used up by one. */
  take(method: string, route: string): Fault | null {
    return this.#use((order) => (order.route ?? route) === route && hasMethod(order, method));
  }

  /** The fault for a git request, which only an order that names its service reaches. */
  takeNamed(method: string, service: string): Fault | null {
    return this.#use((order) => order.route === service && hasMethod(order, method));
  }

  #use(matches: (order: FaultOrder) => boolean): Fault | null {
    const found = this.#orders.find(({ order }) => matches(order));
    if (found === undefined) return null;
    if (found.before > 0) {
      found.before -= 1;
      return null;
    }
    found.left -= 1;
    this.#orders = this.#orders.filter(({ left }) => left > 0);
    return found.order.fault;
  }
}

function hasMethod({ method }: FaultOrder, asked: string): boolean {
  return method === undefined || method.toUpperCase() === asked;
}
