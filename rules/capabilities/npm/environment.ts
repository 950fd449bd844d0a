// ${NAME?}, ${NAME:-text}, ${NAME-text}
const DEFAULT = /\$\{[^${}?:-]+(?:\?|:?-([^{}]*))\}/g;

/**
 * A text as it is where nothing is set of what it takes from the environment: `${A?}b` is `b`, and
 * `${A:-b}` as well. What has no value of its own (`${A}`) stays.
 *
 * Source: npmjs.com/package/@npmcli/config; yarnpkg.com/configuration/yarnrc; pnpm.io/npmrc.
 */
export function withDefaults(text: string): string {
  return text.replace(DEFAULT, (_whole, otherwise = "") => String(otherwise));
}
