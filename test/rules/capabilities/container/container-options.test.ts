import { expect, test } from "vitest";
import { looseOptions } from "../../../../rules/capabilities/container/container-options.ts";

function names(text: string): string[] {
  return looseOptions(text).map(({ name }) => name);
}

test.each([
  ["--privileged=off", ["--privileged"]],
  ["--privileged=10", ["--privileged"]],
  ["--privileged=0x", ["--privileged"]],
  ["--privileged=F", []],
  ["--use-api-socket=False", []],
])("a flag is off where its value is false: %s", (text, found) => {
  expect(names(text)).toEqual(found);
});

test.each([
  ["--cap-add cap_sys_admin", "--cap-add SYS_ADMIN"],
  ["--cap-add recap_x", "--cap-add RECAP_X"],
  ["--cap-add sys-admin", "--cap-add sys-admin"],
  ["--cap-add sys_admin:x", "--cap-add sys_admin:x"],
  ["--cap-add", "--cap-add "],
])("%s is named %s", (text, name) => {
  expect(names(text)).toEqual([name]);
});

test("a folder keeps the `=` in its name", () => {
  expect(names("-v/etc/a=b:/x")).toEqual(["mount /etc/a=b"]);
});

test.each([
  "x.source=/etc",
  "volume-source=/etc",
  "source-of=/etc",
  "volume-label=a=/etc",
  "x-volume-opt=device=/etc",
  "volume-options=device=/etc",
  "volume-opt",
])("a mount with %s is of no folder", (field) => {
  expect(names(`--mount type=volume,${field},target=/h`)).toEqual([]);
});

test.each([
  " source=/etc",
  '"source=/etc"',
  '"volume-opt=o=upperdir=/a,lowerdir=/etc"',
  "volume-opt=device=/etc\n",
])("a mount with %j is of a folder", (field) => {
  expect(names(`--mount 'type=volume,${field},target=/h'`)).toEqual(["mount /etc"]);
});

test("what a shell alone would take stands in the order of the text", () => {
  expect(looseOptions("-v \\/etc:/x --privileged --pid 'host'")).toEqual([
    { name: "mount /etc", offset: 0 },
    { name: "--privileged", offset: 12 },
    { name: "--pid host", offset: 25 },
  ]);
});
