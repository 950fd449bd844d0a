import type { Condition, Principal } from "./statement.ts";

/** Whom a policy trusts, from those who are its own to everybody. */
export const TRUST_LEVELS = ["internal", "account", "federated", "anyone"] as const;

export type TrustLevel = (typeof TRUST_LEVELS)[number];

/** Keys of conditions that leave only known callers; as AWS tells a public policy from one that is not. */
const CALLER_KEYS = new Set([
  ...["aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn"],
  ...["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceowner", "aws:sourcevpc"],
  ...[
    "aws:sourcevpce",
    "aws:userid",
    "aws:username",
    "kms:calleraccount",
    "kms:viaservice",
    "s3:dataaccesspointaccount",
  ],
]);

/** Providers of identities to everybody who signs up: without a subject, all of them are trusted. */
const PUBLIC_PROVIDER =
  /(?:^|\/)(?:token\.actions\.githubusercontent|gitlab|accounts\.google|graph\.facebook|www\.amazon|cognito-identity\.amazonaws|oidc\.circleci|agent\.buildkite|app\.terraform|api\.bitbucket|oidc\.vercel)\.(?:com|io|org)(?:[/:]|$)/u;

/** A principal under one name: an account's root is the account. */
export function principalName({ type, who }: Principal): string {
  const root = /^arn:[\w-]+:iam::(\d{12}):root$/u.exec(who.text);
  return root?.[1] ?? (type === "*" || who.text !== "*" ? who.text : "*");
}

/** How far trusting a principal under these conditions goes. */
export function trustLevel(principal: Principal, conditions: readonly Condition[]): TrustLevel {
  const { type, who } = principal;
  const kind = type.toLowerCase();
  if (kind === "service") return "internal";
  if (kind === "federated") return federatedLevel(who.text, conditions);
  if (isAnyone(who.text)) return conditions.some(limitsCaller) ? "account" : "anyone";
  return isOwn(who.text) ? "internal" : "account";
}

/** `*`, and an ARN whose account is open. */
function isAnyone(who: string): boolean {
  return /^\*+$/u.test(who) || /^arn:[^:]*:(?:iam|sts)::[*?]*:/u.test(who);
}

/** What the same configuration makes, or the account that it runs in. */
function isOwn(who: string): boolean {
  return OWN_ACCOUNT.test(who) || /^\$\{(?:data\.)?aws_[^}]+\}$|^\$\{\w+\.Arn\}$/u.test(who);
}

const OWN_ACCOUNT =
  /^(?:arn:(?:\$\{[^}]+\}|[\w-]+):(?:iam|sts)::)?\$\{(?:data\.aws_caller_identity\.[^}]+|AWS::AccountId)\}(?::|$)/u;

function federatedLevel(provider: string, conditions: readonly Condition[]): TrustLevel {
  if (provider === "*") return "anyone";
  // A reference does not say who it is, what is asked of it does.
  const names = [provider, ...conditions.map(({ key }) => key)];
  const isPublic = names.some((name) => PUBLIC_PROVIDER.test(name.toLowerCase()));
  return isPublic && !conditions.some(namesSubject) ? "anyone" : "federated";
}

/** `repo:*` names nobody, `repo:owner/*` an owner. */
function namesSubject({ operator, key, values }: Condition): boolean {
  if (!isBinding(operator) || !/:(?:sub|aud|repository|repository_owner|actor)$/u.test(key))
    return false;
  if (key.endsWith(":aud") && key.includes("githubusercontent")) return false;
  return values.length > 0 && values.every((value) => !/^(?:[a-z_]+:)?[*?]/u.test(value));
}

function limitsCaller({ operator, key, values }: Condition): boolean {
  if (!isBinding(operator) || !CALLER_KEYS.has(key)) return false;
  return values.length > 0 && values.every((value) => !/^(?:arn:[*:]*)?[*?:]*$/u.test(value));
}

/** Whether what has no such key fails the condition, and what has another value. */
function isBinding(operator: string): boolean {
  return !/not|ifexists$|^forallvalues:|^null$/u.test(operator);
}
