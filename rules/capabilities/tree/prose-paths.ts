/** Formats of prose, of texts beside their translations, and of what a terminal showed. */
const PROSE =
  /\.(?:md|mdx|markdown|txt|rst|adoc|asciidoc|org|tex|po|pot|xlf|xliff|arb|ftl|resx|strings|srt|vtt|csv|tsv|ansi)$/;

/** Files of prose that carry no extension. */
const PROSE_NAME =
  /^(?:readme|license|licence|copying|changelog|changes|history|news|authors|contributors|maintainers|notice|thanks)$/;

const DATA = /\.(?:json|json5|jsonc|ya?ml|toml|xml|properties|ini|html?|lang)$/;

const TRANSLATIONS =
  /^(?:locales?|i18n|l10n|lang|langs|languages?|translations?|_locales|nls|lc_messages|values-.+|.+\.lproj)$/;

/**
 * Whether a path is one of prose, which mixes scripts lawfully, or of data in a folder of
 * translations. Code in such a folder is code.
 */
export function isProse(path: string): boolean {
  const names = path.toLowerCase().split("/");
  const name = names.pop() ?? "";
  if (PROSE.test(name) || PROSE_NAME.test(name)) return true;
  return DATA.test(name) && names.some((folder) => TRANSLATIONS.test(folder));
}
