/**
 * The labels of the machines that GitHub itself runs. The versions of their systems come and go, so
 * any is taken; larger runners have names of their own, which only an organization knows.
 *
 * Source: docs.github.com, "GitHub-hosted runners reference".
 */
const HOSTED = [
  /^ubuntu-(?:latest|slim|\d{2}\.\d{2})(?:-arm)?$/,
  /^windows-(?:latest|\d{4}(?:-vs\d{4})?|\d{2})(?:-arm)?$/,
  /^macos-(?:latest|\d{2}(?:\.\d{1,2})?)(?:-intel|-large|-xlarge)?$/,
];

/** What every self-hosted machine is labelled with besides, and none of GitHub's own. */
const SELF_HOSTED = new Set(["self-hosted", "linux", "macos", "windows", "arm", "arm64", "x64"]);

/** Whether only self-hosted machines have a label, given in lower case, unless somebody named one so. */
export function isSelfHosted(label: string): boolean {
  return SELF_HOSTED.has(label);
}

/** Whether GitHub itself runs the machines with this label, given in lower case. */
export function isHosted(label: string): boolean {
  return HOSTED.some((pattern) => pattern.test(label));
}
