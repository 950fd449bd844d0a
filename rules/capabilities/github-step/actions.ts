import type { Capability } from "../capability.ts";
import { printable } from "../printable.ts";
import { entryOf, type DataScalar } from "../data/data-node.ts";
import { respell } from "./expression-text.ts";
import { actionReference, imageReference, type Reference } from "./reference.ts";
import { stepCapability, type StepScope } from "./scope.ts";
import { entriesOf, type Step } from "./step.ts";

export const ACTION_KIND = "github.step.action";

/**
 * The actions, reusable workflows and images that a scope takes, by how their reference binds:
 * one capability a reference, at its line. What lies in the repository itself gives none.
 */
export function readActions(scope: StepScope): Capability[] {
  return [
    ...scope.steps.flatMap((step) => takenBy(scope, step, step.uses)),
    ...takenBy(scope, null, scope.calls),
    ...imagesOf(scope).flatMap((image) => takenImage(scope, image)),
  ];
}

/** The capability of an action's own `image: docker://…`, in any letters; none where it is built from a file. */
export function readActionImage(scope: StepScope, image: DataScalar): Capability[] {
  const scheme = /^docker:\/\//i;
  const text = image.text.trim();
  if (!scheme.test(text)) return [];
  return takenBy(scope, null, { ...image, text: text.replace(scheme, "docker://") });
}

function takenBy(scope: StepScope, step: Step | null, uses: DataScalar | null): Capability[] {
  const reference = uses && actionReference(respell(uses.text), uses.comment);
  return reference ? [capabilityOf(scope, step, { ...reference, at: uses })] : [];
}

function takenImage(scope: StepScope, image: DataScalar): Capability[] {
  const reference = imageReference(respell(image.text), image.comment);
  if (!reference) return [];
  const name = `image ${reference.name.replace("docker://", "")}`;
  return [capabilityOf(scope, null, { ...reference, name, at: image })];
}

function capabilityOf(
  scope: StepScope,
  step: Step | null,
  { name, binding, at }: Reference & { readonly at: DataScalar },
): Capability {
  return stepCapability(scope, step, {
    kind: ACTION_KIND,
    name: printable(name),
    level: binding,
    line: at.line,
    endLine: at.endLine,
    certainty: "exact",
  });
}

// `container: IMAGE`, `container: {image: IMAGE}`, `services: {db: {image: IMAGE}}`
function imagesOf({ body }: StepScope): DataScalar[] {
  const services = entriesOf(body, "services").map(({ value }) => value);
  return [entryOf(body, "container")?.value, ...services]
    .map((node) => (node?.type === "map" ? entryOf(node, "image")?.value : node))
    .filter((node) => node?.type === "scalar");
}
