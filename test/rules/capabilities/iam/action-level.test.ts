import { expect, test } from "vitest";
import { actionLevel } from "../../../../rules/capabilities/iam/action-level.ts";

test.each([
  { action: "s3:GetObject", level: "read" },
  { action: "S3:LISTBUCKET", level: "read" },
  { action: "ec2:Describe*", level: "read" },
  { action: "dynamodb:BatchGetItem", level: "read" },
  { action: "ec2:CreateTags", level: "tag" },
  { action: "tag:UntagResources", level: "tag" },
  { action: "tag:*", level: "tag" },
  { action: "sqs:TagQueue", level: "tag" },
  { action: "s3:PutObject", level: "write" },
  { action: "s3:Ge*", level: "write" },
  { action: "new-service:Frobnicate", level: "write" },
  { action: "iam:CreateUser", level: "permissions" },
  { action: "iam:PassRole", level: "permissions" },
  { action: "sts:AssumeRole", level: "permissions" },
  { action: "sts:GetFederationToken", level: "permissions" },
  { action: "kms:CreateGrant", level: "permissions" },
  { action: "s3:PutBucketPolicy", level: "permissions" },
  { action: "sns:SetTopicPolicy", level: "permissions" },
  { action: "lambda:Add*", level: "permissions" },
  { action: "s3:Put*Acl", level: "permissions" },
  { action: "ecr:*Policy", level: "permissions" },
  { action: "s3:*", level: "all" },
  { action: "*", level: "all" },
  { action: "*:*", level: "all" },
  { action: "s?:GetObject", level: "all" },
  { action: "iam:GetUser", level: "read" },
  { action: "iam:GetCredentialReport", level: "read" },
  { action: "sts:Get*", level: "permissions" },
  { action: "sts:GetCallerIdentity", level: "read" },
  { action: "redshift:GetClusterCredentials", level: "permissions" },
  { action: "cognito-identity:GetCredentialsForIdentity", level: "permissions" },
  { action: "ec2:GetPasswordData", level: "permissions" },
])("$action counts as $level", ({ action, level }) => {
  expect(actionLevel(action)).toBe(level);
});
