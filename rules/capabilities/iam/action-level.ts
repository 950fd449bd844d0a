/** What an action does to what it is allowed on, from the weakest to the strongest. */
export const ACTION_LEVELS = ["read", "tag", "write", "permissions", "all"] as const;

export type ActionLevel = (typeof ACTION_LEVELS)[number];

/** Verbs with which AWS names actions that change nothing. */
const READ_VERBS = [
  ...["get", "list", "describe", "batchget", "batchdescribe", "head", "lookup", "search", "select"],
  ...[
    "view",
    "read",
    "query",
    "scan",
    "count",
    "check",
    "detect",
    "download",
    "estimate",
    "filter",
  ],
  ...[
    "preview",
    "validate",
    "verify",
    "test",
    "simulate",
    "discover",
    "receive",
    "poll",
    "generatequery",
  ],
];

/** Services that are about permissions: what writes there changes who may do what. */
const PERMISSION_SERVICES = new Set([
  "iam",
  "sts",
  "organizations",
  "sso",
  "sso-directory",
  "identitystore",
  "ram",
]);

/** Actions by which whoever has them comes to more than they say, besides those told by their words. */
const STRONG = [
  ...[
    "kms:creategrant",
    "kms:putkeypolicy",
    "lambda:addpermission",
    "lambda:addlayerversionpermission",
  ],
  ...[
    "sqs:addpermission",
    "sns:addpermission",
    "ec2:modifysnapshotattribute",
    "ec2:modifyimageattribute",
  ],
  ...[
    "s3:putbucketacl",
    "s3:putobjectacl",
    "s3:putobjectversionacl",
    "s3:putaccountpublicaccessblock",
  ],
  ...[
    "s3:putbucketpublicaccessblock",
    "s3:putbucketownershipcontrols",
    "s3:bypassgovernanceretention",
  ],
  ...[
    "rds:modifydbsnapshotattribute",
    "rds:modifydbclustersnapshotattribute",
    "cloudtrail:stoplogging",
  ],
  ...["cloudtrail:deletetrail", "lakeformation:grantpermissions", "eks:createaccessentry"],
  ...["eks:associateaccesspolicy", "secretsmanager:putresourcepolicy", "glue:putresourcepolicy"],
  ...[
    "events:putpermission",
    "ecr:setrepositorypolicy",
    "s3:putbucketpolicy",
    "s3:deletebucketpolicy",
  ],
  ...["dynamodb:putresourcepolicy", "cognito-idp:admincreateuser", "account:putalternatecontact"],
];

/** Words in an action's name that say that it changes who may do what. */
const STRONG_WORDS =
  /(?:put|set|delete|create|attach|detach|update|add|remove)[a-z]*(?:policy|policies|permission|permissions)$/u;

/** Read by their name, yet each hands out credentials; a pattern may be one of them. */
const HANDS_OUT =
  /^(?:sts:(?:assume|getfederation|getsessiontoken|g[a-z]*[*?])|iam:passrole|ecs-?[a-z]*:getcredential|[a-z0-9-]+:(?:get|describe)[a-z]*credentials(?:$|for|[*?])|ec2:getpassworddata|connect:getfederationtoken)/u;

/**
 * What an action does, by its name: `read` < `tag` < `write` < `permissions` < `all`.
 *
 * A list of AWS's actions would be out of date each week; its verbs are few, and an unknown one
 * counts as `write`. A pattern counts as the strongest that it can match.
 */
export function actionLevel(action: string): ActionLevel {
  const name = action.toLowerCase();
  const [service = "", verb = ""] = name.split(":", 2);
  if (!name.includes(":")) return "all";
  if (/[*?]/u.test(service) || /^[*?]+$/u.test(verb)) return isTagging(service) ? "tag" : "all";
  if (HANDS_OUT.test(name)) return "permissions";
  if (isReading(verb)) return "read";
  if (isTagging(service) || /^(?:un)?tag[a-z]*$|^(?:add|remove|create|delete)tags?/u.test(verb))
    return "tag";
  if (PERMISSION_SERVICES.has(service) || isStrong(name, verb)) return "permissions";
  return "write";
}

function isTagging(service: string): boolean {
  return service === "tag" || service === "resource-groups-tagging";
}

/** `Ge*` may be more than `Get`. */
function isReading(verb: string): boolean {
  const wild = verb.search(/[*?]/u);
  const fixed = wild === -1 ? verb : verb.slice(0, wild);
  return READ_VERBS.some((reading) => fixed.startsWith(reading));
}

function isStrong(name: string, verb: string): boolean {
  const wild = name.search(/[*?]/u);
  if (wild === -1) return STRONG.includes(name) || STRONG_WORDS.test(verb);
  const fixed = name.slice(0, wild);
  const rest = verb.slice(verb.search(/[*?]/u)).replace(/[*?]+/gu, "");
  if (STRONG.some((strong) => strong.startsWith(fixed) && strong.endsWith(rest))) return true;
  return /polic|permission/u.test(verb);
}
