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
  "package.json",
])("%s is none", (path) => {
  expect(isProse(path)).toBe(false);
});
