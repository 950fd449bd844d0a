import { expect, test } from "vitest";
import {
  attachmentLevel,
  policyName,
} from "../../../../rules/capabilities/iam/managed-policies.ts";

test.each([
  { arn: "arn:aws:iam::aws:policy/AdministratorAccess", name: "AdministratorAccess", level: "all" },
  {
    arn: "arn:${local.partition}:iam::aws:policy/AmazonS3FullAccess",
    name: "AmazonS3FullAccess",
    level: "all",
  },
  {
    arn: "arn:${AWS::Partition}:iam::aws:policy/IAMFullAccess",
    name: "IAMFullAccess",
    level: "permissions",
  },
  {
    arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    name: "AWSLambdaBasicExecutionRole",
    level: "other",
  },
  {
    arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    name: "AmazonS3ReadOnlyAccess",
    level: "read",
  },
  {
    arn: "arn:aws:iam::123456789012:policy/AdministratorAccess",
    name: "123456789012:AdministratorAccess",
    level: "other",
  },
  { arn: "${var.policy}", name: "${var.policy}", level: "other" },
])("$arn is $name, and counts as $level", ({ arn, name, level }) => {
  expect(policyName(arn)).toBe(name);
  expect(attachmentLevel(name)).toBe(level);
});
