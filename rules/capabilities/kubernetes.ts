import type { Dependency } from "../dependencies/dependency.ts";
import type { Capability, CapabilityReader, UnreadPart } from "./capability.ts";
import { firstOfEach } from "./first-of-each.ts";
import { BINDING_LEVELS, bindings, listedSubjects } from "./kubernetes/bindings.ts";
import { claimManifest, isChart, isKustomization, isTemplate } from "./kubernetes/claims.ts";
import { type Limits, type ManifestDocument, splitDocuments } from "./kubernetes/documents.ts";
import { EXPOSURE_LEVELS, exposures } from "./kubernetes/exposure.ts";
import { POD_LEVELS } from "./kubernetes/given.ts";
import { ADMISSION_LEVELS, admissionExceptions, admissionGuards } from "./kubernetes/admission.ts";
import { NETWORK_LEVELS, networkPolicies } from "./kubernetes/network-policies.ts";
import { type Manifest, manifestsIn } from "./kubernetes/manifest.ts";
import { inlinePatches, patchedParts } from "./kubernetes/patches.ts";
import { letsPods } from "./kubernetes/pod-policies.ts";
import { podSecurity } from "./kubernetes/pod-security.ts";
import { mayHoldManifest, mayHoldPatch, roughText } from "./kubernetes/quick-look.ts";
import { operatorRules, roleRules, RULE_LEVELS } from "./kubernetes/rules.ts";
import {
  appliedSources,
  chartDependencies,
  kustomizeDependencies,
  workloadImages,
} from "./kubernetes/sources.ts";
import { NotUnderstood, understandAll } from "./not-understood.ts";
import { reachTexts } from "./reach.ts";

/** Parts of one file that are told where they were not understood. */
const MAX_TOLD = 10;

const MAX_CAPABILITIES = 15_000;

/** A bundle of an operator with all its types. */
const MAX_BYTES = 4 * 1024 * 1024;

/** What is parsed of one file, its types left out: three times as much as the longest bundles hold. */
const MAX_LEXEMES = 400_000;

/**
 * Reads Kubernetes manifests, Kustomize's and Helm's files among them: what roles allow and to whom
 * they are bound, what pods get of their machine, what is reached from outside, and the policies
 * that hold all of this.
 *
 * Templates are read as far as they go; what values and helpers put into them is not seen.
 */
export const kubernetes: CapabilityReader = {
  name: "kubernetes",
  kinds: {
    "k8s.rule": RULE_LEVELS,
    "k8s.binding": BINDING_LEVELS,
    "k8s.pod-security": POD_LEVELS,
    "k8s.exposure": EXPOSURE_LEVELS,
    "k8s.network-policy": NETWORK_LEVELS,
    "k8s.admission": ADMISSION_LEVELS,
  },
  maxBytes: MAX_BYTES,
  claims: claimManifest,
  read: (path, content, allowance = { characters: Infinity }) =>
    understandAll(() => {
      if (content.length > MAX_BYTES) throw new NotUnderstood("too-large", "too large");
      const everyDocument = isKustomization(path) || isChart(path);
      const rough = roughText(content);
      const mayGrant = everyDocument || mayHoldManifest(rough) || mayHoldPatch(rough);
      if (!mayGrant) return { capabilities: [] };
      const limits = { allowance, effort: { lexemes: MAX_LEXEMES } };
      const { documents, refused } = splitDocuments(content, {
        ...{ ...limits, maxBytes: MAX_BYTES, everyDocument, isTemplate: isTemplate(path) },
      });
      const read = readDocuments(path, documents, limits);
      const unread = firstOfEach([...refused, ...read.unread].map(partOf), ({ line }) => line);
      return { ...read, unread: unread.slice(0, MAX_TOLD) };
    }),
};

interface Read {
  readonly capabilities: readonly Capability[];
  readonly dependencies: readonly Dependency[];
  readonly unread: readonly NotUnderstood[];
}

function readDocuments(path: string, documents: readonly ManifestDocument[], limits: Limits): Read {
  const capabilities: Capability[] = [];
  const dependencies: Dependency[] = [];
  const unread: NotUnderstood[] = [];
  for (const document of documents) {
    try {
      const read = readDocument(path, document, limits);
      capabilities.push(...read.capabilities);
      dependencies.push(...read.dependencies);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      unread.push(error);
    }
  }
  if (capabilities.length > MAX_CAPABILITIES) {
    throw new NotUnderstood("too-many", "a file that grants more than can be compared");
  }
  // The branches of a template have most of it in common.
  return {
    capabilities: firstOfEach(capabilities, identityOf),
    dependencies: firstOfEach(dependencies, ({ line, name }) => `${line} ${name}`),
    unread,
  };
}

function readDocument(
  path: string,
  document: ManifestDocument,
  limits: Limits,
): Omit<Read, "unread"> {
  const isKustomize = isKustomization(path);
  const all = isKustomize
    ? [document, ...inlinePatches(document, limits)]
    : [document, ...patchedParts(document)];
  const manifests = all.flatMap(manifestsIn);
  return {
    capabilities: manifests.flatMap(capabilitiesOf),
    dependencies: [
      ...(isKustomize ? kustomizeDependencies(document.root) : []),
      ...(isChart(path) ? chartDependencies(document.root) : []),
      ...manifests.flatMap(dependenciesOf),
    ],
  };
}

function capabilitiesOf(manifest: Manifest): Capability[] {
  const { kind } = manifest;
  const isRole = kind === "Role" || kind === "ClusterRole";
  const isBinding = kind === "RoleBinding" || kind === "ClusterRoleBinding";
  return [
    ...(isRole ? roleRules(manifest) : []),
    ...(isBinding ? bindings(manifest) : []),
    ...(kind === "ClusterServiceVersion" ? operatorRules(manifest) : []),
    ...listedSubjects(manifest),
    ...podSecurity(manifest),
    ...letsPods(manifest),
    ...exposures(manifest),
    ...networkPolicies(manifest),
    ...admissionGuards(manifest),
    ...admissionExceptions(manifest),
  ];
}

function dependenciesOf(manifest: Manifest): Dependency[] {
  return [...workloadImages(manifest), ...appliedSources(manifest)];
}

function identityOf({ kind, name, holder, level, line, reach }: Capability): string {
  return JSON.stringify([kind, name, holder, level, line, reachTexts(reach)]);
}

function partOf({ code, message: why, place }: NotUnderstood): UnreadPart {
  return { code, why, ...(place && { line: place.line }) };
}
