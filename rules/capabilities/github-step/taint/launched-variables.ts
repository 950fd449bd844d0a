import { onceForEach } from "../../once-for-each.ts";
import type { EnvLayer } from "../scope.ts";

/**
 * Variables whose text programs take for code, or for the name of code, when they start: nobody has
 * to read them in a script. Absent on purpose are those that only an interactive shell reads.
 *
 * Source: the manuals of bash ("Bash Startup Files"), ld.so(8), git(1), node(1), perlrun(1),
 * ruby(1) and java(1).
 */
const LAUNCHED = new Set([
  "BASH_ENV",
  "DYLD_INSERT_LIBRARIES",
  "GIT_EXTERNAL_DIFF",
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "JAVA_TOOL_OPTIONS",
  "JDK_JAVA_OPTIONS",
  "LD_PRELOAD",
  "NODE_OPTIONS",
  "PERL5OPT",
  "RUBYOPT",
]);

/** The entries of an `env` that programs run by themselves; Windows takes their names in any letters. */
export const launchedIn = onceForEach((layer: EnvLayer): EnvLayer =>
  layer.filter(({ key }) => LAUNCHED.has(key.text.toUpperCase())),
);
