import { respell } from "./expression-text.ts";
import { onceForEach } from "../once-for-each.ts";
import type { EnvLayer } from "./scope.ts";

/** The longest value that is put in place of a variable, and how much of that one script gets. */
const MAX_VALUE = 300;
const MAX_ADDED = 1024 * 1024;

/** What GitHub sets in each run. */
const GIVEN: ReadonlyMap<string, string> = new Map([
  ["GITHUB_API_URL", "https://api.github.com"],
  ["GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"],
  ["GITHUB_SERVER_URL", "https://github.com"],
  ["ACTIONS_ID_TOKEN_REQUEST_URL", "https://actions.githubusercontent.com/?"],
  ["ACTIONS_RUNTIME_URL", "https://actions.githubusercontent.com/?"],
  ["ACTIONS_RESULTS_URL", "https://actions.githubusercontent.com/?"],
  ["ACTIONS_CACHE_URL", "https://actions.githubusercontent.com/?"],
]);

/** What `github.…` gives, as far as it is an address. */
const CONTEXT: ReadonlyMap<string, string> = new Map([
  ["github.api_url", "https://api.github.com"],
  ["github.graphql_url", "https://api.github.com/graphql"],
  ["github.server_url", "https://github.com"],
]);

/** The variables that a shell puts into a text, `$URL`, `${URL}` and `$env:URL`, as written. */
export function variablesNamedIn(text: string): string[] {
  if (!text.includes("$")) return [];
  return Array.from(text.matchAll(/\$\{?(?:env:)?([a-z_]\w*)/gi), ([, name = ""]) => name);
}

/**
 * The variables of one script, by name in upper case: what `env` gives it, the outermost first,
 * and what it assigns itself. A reading that can be wrong: the order of the text counts, not the
 * way that a run takes.
 */
export class ShellVariables {
  readonly #assigned = new Map<string, string>();
  /** The innermost first. */
  readonly #values: readonly ReadonlyMap<string, string>[];
  #left = MAX_ADDED;

  constructor(env: readonly EnvLayer[]) {
    this.#values = [this.#assigned, ...env.map(valuesIn).reverse(), GIVEN];
  }

  assign(name: string, value: string): void {
    this.#assigned.set(name.toUpperCase(), value.slice(0, MAX_VALUE));
  }

  /**
   * A text with the variables in it that are known: `$URL`, `${URL}`, `${URL:-else}`, `$env:URL` and
   * `${{env.url}}`. Each is replaced once: what a value holds is not replaced again.
   */
  resolve(text: string): string {
    if (!text.includes("$")) return text;
    return text.replace(VARIABLE, (whole: string, ...found: unknown[]) => {
      const [context, braced, otherwise, plain] = found as (string | undefined)[];
      const known = CONTEXT.get(context ?? "");
      const name = context?.replace(/^env\./, "") ?? braced ?? plain ?? "";
      const value = known ?? this.#valueOf(name.toUpperCase()) ?? otherwise;
      if (value === undefined || this.#left < value.length) return whole;
      this.#left -= value.length;
      return value;
    });
  }

  #valueOf(name: string): string | undefined {
    return this.#values.find((values) => values.has(name))?.get(name);
  }
}

// A thousand steps have the same `env` around them.
const valuesIn = onceForEach((layer: EnvLayer): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  for (const { key, value } of layer) {
    if (value.type !== "scalar") continue;
    values.set(key.text.toUpperCase(), respell(value.text).slice(0, MAX_VALUE));
  }
  return values;
});

const VARIABLE =
  /\$\{\{((?:env|github)\.[a-z_]\w*)\}\}|\$\{(?:env:)?([a-z_]\w*)(?::?[-=]([^{}]*))?\}|\$(?:env:)?([a-z_]\w*)/gi;
