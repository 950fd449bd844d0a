import { expect, test } from "vitest";
import { isProse } from "../../../../rules/capabilities/tree/prose-paths.ts";

test.each([
  "README.md",
  "docs/a.RST",
  "LICENSE",
  "po/ru.po",
  "subs/a.srt",
  "docs/output.ansi",
  "locales/ru.json",
  "src/i18n/el.yml",
  "app/src/main/res/values-ru/strings.xml",
  "ios/ru.lproj/a.properties",
  "i18n/a.htm",
  "i18n/a.html",
])("%s is prose", (path) => {
  expect(isProse(path)).toBe(true);
});

test.each([
  "src/a.js",
  "md",
  "a.md.js",
  "readme.py",
  "config/ru.json",
  "src/i18n/load.ts",
  "locales.json",
  "oldreadme",
  "readme2",
  "locales/a.json.js",
  "my-locales/ru.json",
  "locales-old/ru.json",
  "package.json",
])("%s is none", (path) => {
  expect(isProse(path)).toBe(false);
});

test.each([
  ...["locale", "locales", "i18n", "l10n", "lang", "langs", "language", "languages"],
  ...["translation", "translations", "_locales", "nls", "LC_MESSAGES", "values-zh-rTW"],
])("data in a folder %s are prose", (folder) => {
  expect(isProse(`src/${folder}/ru/app.json`)).toBe(true);
});
