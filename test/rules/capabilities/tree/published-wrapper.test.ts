import { expect, test } from "vitest";
import {
  isGradleWrapper,
  isPublishedWrapper,
} from "../../../../rules/capabilities/tree/published-wrapper.ts";

// The wrappers of 4.10.2, of 7.6.2 to 7.6.6, and of 8.14 to 8.14.5.
test.each([
  "ad63ba21fb91e490e0f6fd0ca7d4049241f0f68a454b0b3075c041c4554e611c",
  "14dfa961b6704bb3decdea06502781edaa796a82e6da41cd2e1962b14fbe21a3",
  "7d3a4ac4de1c32b59bc6a4eb8ecb8e612ccd0cf1ae1e99f66902da64df296172",
])("Gradle published %s", (digest) => {
  expect(isPublishedWrapper(digest)).toBe(true);
  expect(isPublishedWrapper(digest.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).toBe(
    false,
  );
});

test.each([
  { path: "gradle/wrapper/gradle-wrapper.jar", is: true },
  { path: "java/gradle/wrapper/gradle-wrapper.jar", is: true },
  { path: "gradle-wrapper.jar", is: false },
  { path: "notgradle/wrapper/gradle-wrapper.jar", is: false },
  { path: "gradle/wrapper/gradle-wrapper.jar.sh", is: false },
])("$path is where gradlew looks: $is", ({ path, is }) => {
  expect(isGradleWrapper(path)).toBe(is);
});
