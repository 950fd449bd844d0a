import { expect, test } from "vitest";
import { hostMount } from "../../../../rules/capabilities/container/host-paths.ts";

test.each([
  "/",
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/opt",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/sys",
  "/usr",
  "/usr/bin",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/sbin",
  "/var",
  "/var/lib",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/kubelet",
  "/var/run",
  "/var/spool/cron",
])("%s is sensitive", (path) => {
  expect(hostMount(`${path}:/x`)).toBe(path);
});

test.each([
  ["..", "/"],
  ["../..", "/"],
  ["../etc", "/etc"],
  ["./../etc", "/etc"],
  [".//../etc", "/etc"],
  ["./a/../../etc", "/etc"],
  [".a/b/../../../etc", "/etc"],
  ["./a//../../etc", "/etc"],
  ["././../etc", "/etc"],
  ["./../a/../etc", "/etc"],
])("%s leads up out of the folder that it begins in, and to %s", (path, found) => {
  expect(hostMount(`${path}:/x`)).toBe(found);
});

test.each([
  ".",
  "./etc",
  "./a/../etc",
  "..etc",
  "./..etc/../etc",
  ".../etc",
  "a/../../etc",
  "etc",
  "${{ runner.temp }}/etc",
  "${{ runner.workspace }}/etc",
  "${{ github.workspace }}/etc",
  "${{ runner.temp }}",
])("%s is not sensitive", (path) => {
  expect(hostMount(`${path}:/x`)).toBeNull();
});

test.each([
  ["${{ runner.temp }}/../../../etc", "/home/etc"],
  ["${{ runner.workspace }}/../../../../etc", "/etc"],
  ["${{ github.workspace }}/../../../../../etc", "/etc"],
])("%s leads to %s", (path, found) => {
  expect(hostMount(`${path}:/x`)).toBe(found);
});
