import {
  credential,
  guard,
  type Meaning,
  program,
  registry,
  type Rules,
  unsafe,
} from "./setting-meaning.ts";

const isTrue = (text: string): boolean => /^(?:true|1|yes|on)$/i.test(text);
const isFalse = (text: string): boolean => /^(?:false|0|no|off)$/i.test(text);
/** A time to wait: `1440`, `3d`. */
const isTime = (text: string): boolean => /^0*[1-9]/.test(text);
const OFF = ["false", "0", "no", "off"];
const ON = ["true", "1", "yes", "on"];

/** `name` is one of these, as a whole. */
function named(names: readonly string[], meaning: Meaning): readonly [RegExp, Meaning] {
  return [new RegExp(`^(?:${names.join("|")})$`), meaning];
}

/** Source: docs.npmjs.com/cli/v11/using-npm/config; pnpm.io/npmrc. */
export const npmrcRules: Rules = [
  [/^registry$/, registry],
  [/^(@[^:]+):registry$/, registry],
  named(["ignore-scripts", "ignore-dep-scripts", "strict-dep-builds"], guard(isTrue)),
  named(["minimum-release-age", "min-release-age", "before"], guard(isTime)),
  named(["strict-ssl", "verify-store-integrity"], unsafe(...OFF)),
  named(["dangerously-allow-all-builds"], unsafe(...ON)),
  named(["proxy", "https-proxy", "http-proxy", "noproxy", "ca", "ca\\[\\]", "cafile"], unsafe()),
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
  [/^npmMinimalAgeGate$/, guard(isTime)],
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
  [/^install\.minimumReleaseAge$/, guard(isTime)],
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
  [/^minimumReleaseAge$/, guard(isTime)],
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
