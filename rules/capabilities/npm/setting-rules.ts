import {
  credential,
  exempt,
  guard,
  type Meaning,
  program,
  registry,
  releaseAge,
  type Rules,
  unsafe,
} from "./setting-meaning.ts";

const ON = ["true", "1", "yes", "on"];
const OFF = ["false", "0", "no", "off"];
const isTrue = (text: string): boolean => ON.includes(text.toLowerCase());
const isFalse = (text: string): boolean => OFF.includes(text.toLowerCase());
const isDate = (text: string): boolean => /^\d/.test(text);
/** What a number alone counts, in minutes. */
const SECOND = 1 / 60;
const MINUTE = 1;
const DAY = 24 * 60;

/** `name` is one of these, as a whole. */
function named(names: readonly string[], meaning: Meaning): readonly [RegExp, Meaning] {
  return [new RegExp(`^(?:${names.join("|")})$`), meaning];
}

/** Source: docs.npmjs.com/cli/v11/using-npm/config; pnpm.io/npmrc. */
export const npmrcRules: Rules = [
  [/^registry$/, registry],
  [/^(@[^:]+):registry$/, registry],
  named(["ignore-scripts", "ignore-dep-scripts", "strict-dep-builds"], guard(isTrue)),
  named(["before"], guard(isDate)),
  named(["minimum-release-age"], releaseAge(MINUTE)),
  named(["min-release-age"], releaseAge(DAY)),
  named(["minimum-release-age-exclude", "trust-policy-exclude"], exempt),
  named(["strict-ssl", "verify-store-integrity"], unsafe(...OFF)),
  named(["dangerously-allow-all-builds"], unsafe(...ON)),
  named(["proxy", "https-proxy", "http-proxy", "noproxy", "ca", "cafile"], unsafe()),
  named(
    [
      ...["script-shell", "shell", "git", "node-options", "node-gyp", "python", "editor", "viewer"],
      ...["browser", "init-module", "onload-script", "pnpmfile", "global-pnpmfile", "yarn-path"],
      ...["userconfig", "globalconfig", "prefix", "node-mirror:.*"],
    ],
    program,
  ),
  [/^(?:(\/\/.*?)\/?:)?(?:_authToken|_auth|_password)$/, credential],
];

/** Source: classic.yarnpkg.com/en/docs/yarnrc. */
export const yarnrcRules: Rules = [
  [/^(?:--[a-z.]*)?registry$/, registry],
  [/^(@[^:]+):registry$/, registry],
  [/^(?:--(?:install\.|add\.)?)?ignore-scripts$/, guard(isTrue)],
  [/^(?:--[a-z.]*)?strict-ssl$/, unsafe(...OFF)],
  [/^(?:--[a-z.]*)?(?:https?-proxy|proxy|cafile|ca)$/, unsafe()],
  [/^(?:--[a-z.]*)?(?:yarn-path|script-shell|use-yarnrc|preferred-cache-folder)$/, program],
  [/^(?:(\/\/.*?)\/?:)?(?:_authToken|_auth|_password)$/, credential],
];

/** Source: yarnpkg.com/configuration/yarnrc. */
export const berryRules: Rules = [
  [/^npmRegistryServer$/, registry],
  [/^npmScopes\.(.+)\.npmRegistryServer$/, registry],
  [/^enableScripts$/, guard(isFalse)],
  named(["enableHardenedMode", "enableImmutableInstalls"], guard(isTrue)),
  [/^npmMinimalAgeGate$/, releaseAge(MINUTE)],
  [/^npmPreapprovedPackages$/, exempt],
  [/^enableStrictSsl$/, unsafe(...OFF)],
  [/^checksumBehavior$/, unsafe("ignore", "update")],
  [/^(?:networkSettings\..+\.)?(?:https?Proxy|(?:https)?[cC]aFilePath)$/, unsafe()],
  [/^unsafeHttpWhitelist$/, unsafe()],
  [/^yarnPath$/, program],
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
  [/^install\.security\.scanner$/, program],
  [/^(?:install\.)?(?:ca|cafile)$/, unsafe()],
  [/^(?:test\.)?preload$/, program],
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
  named(["minimumReleaseAgeExclude", "trustPolicyExclude"], exempt),
  [/^trustPolicy$/, guard((text) => text === "no-downgrade")],
  [/^dangerouslyAllowAllBuilds$/, unsafe(...ON)],
  named(["strictSsl", "verifyStoreIntegrity"], unsafe(...OFF)),
  named(["proxy", "httpProxy", "httpsProxy", "ca", "cafile"], unsafe()),
  named(
    [
      ...["scriptShell", "nodeOptions", "pnpmfile", "globalPnpmfile", "onlyBuiltDependenciesFile"],
      "nodeDownloadMirrors\\..*",
    ],
    program,
  ),
];
