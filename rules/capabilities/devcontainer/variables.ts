/**
 * A value with the defaults of its variables, `${localEnv:DATA:/srv}` as `/srv`; what only a machine
 * knows stands as written, and so does somebody's home folder.
 *
 * Source: containers.dev/implementors/json_reference, "Variables in devcontainer.json".
 */
export function withDefaults(text: string): string {
  return text.replace(DEFAULTED, "$1");
}

const DEFAULTED =
  /\$\{(?:env|localEnv|containerEnv):(?!(?:HOME|USERPROFILE):)[^:{}]{1,200}:([^{}]{0,4000})\}/g;
