import { expect, test } from "vitest";
import { compose } from "../../../rules/capabilities/compose.ts";
import { claimsOn } from "../../../rules/capabilities/readers.ts";
import { diffOf, shown } from "./changes.ts";

function readingOf(text: string, path = "compose.yml") {
  const reading = compose.read(path, new TextEncoder().encode(text));
  if (!reading.understood) throw new Error(reading.code);
  return reading;
}

function grants(text: string, kind: string, path?: string): string[] {
  return readingOf(text, path)
    .capabilities.filter((item) => item.kind === kind)
    .map(({ holder, name, level, line }) => `${line} ${holder}: ${name} ${level ?? ""}`.trim());
}

/** What a service with these keys is given. */
function powers(keys: string, path?: string): string[] {
  const text = `services:\n  a:\n    ${keys.replaceAll("\n", "\n    ")}\n`;
  return grants(text, "compose.privilege", path).map((line) =>
    line.replace(/^\d+ services.a: /, ""),
  );
}

test.each([
  ["compose.yaml", "grants"],
  ["a/docker-compose.override.yml", "grants"],
  ["docker-compose-dev.yml", "grants"],
  ["DOCKER-COMPOSE.YML", "grants"],
  ["dev.docker-compose.yml", "grants"],
  ["deploy/docker-stack.yml", "grants"],
  ["docker-compose.yml.j2", "resembles"],
  ["testdata/compose.yml", "resembles"],
  ["composer.yml", null],
  ["compose.json", null],
])("%s is claimed: %s", (path, claim) => {
  const claimed = claimsOn(path).find(({ reader }) => reader === compose);
  expect(claimed?.claim ?? null).toBe(claim);
});

test.each([
  ["privileged: true", ["privileged host"]],
  ["privileged: 'yes'", ["privileged host"]],
  ["privileged: ${P:-true}", ["privileged host"]],
  ["privileged: ${P}", ["privileged host"]],
  ["privileged: ${P:-false}", []],
  ["privileged: no", []],
  ["post_start: [{command: x, privileged: true}]", ["privileged host"]],
  [
    "cap_add: [NET_ADMIN, cap_sys_admin, ALL]",
    ["cap-add NET_ADMIN limited", "cap-add SYS_ADMIN host", "cap-add ALL host"],
  ],
  ["devices: [/dev/net/tun]", ["device /dev/net/tun limited"]],
  [
    "devices: ['/dev/sda:/x:rwm', {source: /dev/mem}]",
    ["device /dev/sda host", "device /dev/mem host"],
  ],
  [
    "device_cgroup_rules: ['b 1:1 r', 'c 1:1 r']",
    ["device-cgroup-rule b 1:1 r host", "device-cgroup-rule c 1:1 r broad"],
  ],
  ["network_mode: host", ["network host broad"]],
  ["network_mode: service:b", []],
  ["pid: host\nipc: host", ["pid host host", "ipc host broad"]],
  [
    "security_opt: ['seccomp:unconfined', 'no-new-privileges:false']",
    ["security-opt seccomp=unconfined broad", "security-opt no-new-privileges=false limited"],
  ],
  ["security_opt: ['no-new-privileges:true', 'seccomp=builtin', 'label=type:x_t']", []],
  [
    "security_opt: ['seccomp:./x.json', 'label:type:spc_t']",
    ["security-opt seccomp=./x.json limited", "security-opt label=type:spc_t broad"],
  ],
  [
    "volumes_from: [b:ro, 'container:x']",
    ["volumes-from b limited", "volumes-from container:x broad"],
  ],
  ["build: {context: ., dockerfile: x.txt}", ["build by x.txt limited"]],
  ["build: {context: ., dockerfile: ../app.Dockerfile}", []],
  ["use_api_socket: true", ["use-api-socket host"]],
  [
    "build: {context: ., privileged: true, network: host, entitlements: [security.insecure]}",
    ["build privileged host", "build network host broad", "build security.insecure host"],
  ],
  ["provider: {type: x}", ["provider x broad"]],
  ["credential_spec: {file: x}", ["credential_spec broad"]],
])("a service with %j gets %j", (keys, expected) => {
  expect(powers(keys)).toEqual(expected);
});

test.each([
  ["/var/run/docker.sock:/x:ro", "mount /var/run/docker.sock host"],
  ["//var/run/../run/docker.sock:/x", "mount /var/run/docker.sock host"],
  ["${S:-/var/run/docker.sock}:/x", "mount /var/run/docker.sock host"],
  ["/:/host:ro", "mount / host"],
  ["/etc:/etc", "mount /etc host"],
  ["/etc:/etc:ro", "mount /etc broad"],
  ["/etc/hosts:/x", "mount /etc/hosts broad"],
  ["~/.ssh:/x:ro", "mount ~/.ssh limited"],
  ["$HOME/.ssh:/x", "mount ~/.ssh broad"],
  ["~/src:/x", "mount ~/src limited"],
  ["../..:/x", "mount a folder outside the repository broad"],
  ["/var/spool/cron/crontabs:/x", "mount /var/spool/cron/crontabs host"],
  ["$XDG_RUNTIME_DIR/podman/podman.sock:/x:ro", "mount $XDG_RUNTIME_DIR/podman/podman.sock host"],
  ["/usr/local/bin:/x", "mount /usr/local/bin host"],
  ["/usr/bin/docker:/x", "mount /usr/bin/docker broad"],
  ["/var/lib/containerd:/x:ro", "mount /var/lib/containerd limited"],
  ["c:/:/x", "mount C:\\ host"],
  ["C:/Windows:/x:ro", "mount C:\\windows broad"],
])("the volume %s gives %s", (volume, expected) => {
  expect(powers(`volumes: ["${volume}"]`, "a/compose.yml")).toEqual([expected]);
});

test.each([
  "..:/x",
  "./a:/x",
  "${PWD}/a:/x",
  "data:/etc",
  "/etc/localtime:/etc/localtime",
  "/your/storage:/data",
  "C:/Users/bo/src:/x",
  "/data",
  "${UNKNOWN}:/x",
  "./docker.sock:/x",
])("the volume %s gives nothing", (volume) => {
  expect(powers(`volumes: ["${volume}"]`, "a/compose.yml")).toEqual([]);
});

test.each([
  ["{type: bind, source: /etc, target: /x}", "mount /etc host"],
  ["{type: bind, source: /etc, target: /x, read_only: true}", "mount /etc broad"],
  ["{type: npipe, source: '\\\\.\\pipe\\docker_engine', target: x}", "mount docker_engine host"],
])("a volume written out, %s, gives %s", (volume, expected) => {
  expect(powers(`volumes: [${volume}]`)).toEqual([expected]);
});

test("a named volume can be a folder of the machine, and a network the machine's own", () => {
  const text = `services:
  a:
    volumes: [data:/x, layers:/y]
    networks: [outside]
volumes:
  data: { driver_opts: { type: none, o: bind, device: /etc } }
  layers: { driver_opts: { type: overlay, device: overlay, o: "lowerdir=/root,upperdir=/x" } }
networks:
  outside: { external: true, name: host }
`;
  expect(grants(text, "compose.privilege")).toEqual([
    "3 services.a: mount /etc host",
    "3 services.a: mount /root host",
    "4 services.a: network host broad",
  ]);
});

test("files of the machine that a service gets as configs and secrets are mounts", () => {
  const text = `services:
  a: { configs: [sock, { source: own }], secrets: [{ source: key }, up, none] }
configs:
  sock: { file: /var/run/docker.sock }
  own: { file: ./own.conf }
secrets:
  key: { file: /etc/shadow }
  up: { file: ../../x }
  unused: { file: /root/x }
`;
  expect(grants(text, "compose.privilege", "a/compose.yml")).toEqual([
    "2 services.a: mount /var/run/docker.sock host",
    "2 services.a: mount /etc/shadow broad",
    "2 services.a: mount a folder outside the repository limited",
  ]);
});

test("services that name no network are in the file's own", () => {
  const text = `services:
  a: { image: x }
  b: { image: x, networks: [c] }
  c: { image: x, network_mode: none }
networks:
  c: {}
  default: { name: host, external: true }
`;
  expect(grants(text, "compose.privilege")).toEqual(["7 services.a: network host broad"]);
});

test("a Dockerfile that stands in a service is read as one, at its own lines", () => {
  const text = `services:
  a:
    build:
      dockerfile_inline: |
        # syntax=acme/x:1
        FROM alpine
        ENV NPM_TOKEN=$\${X:-abc}
        RUN --security=insecure x
        ADD http://a.example/x /x
`;
  expect(grants(text, "docker.build-right")).toEqual([
    "8 services.a final stage: security insecure host",
  ]);
  expect(grants(text, "docker.add-url")).toEqual(["9 services.a final stage: a.example plain"]);
  expect(grants(text, "docker.secret")).toEqual(["7 services.a final stage: NPM_TOKEN image"]);
  expect(readingOf(text).dependencies).toMatchObject([
    { name: "acme/x", group: "a", line: 5 },
    { name: "alpine", group: "a", line: 6 },
  ]);
});

test.each([
  ["services: {a: {build: {dockerfile_inline: 'x y'}}}", "instruction"],
  [`services: {a: {volumes: ["/${"./".repeat(2_100)}etc:/x$X"]}}`, "too-long"],
])("refused: %j", (text, code) => {
  const bytes = new TextEncoder().encode(text);
  expect(compose.read("compose.yml", bytes)).toMatchObject({ understood: false, code });
});

test("the image that reads a Dockerfile is taken in", () => {
  const text = "services: {a: {build: {context: ., args: [BUILDKIT_SYNTAX=acme/x:1 y]}}}";
  expect(readingOf(text).dependencies).toMatchObject([{ name: "acme/x", version: "1" }]);
});

test("a service has what it extends, merges or takes by an alias", () => {
  const text = `x-all: &all
  privileged: true
services:
  base:
    cap_add: [ALL]
  a:
    extends: { service: base }
  b:
    <<: *all
  c: *all
  d: !override
    pid: host
`;
  expect(grants(text, "compose.privilege")).toEqual([
    "5 services.base: cap-add ALL host",
    "5 services.a: cap-add ALL host",
    "2 services.b: privileged host",
    "2 services.c: privileged host",
    "12 services.d: pid host host",
  ]);
});

test("services that extend each other end", () => {
  const text = "services:\n  a: { extends: b, pid: host }\n  b: { extends: a }\n";
  expect(grants(text, "compose.privilege")).toHaveLength(2);
});

test("every document and the first format's services count", () => {
  expect(
    grants("a: {image: x, pid: host}\n---\nservices: {b: {pid: host}}", "compose.privilege"),
  ).toHaveLength(2);
});

test.each([
  ["include: [base.yml]", "1 include: services of base.yml broad"],
  ["include: [{path: [oci://a.example/x]}]", "1 include: services of oci://a.example/x host"],
  ["services: {a: {extends: {file: x.conf, service: b}}}", "1 include: services of x.conf broad"],
])("services of a file that nobody reads are told: %s", (text, expected) => {
  expect(grants(text, "compose.privilege")).toEqual([expected]);
});

test("services of a Compose file are told where it is read itself", () => {
  expect(grants("include: [b/compose.yml]", "compose.privilege")).toEqual([]);
});

test.each([
  ["'8080:80'", "80 world"],
  ["'127.0.0.1:8080:80/udp'", "80 local"],
  ["'[::1]:8080:80'", "80 local"],
  ["80", "80 world"],
  ["{target: 80, published: 8080, host_ip: 127.0.0.1}", "80 local"],
])("the port %s is %s", (port, expected) => {
  const text = `services: {a: {ports: [${port}]}}`;
  expect(grants(text, "compose.port")).toEqual([`1 services.a: ${expected}`]);
});

test("a variable that is named as a secret and holds one is told without its value", () => {
  const text = `services:
  a:
    environment:
      DB_PASSWORD: hunter2
      API_TOKEN: \${API_TOKEN}
      TOKEN_FILE: /run/x
  b:
    environment: [DB_PASSWORD=hunter2, API_TOKEN]
    build: { context: ., args: { NPM_TOKEN: abc } }
`;
  expect(grants(text, "compose.secret")).toEqual([
    "4 services.a: DB_PASSWORD",
    "8 services.b: DB_PASSWORD",
    "9 services.b: NPM_TOKEN",
  ]);
  expect(JSON.stringify(readingOf(text))).not.toContain("hunter2");
});

test("images and remote builds are taken in; what a build makes is not", () => {
  const text = `services:
  a: { image: "redis:\${V:-7}" }
  b: { image: own, build: . }
  c: { build: "https://github.com/acme/x.git#v1" }
  d: { build: { context: ., additional_contexts: { x: "docker-image://alpine:3" } } }
`;
  expect(
    readingOf(text).dependencies?.map(({ group, name, range }) => [group, name, range]),
  ).toEqual([
    ["a", "redis", "bounded"],
    ["c", "https://github.com/acme/x.git", "open"],
    ["d", "alpine", "bounded"],
  ]);
});

test.each([
  ["https://a.example/x.git#v1", "v1", "open"],
  ["https://a.example/x.git?subdir=b&tag=v1", "v1", "open"],
  [`https://a.example/x.git?branch=main&commit=${"a".repeat(40)}`, "a".repeat(40), "exact"],
])("a build of %s is of what its address says", (address, version, range) => {
  const [built] = readingOf(`services: { a: { build: "${address}" } }`).dependencies ?? [];
  const source = { origin: "git:a.example/x" };
  expect(built).toMatchObject({ name: "https://a.example/x.git", version, range, source });
});

test("what may be a password is not told with an address", () => {
  const text = `include: ["https://bo:s3/cr3t@a.example/x?key=s3cr3t"]
services:
  a: { build: "https://bo:s3/cr3t@a.example/x.git#v1" }
`;
  expect(grants(text, "compose.privilege")).toEqual([
    "1 include: services of https://a.example/x host",
  ]);
  expect(readingOf(text).dependencies).toMatchObject([{ name: "https://a.example/x.git" }]);
});

test("a service that is renamed and keeps its powers gains none", () => {
  const body = "    command: x\n    privileged: true\n    user: root\n";
  const facts = diffOf(
    { "compose.yml": `services:\n  a:\n${body}` },
    { "compose.yml": `services:\n  b:\n${body}` },
  );
  expect(facts.map(shown)).toEqual([]);
});

test("a user that goes is a raise, and one that becomes root", () => {
  const with_ = (user: string) => ({ "compose.yml": `services:\n  a:\n    image: x\n${user}` });
  expect(diffOf(with_("    user: '1000'\n"), with_("")).map(shown)).toEqual([
    "raised services.a user user→unstated compose.yml:2",
  ]);
  expect(diffOf(with_(""), with_("    user: '0'\n")).map(shown)).toEqual([
    "raised services.a user unstated→root compose.yml:4",
  ]);
});

test.each(["[1]", "", "a", "services: [a]", "services: {a: 1}"])("%j grants nothing", (text) => {
  expect(readingOf(text).capabilities).toEqual([]);
});
