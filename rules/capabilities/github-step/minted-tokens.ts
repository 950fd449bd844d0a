import type { Capability } from "../capability.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { type Way, wayTo } from "../reach.ts";
import type { DataEntry } from "../data/data-node.ts";
import { pathsIn } from "./expression-text.ts";
import { actionOf, inputName, inputOf, inputText } from "./inputs.ts";
import { stepCapability, type StepScope } from "./scope.ts";
import type { Step } from "./step.ts";
import { type Minter, MINTERS } from "./token-minters.ts";

export const MINTED_TOKEN_KIND = "github.step.minted-token";

/**
 * Tokens that a step makes from a private key or from the job's identity, beside `permissions`: one
 * capability a step, named for its action, at the input that gives it the key or the role.
 *
 * An action that is not known counts as well where a secret is its private key (heuristic). The
 * rights that a step asks for are part of what it does: one more of them is a raise, and so is
 * a limit that is gone.
 */
export function readMintedTokens(scope: StepScope): Capability[] {
  return scope.steps.flatMap((step) => {
    const known = MINTERS.get(actionOf(step));
    const key = known ? keyOf(step, known) : step.inputs.find(isPrivateKey);
    const minter = known ?? UNKNOWN;
    return key ? [tokenOf(scope, step, { key, minter, isKnown: known !== undefined })] : [];
  });
}

/** What any action may call the inputs that limit its token. */
const UNKNOWN: Minter = {
  keys: [],
  identities: [],
  limits: ["installation-id", "organization", "owner", "permissions", "repositories", "repository"],
};

interface Minting {
  readonly key: DataEntry;
  readonly minter: Minter;
  readonly isKnown: boolean;
}

function tokenOf(scope: StepScope, step: Step, { key, minter, isKnown }: Minting): Capability {
  const role = minter.identities.includes(inputName(key)) ? inputText(key) : "";
  const isLiteral = role !== "" && !role.includes("${{");
  return stepCapability(scope, step, {
    kind: MINTED_TOKEN_KIND,
    name: printable(actionOf(step) || (step.uses?.text ?? "")),
    line: key.key.line,
    endLine: key.key.line,
    certainty: isKnown ? "exact" : "heuristic",
    ...(isLiteral && { context: printable(`as ${role}`) }),
    does: waysOf(step, key, minter),
  });
}

function keyOf(step: Step, { keys, identities }: Minter): DataEntry | undefined {
  return [...identities, ...keys]
    .map((name) => inputOf(step, name))
    .find((entry) => inputText(entry) !== "");
}

// `private-key`, `APP_PRIVATE_KEY`; keys of other use are no token.
function isPrivateKey(entry: DataEntry): boolean {
  const name = inputName(entry);
  if (!/private-?key$/.test(name) || /ssh|gpg|pgp|sign|deploy|tls|cert/.test(name)) return false;
  return pathsIn(inputText(entry)).some((path) => path.startsWith("secrets"));
}

/**
 * The identity it takes is a cause. What limits it are conditions: one value for each limit, and a
 * way for each permission, where reading is a limit of writing, and writing of administering.
 */
function waysOf(step: Step, key: DataEntry, minter: Minter): Way[] {
  const at = key.key.line;
  const identities = minter.identities.flatMap((name) => {
    const entry = inputOf(step, name);
    return entry ? [contentDigest(name, inputText(entry))] : [];
  });
  const cause = `identity:${contentDigest(...identities)}`;
  const limits = step.inputs.filter((entry) => isLimit(entry, minter));
  const conditions = limits.map((entry) => contentDigest(inputName(entry), limitText(entry)));
  const guardLine = limits[0]?.key.line ?? at;
  return [
    { cause, conditions: conditions.sort(), line: at, guardLine },
    ...rightsOf(step, at),
    ...placesOf(step, minter, at),
  ];
}

function isLimit(entry: DataEntry, { limits }: Minter): boolean {
  return limits.includes(inputName(entry)) && inputText(entry) !== "";
}

// In JSON, and in words that belong together, it counts what stands where.
const IN_ORDER = /"|[^\s,][^\S\n]+[^\s,]/;

// A list in other order, or other spaces, is the same one.
function limitText(entry: DataEntry): string {
  const words = wordsOf(entry);
  return (IN_ORDER.test(inputText(entry)) ? words : words.sort()).join(" ");
}

/** The levels of a permission, the strongest first: each above the one that is asked for is a limit. */
const LEVELS = ["admin", "write", "read"];

// `permission-contents: write`
function rightsOf(step: Step, at: number): Way[] {
  const rights = step.inputs.filter(isRight);
  if (rights.length === 0) {
    return [wayTo("rights", at)];
  }
  return rights.map((entry) => {
    const conditions = [inputName(entry), ...limitsOfLevel(inputText(entry))];
    return { ...wayTo("rights", entry.key.line), conditions };
  });
}

// An empty one asks for nothing: where all are, the token has every right.
function isRight(entry: DataEntry): boolean {
  return inputName(entry).startsWith("permission-") && inputText(entry) !== "";
}

// What an expression comes out as may be any of them.
function limitsOfLevel(level: string): string[] {
  const rank = LEVELS.indexOf(level);
  return rank === -1 ? [`only ${level}`] : LEVELS.slice(0, rank).map((above) => `no ${above}`);
}

/** Where the token holds: this repository, those that are named, or all of an owner's installation. */
function placesOf(step: Step, { places }: Minter, at: number): Way[] {
  if (!places) return [];
  const [owner, repositories] = [places.owner, places.repositories].map((name) =>
    step.inputs.find((entry) => inputName(entry) === name && wordsOf(entry).length > 0),
  );
  const whose = inputText(owner).replace("${{github.repository_owner}}", "");
  const ofOwner = `owner ${contentDigest(whose)}`;
  const line = (repositories ?? owner)?.key.line ?? at;
  const way = (...conditions: string[]): Way => {
    return { ...wayTo("places", line), conditions: [ofOwner, ...conditions] };
  };
  if (repositories) return namedIn(repositories).map((name) => way(`repository ${name}`));
  return [owner ? way() : way("this repository")];
}

const MAX_REPOSITORIES = 100;

function namedIn(repositories: DataEntry): string[] {
  const names = [...new Set(wordsOf(repositories))].map((name) => contentDigest(name));
  return names.length > MAX_REPOSITORIES ? [contentDigest(JSON.stringify(names.sort()))] : names;
}

function wordsOf(entry: DataEntry): string[] {
  return inputText(entry).match(/[^\s,]+/g) ?? [];
}
