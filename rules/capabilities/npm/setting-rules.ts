import {
  credential,
  exempt,
  guard,
  limit,
  type Meaning,
  program,
  programWhere,
  registry,
  releaseAge,
  type Rules,
  scanner,
  unsafe,
} from "./setting-meaning.ts";

const ON = ["true", "1", "yes", "on"];
const OFF = ["false", "null", "0", "no", "off"];
const isTrue = (text: string): boolean => ON.includes(text.toLowerCase());
const isFalse = (text: string): boolean => OFF.includes(text.toLowerCase());
const isNoDowngrade = (text: string): boolean => text === "no-downgrade";
const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
const isDate = (text: string): boolean => /^\d/.test(text);
/** What a number alone counts, in minutes. */
const SECOND = 1 / 60;
const MINUTE = 1;
const DAY = 24 * 60;

/**
 * What npm hands on to install scripts, which take programs from there: `electron_mirror`,
 * `sass_binary_path`, and any other address.
 */
const FOR_SCRIPTS: Rules = [
  [/mirror(?!-pruning)|binary[-_](?:dir|host|path|site|url)/i, program],
  [/^(?!init[.-])/, programWhere(isAddress)],
];

/** `name` is one of these, as a whole. */
function named(names: readonly string[], meaning: Meaning): readonly [RegExp, Meaning] {
  return [new RegExp(`^(?:${names.join("|")})$`), meaning];
}

/** Source: docs.npmjs.com/cli/v11/using-npm/config; pnpm.io/npmrc. */
export const npmrcRules: Rules = [
  [/^registry$/, registry],
  [/^([@$][^:]+):registry$/, registry],
  named(
    [
      ...["ignore-scripts", "ignore-dep-scripts", "strict-dep-builds", "strict-allow-scripts"],
      "block-exotic-subdeps",
    ],
    guard(isTrue),
  ),
  named(["allow-git", "allow-remote", "allow-file", "allow-directory"], limit),
  named(["trust-policy"], guard(isNoDowngrade)),
  named(["before"], guard(isDate)),
  named(["minimum-release-age"], releaseAge(MINUTE)),
  named(["min-release-age"], releaseAge(DAY)),
  named(
    [
      ...["minimum-release-age-exclude", "min-release-age-exclude", "trust-policy-exclude"],
      "trust-policy-ignore-after",
    ],
    exempt,
  ),
  named(["strict-ssl", "verify-store-integrity"], unsafe(...OFF)),
  named(["dangerously-allow-all-builds", "dangerously-allow-all-scripts"], unsafe(...ON)),
  named(["proxy", "https-proxy", "http-proxy", "noproxy", "ca", "cafile"], unsafe()),
  named(
    [
      ...["script-shell", "shell", "git", "node-options", "node-gyp", "python", "editor", "viewer"],
      ...["browser", "init-module", "onload-script", "pnpmfile", "global-pnpmfile", "yarn-path"],
      ...["userconfig", "globalconfig", "prefix", "nodedir", "devdir", "disturl", "dist-url"],
      ...["cache", "cache-dir", "store-dir", "node-mirror:.*", "(?:\\/\\/.*:)?tokenHelper"],
    ],
    program,
  ),
  [/^(?:(\/\/.*?)\/?:)?(?:_authToken|_auth|_password|key)$/, credential],
  ...FOR_SCRIPTS,
];

/** Source: classic.yarnpkg.com/en/docs/yarnrc. */
export const yarnrcRules: Rules = [
  [/^(?:--[a-z.]*)?registry$/, registry],
  [/^(@[^:]+):registry$/, registry],
  [/^(?:--(?:install\.|add\.)?)?ignore-scripts$/, guard(isTrue)],
  [/^(?:--[a-z.]*)?strict-ssl$/, unsafe(...OFF)],
  [/^(?:--[a-z.]*)?skip-integrity-check$/, unsafe(...ON)],
  [/^(?:--[a-z.]*)?(?:https?-proxy|proxy|cafile|ca)$/, unsafe()],
  [/^(?:--[a-z.]*)?(?:yarn-path|script-shell|use-yarnrc|(?:preferred-)?cache-folder)$/, program],
  [/^env\./, program],
  [/^(?:(\/\/.*?)\/?:)?(?:_authToken|_auth|_password)$/, credential],
  ...FOR_SCRIPTS,
];

/** Source: yarnpkg.com/configuration/yarnrc. */
export const berryRules: Rules = [
  // What is published goes to one as well, with the token.
  [/^npm(?:RegistryServer|PublishRegistry)$/, registry],
  [/^npmScopes\.(.+)\.npm(?:RegistryServer|PublishRegistry)$/, registry],
  [/^enableScripts$/, guard(isFalse)],
  named(["enableHardenedMode", "enableImmutableInstalls"], guard(isTrue)),
  [/^npmMinimalAgeGate$/, releaseAge(MINUTE)],
  [/^npmPreapprovedPackages$/, exempt],
  [/^enableStrictSsl$/, unsafe(...OFF)],
  [/^checksumBehavior$/, unsafe("ignore", "update")],
  [/^(?:networkSettings\..+\.)?(?:https?Proxy|(?:https)?[cC]aFilePath)$/, unsafe()],
  [/^unsafeHttpWhitelist$/, unsafe()],
  named(["yarnPath", "injectEnvironmentFiles", "constraintsPath"], program),
  named(["cacheFolder", "globalFolder"], program),
  [/^enableConstraintsChecks$/, programWhere(isTrue)],
  [/^plugins(?:\.(?:path|spec))?$/, program],
  [/^(?:npmScopes\.(.+)\.|npmRegistries\.(.+)\.)?(?:npmAuthToken|npmAuthIdent)$/, credential],
];

/** Source: bun.sh/docs/runtime/bunfig. */
export const bunfigRules: Rules = [
  [/^install\.registry(?:\.url)?$/, registry],
  [/^install\.scopes\.([^.]+)(?:\.url)?$/, registry],
  [/^install\.ignoreScripts$/, guard(isTrue)],
  [/^install\.minimumReleaseAge$/, releaseAge(SECOND)],
  [/^install\.minimumReleaseAgeExcludes$/, exempt],
  [/^install\.security\.scanner$/, scanner],
  [/^(?:install\.)?(?:ca|cafile)$/, unsafe()],
  [/^(?:test\.)?preload$/, program],
  [/^serve\.static\.plugins$/, program],
  [/^install\.cache\.dir$/, program],
  [/^install\.(?:registry|scopes\.([^.]+))\.(?:token|password)$/, credential],
];

/** Source: pnpm.io/settings. */
export const pnpmRules: Rules = [
  [/^registry$/, registry],
  [/^registries\.default$/, registry],
  [/^(?:registries|namedRegistries)\.(.+)$/, registry],
  named(
    ["ignoreScripts", "ignoreDepScripts", "strictDepBuilds", "blockExoticSubdeps"],
    guard(isTrue),
  ),
  [/^minimumReleaseAge$/, releaseAge(MINUTE)],
  named(["minimumReleaseAgeExclude", "trustPolicyExclude", "trustPolicyIgnoreAfter"], exempt),
  [/^trustPolicy$/, guard(isNoDowngrade)],
  [/^neverBuiltDependencies$/, guard((text) => text !== "")],
  [/^dangerouslyAllowAllBuilds$/, unsafe(...ON)],
  named(["strictSsl", "verifyStoreIntegrity"], unsafe(...OFF)),
  named(["proxy", "httpProxy", "httpsProxy", "ca", "cafile"], unsafe()),
  named(
    [
      ...["scriptShell", "nodeOptions", "pnpmfile", "globalPnpmfile", "onlyBuiltDependenciesFile"],
      ...["storeDir", "cacheDir"],
      "nodeDownloadMirrors\\..*",
    ],
    program,
  ),
];
