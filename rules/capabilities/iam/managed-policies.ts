/** What a policy that is attached by its name allows. `other`: it has to be looked up. */
export const ATTACHMENT_LEVELS = ["read", "other", "permissions", "all"] as const;

export type AttachmentLevel = (typeof ATTACHMENT_LEVELS)[number];

/** What EKS lets its clusters' users do. */
const CLUSTER_ARN = /^arn:[^:]*:eks::aws:cluster-access-policy\/(.+)$/u;

const ARN = /^arn:(?:\$\{[^}]*\}|[^:$])*:iam::((?:\$\{[^}]*\}|[^:$])*):policy\/(?:[\w-]+\/)*(.+)$/u;

/** Whether a text is the ARN of a policy, of AWS's own or of an account's. */
export function isPolicyArn(text: string): boolean {
  return ARN.test(text) || CLUSTER_ARN.test(text);
}

/** The name of a policy in an ARN, with its account where it has one; else the text itself. */
export function policyName(text: string): string {
  const ofCluster = CLUSTER_ARN.exec(text)?.[1];
  if (ofCluster !== undefined) return ofCluster;
  const [, account = "", name = text] = ARN.exec(text) ?? [];
  return account === "aws" || account === "" ? name : `${account}:${name}`;
}

/** By the names that AWS gives its own policies; whatever else a name says has to be looked up. */
export function attachmentLevel(name: string): AttachmentLevel {
  if (/^AmazonEKS(?:Cluster)?AdminPolicy$/u.test(name)) return "all";
  if (/^(?:AdministratorAccess|PowerUserAccess|SystemAdministrator)(?:-|$)/u.test(name))
    return "all";
  if (
    /^(?:IAMFullAccess|AWSOrganizationsFullAccess|SecretsManagerReadWrite|AWSSSO\w*Administrator)$/u.test(
      name,
    )
  )
    return "permissions";
  if (/^[A-Za-z0-9-]+FullAccess(?:[_-]?v\d+|V\d+)?$/u.test(name)) return "all";
  if (
    /^(?:[A-Za-z0-9-]*ReadOnly(?:Access)?|ViewOnlyAccess|SecurityAudit)(?:[_-]?v\d+|V\d+)?$/u.test(
      name,
    )
  )
    return "read";
  return "other";
}
