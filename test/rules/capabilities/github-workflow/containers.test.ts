import { expect, test } from "vitest";
import { CONTAINER_KIND } from "../../../../rules/capabilities/github-workflow/containers.ts";
import { capabilitiesOf, changed, granted, readText } from "./read-workflow.ts";

/** A workflow whose job `a` has its body from line 4 on. */
function job(...lines: string[]): string {
  return `on: push\njobs:\n  a:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

function names(...lines: string[]): string[] {
  return capabilitiesOf(CONTAINER_KIND, job(...lines)).map(({ name }) => name);
}

test.each([
  ["--use-api-socket", ["--use-api-socket"]],
  ["--use-api-socket=true --init", ["--use-api-socket"]],
  ["--use-api-socket -v /etc:/x", ["--use-api-socket", "mount /etc"]],
  ["--use-api-socket=false", []],
])("the Docker API socket by option: %s", (options, found) => {
  expect(names(`container: {image: x, options: ${JSON.stringify(options)}}`)).toEqual(found);
});

test.each([
  [
    "type=volume,target=/h,volume-driver=local,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/",
    ["mount /"],
  ],
  ["target=/h,Volume-Opt=device=/etc/ssh,volume-opt=o=bind", ["mount /etc/ssh"]],
  ["type=volume,target=/h,'\"volume-opt=device=/root\"'", ["mount /root"]],
  ["target=/h,volume-opt=type=ext4,volume-opt=device=/dev/sda1", ["mount /dev/sda1"]],
  [
    "target=/h,volume-opt=type=overlay,'\"volume-opt=o=lowerdir=/srv:/etc,upperdir=/a,workdir=/b\"'",
    ["mount /etc"],
  ],
  ["source=data,source=/etc,target=/h", ["mount /etc"]],
  ["target=/h,volume-opt=type=nfs,volume-opt=device=:/srv/share", []],
  ["target=/h,volume-opt=type=tmpfs,volume-opt=device=tmpfs", []],
])("a volume that is a bind by its options: %s", (mount, found) => {
  expect(names(`container: {image: x, options: ${JSON.stringify(`--mount ${mount}`)}}`)).toEqual(
    found,
  );
});

test.each([
  ["--privileged", ["--privileged"]],
  ["--privileged=true", ["--privileged"]],
  ["'--privileged'", ["--privileged"]],
  ["--cap-add SYS_ADMIN", ["--cap-add SYS_ADMIN"]],
  ["--cap-add=cap_sys_admin --cap-add ALL", ["--cap-add SYS_ADMIN", "--cap-add ALL"]],
  ["--device /dev/kvm", ["--device /dev/kvm"]],
  ["--device=/dev/kvm:/dev/kvm:rwm", ["--device /dev/kvm"]],
  ["--device-cgroup-rule='c 1:3 mr'", ["--device-cgroup-rule c 1:3 mr"]],
  ["--pid host", ["--pid host"]],
  ["--network=host", ["--network host"]],
  ["--net host", ["--network host"]],
  ["--ipc=host --uts=host", ["--ipc host", "--uts host"]],
  ["--userns=host --cgroupns host", ["--userns host", "--cgroupns host"]],
  ["--security-opt seccomp=unconfined", ["--security-opt seccomp=unconfined"]],
  // What a profile of one's own allows stands elsewhere.
  ["--security-opt seccomp=profile.json", ["--security-opt seccomp=profile.json"]],
  ["--security-opt=apparmor:unconfined", ["--security-opt apparmor=unconfined"]],
  ["--security-opt no-new-privileges=false", ["--security-opt no-new-privileges=false"]],
  ["--security-opt label:disable", ["--security-opt label=disable"]],
  ["--security-opt systempaths=unconfined", ["--security-opt systempaths=unconfined"]],
  ["-v /var/run/docker.sock:/sock", ["mount /var/run/docker.sock"]],
  ["-v/:/host", ["mount /"]],
  ["-v=/etc:/x", ["mount /etc"]],
  ["-itv /root:/x", ["mount /root"]],
  ["--volume /proc:/x:ro", ["mount /proc"]],
  ["--volume='/sys:/x'", ["mount /sys"]],
  ["--mount type=bind,source=/home,target=/x", ["mount /home"]],
  ["--mount=target=/x,src=/etc/shadow,type=bind", ["mount /etc/shadow"]],
  ["-v \\/etc:/x", ["mount /etc"]],
  ["-v '/e'tc:/x", ["mount /etc"]],
  ["--name --privileged", ["--privileged"]],
  ["--label 'x --privileged --label y'", ["--privileged"]],
  ["--label x\\ --privileged", ["--privileged"]],
  ['--label "x\\\\" --privileged --label "y"', ["--privileged"]],
  ["--mount Type=bind,Source=/etc,target=/x", ["mount /etc"]],
  ["-v ../../../../../var/run/docker.sock:/s", ["mount /var/run/docker.sock"]],
  ["-v ./../../etc:/s", ["mount /etc"]],
  ["-v ${{ github.workspace }}/../../../../../etc:/x", ["mount /etc"]],
  ["-v ${{ runner.temp }}/../../../..:/x", ["mount /"]],
  ["--cap-add ${{ inputs.cap }}", ["--cap-add ${{ inputs.cap }}", "options by expression"]],
])("the options %s open the machine: %j", (options, found) => {
  expect(names("container:", "  options: |", `    ${options}`)).toEqual(found);
  expect(names("services:", "  db:", "    options: |", `      ${options}`)).toEqual(found);
});

test.each([
  "--privileged=false",
  "--privileged=0",
  "--privilegedx",
  "-privileged",
  "--cap-drop ALL",
  '--label "x --privileged"',
  '--label "x\\" --privileged"',
  "-v ./etc:/x",
  "-v ${{ github.workspace }}/etc:/x",
  "-v ${{ runner.temp }}/cache:/x",
  "--user root",
  "--user 0",
  "--pid container:db",
  "--network bridge",
  "--network-alias host",
  "--ipc private",
  "--security-opt no-new-privileges",
  "--device-read-bps /dev/sda:1mb",
  "-v data:/etc",
  "-v /etc",
  "-v /srv/data:/data",
  "-v /etcetera:/x",
  "-v /opt/hostedtoolcache:/x",
  "-v /home/runner/work/_temp:/x",
  "-v /etc/localtime:/etc/localtime:ro",
  "-v /dev/shm:/dev/shm",
  "-v",
  "--mount type=volume,source=data,target=/etc",
  "--mount type=tmpfs,target=/etc",
  '--health-cmd "docker run --privileged"',
  "--health-cmd 'pg_isready --pid host' --memory 2g",
  "-v ${{ github.workspace }}:/src -v ${{ runner.temp }}:/tmp",
  "--name x-${{ github.run_id }}-${{ strategy.job-index }} -e P=${{ secrets.P }}",
  "--memory ${{ x && '1g' || '2g' }}",
  "",
])("the options %s do not", (options) => {
  expect(names("container:", "  options: |", `    ${options}`)).toEqual([]);
});

test.each([
  ["/var/run/docker.sock:/var/run/docker.sock", ["mount /var/run/docker.sock"]],
  ["/run/docker.sock:/x", ["mount /run/docker.sock"]],
  ["/:/host:ro", ["mount /"]],
  ["//etc/./ssh/../:/x", ["mount /etc"]],
  ["/srv/../etc:/x", ["mount /etc"]],
  ["/../..:/x", ["mount /"]],
  ["/usr:/x", ["mount /usr"]],
  ["/boot:/x", ["mount /boot"]],
  ["/dev/sda:/x", ["mount /dev/sda"]],
  ["/var:/x", ["mount /var"]],
  ["/var/lib/docker/volumes:/x", ["mount /var/lib/docker/volumes"]],
  ["/home/runner/.ssh:/x", ["mount /home/runner/.ssh"]],
  ["/home/runner/work/../.ssh:/x", ["mount /home/runner/.ssh"]],
  ["${{ x && '/etc' || '/srv' }}:/x", ["mount /etc"]],
  ["${{ inputs.folder }}:/x", ["volume by expression"]],
  ["${{ github.event.inputs.folder }}:/x", ["volume by expression"]],
  ["${{ github.workspace }}:/src", []],
  ["/srv/${{ inputs.x }}:/x", []],
  ["data:/var/run", []],
  ["/etc", []],
  ["/srv:/etc", []],
  ["/usr/share:/x", []],
])("the volume %s opens %j", (volume, found) => {
  expect(names(`container: {volumes: ["${volume}"]}`)).toEqual(found);
  expect(names(`services: {db: {volumes: ["${volume}"]}}`)).toEqual(found);
});

test("one volume may stand without a list", () => {
  expect(names("container: {volumes: '/etc:/x'}")).toEqual(["mount /etc"]);
});

test.each([
  { what: "an image alone", lines: ["container: node:24"] },
  { what: "an image with JSON in its name", lines: ["container: octo/fromjson:1"] },
  { what: "a volume that is a map", lines: ["container: {volumes: [{'/etc': '/x'}]}"] },
  { what: "an image by expression", lines: ["container: ${{ inputs.image }}"] },
  { what: "a container of null", lines: ["container:"] },
  { what: "services that are a list", lines: ["services: [a]"] },
  { what: "options that are a list", lines: ["container: {options: [--privileged]}"] },
  { what: "options elsewhere", lines: ["env: {options: --privileged}"] },
  { what: "options of a step", lines: ["steps: [{with: {options: --privileged}}]"] },
])("$what opens nothing", ({ lines }) => {
  expect(names(...lines)).toEqual([]);
});

test.each([
  {
    what: "options",
    lines: [
      "strategy: {matrix: {o: ['', --privileged]}}",
      "container: {options: '${{ matrix.o }}'}",
    ],
    found: ["--privileged"],
  },
  {
    what: "a container",
    lines: [
      "strategy: {matrix: {c: [{image: a}, {image: a, options: --privileged}]}}",
      "container: ${{ matrix.c }}",
    ],
    found: ["--privileged"],
  },
  {
    what: "volumes",
    lines: ["strategy: {matrix: {v: [['/etc:/x']]}}", "container: {volumes: '${{ matrix.v }}'}"],
    found: ["mount /etc"],
  },
  {
    what: "what only a run knows",
    lines: ["container: {options: '${{ matrix.o }}'}"],
    found: ["options by expression"],
  },
])("the matrix is followed: $what", ({ lines, found }) => {
  expect(names(...lines)).toEqual(found);
});

test.each([
  { what: "a container by JSON", container: "container: ${{ fromJSON(inputs.container) }}" },
  { what: "services by JSON", container: "services: ${{ fromJSON(needs.a.outputs.all) }}" },
])("$what may have any options", ({ container }) => {
  expect(names(container)).toEqual(["options by expression"]);
});

test("an option stands at its line", () => {
  const text = job(
    "container:",
    "  image: x",
    "  options: |",
    "    --cpus 1",
    "    --privileged",
    "  volumes:",
    "  - data:/x",
    "  - /etc:/x",
  );
  expect(granted(CONTAINER_KIND, text)).toEqual(["jobs.a --privileged 8", "jobs.a mount /etc 11"]);
});

test("what only a run knows is heuristic, all else exact", () => {
  const text = job("container: {options: '--privileged ${{ inputs.x }}'}");
  const found = capabilitiesOf(CONTAINER_KIND, text);
  expect(found.map(({ certainty }) => certainty)).toEqual(["exact", "heuristic"]);
});

test("policies know it as github.workflow.container", () => {
  const text = job("container: {options: --privileged}");
  expect(granted("github.workflow.container", text)).toEqual(["jobs.a --privileged 4"]);
});

test("an option counts once a container", () => {
  const twice = "{options: '--privileged --privileged=1'}";
  const text = job(`container: ${twice}`, `services: {db: ${twice}}`);
  expect(granted(CONTAINER_KIND, text)).toEqual(["jobs.a --privileged 4", "jobs.a --privileged 5"]);
});

const BASE = job("container:", "  image: x", "  options: --pid host --privileged");

test.each([
  { what: "order", head: job("container: {options: --privileged --pid host, image: x}") },
  {
    what: "spelling",
    head: job("container: {options: '--pid=\"host\" --privileged=1', image: x}"),
  },
  {
    what: "layout",
    head: job("container:", "  options: >-", "    --pid", "    host", "    --privileged"),
  },
  { what: "container", head: job("services: {db: {options: --pid host --privileged}}") },
])("another $what opens nothing new", ({ head }) => {
  expect(changed(CONTAINER_KIND, BASE, head)).toEqual([]);
});

test("an option that comes is added, one that goes removed", () => {
  const found = changed(CONTAINER_KIND, BASE, BASE.replace("--pid", "--ipc"));
  expect(found.map(({ delta, name, line }) => [delta, name, line])).toEqual([
    ["added", "--ipc host", 6],
    ["removed", "--pid host", 6],
  ]);
});

test("more options than an honest job has are not understood", () => {
  const options = (count: number): string =>
    Array.from({ length: count }, (_, index) => `--cap-add C${index}`).join(" ");
  expect(granted(CONTAINER_KIND, job(`container: {options: ${options(200)}}`))).toHaveLength(200);
  expect(readText(job(`container: {options: ${options(201)}}`))).toMatchObject({
    understood: false,
    code: "too-many-options",
    why: "more than 200 volumes, or options that open the machine",
    line: 3,
  });
});

test("more volumes than an honest container has are not understood", () => {
  const volumes = (count: number): string => "'a:/b', ".repeat(count);
  expect(granted(CONTAINER_KIND, job(`container: {volumes: [${volumes(200)}]}`))).toEqual([]);
  expect(readText(job(`container: {volumes: [${volumes(201)}]}`))).toMatchObject({
    understood: false,
    code: "too-many-options",
    line: 4,
  });
});
