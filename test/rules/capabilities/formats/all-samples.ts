import { composeSamples } from "./compose.ts";
import { devcontainerSamples } from "./devcontainer.ts";
import { dockerfileSamples } from "./dockerfile.ts";
import { agentPermissionsSamples } from "./agent-permissions.ts";
import { autorunSamples } from "./autorun.ts";
import { gitAttributesSamples } from "./git-attributes.ts";
import { mergeRulesSamples } from "./merge-rules.ts";
import { repositorySettingsSamples } from "./repository-settings.ts";
import { updateBotsSamples } from "./update-bots.ts";
import type { FormatSamples } from "./format-samples.ts";
import { kubernetesSamples } from "./kubernetes.ts";
import {
  bindingGypSamples,
  bunLockSamples,
  npmLockSamples,
  pnpmLockSamples,
  yarnLockSamples,
} from "./npm-locks.ts";
import { androidManifestSamples } from "./android-manifest.ts";
import { appleEntitlementsSamples } from "./apple-entitlements.ts";
import { browserExtensionSamples } from "./browser-extension.ts";
import { denoModulesSamples } from "./deno-modules.ts";
import { denoPermissionsSamples } from "./deno-permissions.ts";
import { githubAppManifestSamples } from "./github-app-manifest.ts";
import { npmCodeSamples } from "./npm-code.ts";
import { npmPackageSamples } from "./npm-package.ts";
import { npmSettingsSamples } from "./npm-settings.ts";
import { ownersSamples } from "./owners.ts";
import { cargoSamples } from "./cargo.ts";
import { goModSamples } from "./go-mod.ts";
import { preCommitSamples } from "./pre-commit.ts";
import { pythonSamples } from "./python.ts";
import { bundlerSamples } from "./bundler.ts";
import { composerSamples } from "./composer.ts";
import { gradleCatalogSamples } from "./gradle-catalog.ts";
import { mavenSamples } from "./maven.ts";
import { nugetSamples } from "./nuget.ts";
import { cloudformationSamples } from "./cloudformation.ts";
import { iamPolicySamples } from "./iam-policy.ts";
import { terraformSamples } from "./terraform.ts";

/** The samples of every reader that has them, one a format. */
export const allSamples: readonly FormatSamples[] = [
  npmPackageSamples,
  npmSettingsSamples,
  npmLockSamples,
  yarnLockSamples,
  pnpmLockSamples,
  bunLockSamples,
  bindingGypSamples,
  dockerfileSamples,
  composeSamples,
  devcontainerSamples,
  kubernetesSamples,
  browserExtensionSamples,
  githubAppManifestSamples,
  androidManifestSamples,
  appleEntitlementsSamples,
  denoPermissionsSamples,
  denoModulesSamples,
  repositorySettingsSamples,
  mergeRulesSamples,
  updateBotsSamples,
  gitAttributesSamples,
  autorunSamples,
  agentPermissionsSamples,
  ownersSamples,
  pythonSamples,
  goModSamples,
  cargoSamples,
  preCommitSamples,
  bundlerSamples,
  mavenSamples,
  gradleCatalogSamples,
  composerSamples,
  nugetSamples,
  terraformSamples,
  cloudformationSamples,
  iamPolicySamples,
  npmCodeSamples,
];
