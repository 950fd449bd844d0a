import { pathsIn } from "./expression-text.ts";
import { onceForEach } from "../once-for-each.ts";
import type { EnvLayer, StepScope } from "./scope.ts";
import { variablesNamedIn } from "./shell-variables.ts";
import type { Step } from "./step.ts";
import type { Script } from "./step-script.ts";

/** What a step can read that nobody else should. */
export interface StepSecrets {
  /** Those in its own script, and in each `env` that it is given. */
  readonly held: readonly HeldSecrets[];
  /** Whether its script reads the environment as a whole, or files that keep credentials. */
  readonly dumps: boolean;
}

/** Secrets in one place. */
interface HeldSecrets {
  /** As `secrets.name`, in lower case; the run's own token is `github.token`. */
  readonly paths: ReadonlySet<string>;
  /** The variables that hold them, in upper case. */
  readonly variables: ReadonlySet<string>;
}

/** Finds a step's secrets, in the environment around it and in its own. */
export function secretsOf(scope: StepScope, step: Step, scripts: readonly Script[]): StepSecrets {
  const own = step.run ? secretPaths(step.run.text) : [];
  return {
    held: [
      { paths: new Set(own), variables: new Set() },
      ...[...scope.env, step.env].map(secretsHeld),
    ],
    dumps: scripts.some((script) => script.some(isDump)),
  };
}

// A thousand steps have the same `env` around them.
const secretsHeld = onceForEach((layer: EnvLayer): HeldSecrets => {
  const paths = new Set<string>();
  const variables = new Set<string>();
  for (const { key, value } of layer) {
    const found = value.type === "scalar" ? secretPaths(value.text) : [];
    for (const path of found) paths.add(path);
    if (found.length > 0) variables.add(key.text.toUpperCase());
  }
  return { paths, variables };
});

/** Whether a text holds a secret: an expression, or a variable that has one. */
export function holdsSecret(text: string, { held }: StepSecrets): boolean {
  if (secretPaths(text).length > 0) return true;
  return variablesNamedIn(text).some((name) =>
    held.some(({ variables }) => variables.has(name.toUpperCase())),
  );
}

// A whole context holds them too: `toJSON(secrets)`, `toJSON(github)`.
function secretPaths(text: string): string[] {
  return pathsIn(text).filter((path) =>
    /^(?:secrets(?:\..*)?|github|github\.(?:\*|token))$/s.test(path),
  );
}

const CREDENTIALS =
  /(?:^|[/~])(?:\.ssh(?:\/|$)|\.aws\/|\.docker\/config|\.kube\/config|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.git\/config|\.gnupg|proc\/[^/]+\/environ|etc\/(?:passwd|shadow))/;

// `env`, `printenv`, `set`, `cat /proc/self/environ`, `~/.ssh/id_rsa`
function isDump({ name, called, args, written }: Script[number]): boolean {
  const lists = name === "printenv" || (name === "set" && args.length === 0);
  const isEnvironment = !called && written[0] === "env";
  return lists || isEnvironment || args.some(({ text }) => CREDENTIALS.test(text));
}
