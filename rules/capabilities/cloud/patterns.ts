/** The most patterns that are tried as wider ones; no name of a cloud has as many parts. */
const MAX_WIDER = 40;

/** Where a pattern may be cut to make a wider one. */
const JOINT = /[:/._-]/gu;

/**
 * Patterns that certainly match all that `pattern` does, in which `*` stands for any text: its
 * beginnings, up to the first wildcard, each followed by `*`. `arn:aws:s3:::logs/a` lies in
 * `arn:aws:s3:::logs/*` and in `*`.
 */
export function widerPatterns(pattern: string): readonly string[] {
  const wild = pattern.search(/[*?]/u);
  const fixed = wild === -1 ? pattern : pattern.slice(0, wild);
  const wider: string[] = ["*"];
  for (const { index } of fixed.matchAll(JOINT)) {
    if (wider.length >= MAX_WIDER) break;
    wider.push(`${fixed.slice(0, index + 1)}*`);
  }
  if (wild !== -1) wider.push(`${fixed}*`);
  return wider.filter((one) => one !== pattern);
}

/**
 * Names of actions that include an action, in small letters: of `s3:GetObject` those are `*`,
 * `s3:*`, `s3:get*` and `s3:getobject*`. Words are told apart by their capitals.
 */
export function widerActions(action: string): readonly string[] {
  const colon = action.indexOf(":");
  if (colon === -1) return action === "*" ? [] : ["*"];
  const wild = action.search(/[*?]/u);
  const fixed = wild === -1 ? action : action.slice(0, wild);
  const wider = ["*"];
  for (const { index } of fixed.matchAll(/(?<=[a-z0-9:])(?=[A-Z])|(?<=:)|$/gu)) {
    if (wider.length >= MAX_WIDER) break;
    if (index > colon) wider.push(`${fixed.slice(0, index)}*`);
  }
  const own = action.toLowerCase();
  return [...new Set(wider.map((one) => one.toLowerCase()))].filter((one) => one !== own);
}
