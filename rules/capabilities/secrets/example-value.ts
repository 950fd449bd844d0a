import type { FoundSecret } from "./found-secret.ts";

/** What people write where a secret would stand. By chance a token of 40 characters holds one in 10,000 times. */
const PLACEHOLDER =
  /example|sample|dummy|placeholder|change.?me|redacted|your[-_]|fake|test|foobar|replace|insert|xxxx|\*\*\*|\.\.\.|<[^>]{1,60}>|\$\{|\{\{|\$\(/i;

const PASSWORD_WORD =
  /^(?:my|the|some|db|super)?[-_]?(?:pass(?:word|wd|w|phrase)?|pwd|secret|token|key|user(?:name)?|admin|root|guest|postgres|mysql|mongo(?:db)?|mypassword|hunter2|letmein|x-oauth-basic|foo|bar|baz|abc|qwerty|s3cr3t|p4ssw0rd|p@ssw0rd)?[-_!0-9]{0,8}$/i;

/** Nobody elsewhere reaches it: this machine, a name without a dot, or one that RFC 2606 and 6761 reserve. */
const NOWHERE =
  /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|[^.]*|.*\.(?:example|test|invalid|localhost|local)|(?:.*\.)?example\.(?:com|org|net))$/i;

/** Fewer different characters than that are no random text of twenty. */
const MIN_VARIETY = 9;
const MIN_RANDOM = 20;
/** Characters that repeat, or count up, in a row. */
const MAX_ROW = 6;

/** Whether a credential is one that people write to show where a real one would stand. */
export function isExample({ name, value }: Pick<FoundSecret, "name" | "value">): boolean {
  if (name === "private key") return false;
  const inUrl = IN_URL.exec(value)?.groups;
  if (inUrl) return isExampleUrl(inUrl["password"] ?? "", inUrl["host"] ?? "");
  return PLACEHOLDER.test(value) || isMonotonous(value);
}

const IN_URL = /^[a-z+:]{1,20}:\/\/[^/:@]{1,256}:(?<password>[^@]{1,256})@(?<host>[^/:?]{0,256})/i;

function isExampleUrl(password: string, host: string): boolean {
  return PASSWORD_WORD.test(password) || PLACEHOLDER.test(password) || NOWHERE.test(host);
}

function isMonotonous(value: string): boolean {
  if (value.length >= MIN_RANDOM && new Set(value).size < MIN_VARIETY) return true;
  return longestRow(value, 0) > MAX_ROW || longestRow(value, 1) > MAX_ROW;
}

/** The longest row of characters that each are `step` after the one before. */
function longestRow(value: string, step: number): number {
  let [row, longest] = [1, 1];
  for (let at = 1; at < value.length; at += 1) {
    row = value.charCodeAt(at) - value.charCodeAt(at - 1) === step ? row + 1 : 1;
    longest = Math.max(longest, row);
  }
  return longest;
}
