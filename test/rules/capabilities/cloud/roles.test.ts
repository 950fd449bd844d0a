import { expect, test } from "vitest";
import { azureRoleLevel, googleRoleLevel } from "../../../../rules/capabilities/cloud/roles.ts";

test.each([
  { role: "roles/owner", level: "all" },
  { role: "roles/editor", level: "all" },
  { role: "roles/storage.admin", level: "permissions" },
  { role: "roles/iam.serviceAccountTokenCreator", level: "permissions" },
  { role: "roles/iam.workloadIdentityUser", level: "permissions" },
  { role: "roles/viewer", level: "read" },
  { role: "roles/storage.objectViewer", level: "read" },
  { role: "roles/iam.roleViewer", level: "read" },
  { role: "roles/pubsub.publisher", level: "write" },
  { role: "projects/a/roles/b", level: "write" },
])("Google's $role counts as $level", ({ role, level }) => {
  expect(googleRoleLevel(role)).toBe(level);
});

test.each([
  { role: "Owner", level: "all" },
  { role: "CONTRIBUTOR", level: "all" },
  {
    role: "/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-A8FF-443C-A75C-2FE8C4BCB635",
    level: "all",
  },
  { role: "User Access Administrator", level: "permissions" },
  { role: "Network Contributor", level: "write" },
  { role: "Storage Blob Data Reader", level: "read" },
  { role: "AcrPull", level: "write" },
])("Azure's $role counts as $level", ({ role, level }) => {
  expect(azureRoleLevel(role)).toBe(level);
});
