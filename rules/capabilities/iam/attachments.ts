import type { Capability } from "../capability.ts";
import {
  type ConfigEntry,
  type ConfigMap,
  type ConfigText,
  type ConfigValue,
  plainKey,
  textsAt,
} from "../cloud/config-value.ts";
import { grantedTo, type Holder } from "../cloud/granted.ts";
import { firstOfEach } from "../first-of-each.ts";
import { wayTo } from "../reach.ts";
import { attachmentLevel, isPolicyArn, policyName } from "./managed-policies.ts";
import { isStatement } from "./statement.ts";

/** How a format names policies that it attaches. */
export interface AttachmentForm {
  /** Whether what stands under a key is attached, though it is no ARN of a policy. */
  readonly attaches: (key: string) => boolean;
}

/**
 * The policies that a resource attaches by their names, wherever in it their ARNs stand.
 */
export function attachments(holder: Holder, body: ConfigMap, form: AttachmentForm): Capability[] {
  const found: ConfigText[] = [];
  for (const entry of body.entries) collect(entry, form, found);
  return firstOfEach(found, ({ text }) => policyName(text)).map((text) => attachment(holder, text));
}

/** Groups into which a user is put, and gets all that they have. */
export function memberships(type: string, holder: Holder, body: ConfigMap): Capability[] {
  if (!/^aws_iam_(?:user_)?group_membership$/u.test(type)) return [];
  const users = textsAt(body, "user", "users");
  return textsAt(body, "group", "groups").map(({ text, literal, line }) =>
    grantedTo(holder, {
      ...{ kind: "iam.attachment", name: `group ${text}`, level: "other", line },
      certainty: literal ? "exact" : "heuristic",
      reach: users.map((user) => wayTo(`user ${user.text}`, user.line)),
    }),
  );
}

function collect({ key, value }: ConfigEntry, form: AttachmentForm, found: ConfigText[]): void {
  const name = plainKey(key);
  // What limits permissions gives none.
  if (name === "permissionsboundary") return;
  collectFrom(value, { ...form, attached: form.attaches(name) }, found);
}

interface Where extends AttachmentForm {
  readonly attached: boolean;
}

function collectFrom(value: ConfigValue, where: Where, found: ConfigText[]): void {
  if (value.type === "list") {
    for (const item of value.items) collectFrom(item, where, found);
  } else if (value.type === "map") {
    // What a statement is about is no policy that is attached.
    if (isStatement(value)) return;
    for (const entry of value.entries) {
      // SAM's own policies are keys, with the names of what they are about.
      if (where.attached && SAM_POLICY.test(entry.key)) found.push(named(entry));
      collect(entry, where, found);
    }
  } else if (where.attached || isPolicyArn(value.text)) found.push(value);
}

const SAM_POLICY = /^[A-Z][A-Za-z0-9]+Policy$/u;

function named({ key, line }: ConfigEntry): ConfigText {
  return { type: "text", text: key, literal: true, line };
}

function attachment(holder: Holder, { text, literal, line }: ConfigText): Capability {
  const name = policyName(text);
  return grantedTo(holder, {
    kind: "iam.attachment",
    ...{ name, line, level: attachmentLevel(name) },
    certainty: literal || isPolicyArn(text) ? "exact" : "heuristic",
  });
}
