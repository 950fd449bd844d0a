import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "compose.yml";

const FILE = `services:
  web:
    image: nginx:1.29
    ports: ["127.0.0.1:8080:80"]
    user: "1000"
    volumes: [data:/data]
    environment: { MODE: test }
  worker:
    build: .
    extends: { service: web }
    cap_add: [NET_ADMIN]
volumes:
  data: {}
`;

function pair(base: string, head: string) {
  return { base: { [PATH]: base }, head: { [PATH]: head } };
}

export const composeSamples: FormatSamples = {
  reader: "compose",
  files: [{ path: PATH, text: FILE, movedTo: "deploy/docker-compose.yaml" }],
  gains: [
    {
      what: "a service becomes privileged",
      kind: "compose.privilege",
      ...pair(FILE, FILE.replace("    build: .", "    privileged: true\n    build: .")),
    },
    {
      what: "a named volume becomes a folder of the machine",
      kind: "compose.privilege",
      ...pair(FILE, FILE.replace("data: {}", "data: { driver_opts: { device: /etc } }")),
    },
    {
      what: "a port is opened to the world",
      kind: "compose.port",
      ...pair(FILE, FILE.replace("127.0.0.1:", "")),
    },
    {
      what: "a user becomes root",
      kind: "compose.user",
      ...pair(FILE, FILE.replace('"1000"', "root")),
    },
    {
      what: "a service no longer drops what it may",
      kind: "compose.confinement",
      ...pair(FILE.replace("    user:", "    cap_drop: [ALL]\n    user:"), FILE),
    },
    {
      what: "a secret comes to stand in the file",
      kind: "compose.secret",
      ...pair(FILE, FILE.replace("MODE: test", "DB_PASSWORD: test")),
    },
  ],
  nothing: [
    {
      what: "a command is changed",
      ...pair(FILE, FILE.replace("build: .", "build: .\n    tty: true")),
    },
  ],
  adversaries: [
    adversary("services", (bytes) => {
      return `services:\n${numbered(bytes, (n) => `  s${n}: { pid: host }\n`)}`;
    }),
    adversary("services that extend each other", (bytes) => {
      return `services:\n${numbered(bytes, (n) => `  s${n}: { extends: s${n - 1}, pid: host }\n`)}`;
    }),
    adversary("volumes", (bytes) => {
      return `services:\n  a:\n    volumes:\n${numbered(bytes, (n) => `      - /etc/${n}:/x\n`)}`;
    }),
    adversary("networks of one service", (bytes) => {
      const used = numbered(bytes / 2, (n) => `      - n${n}\n`);
      const all = numbered(bytes / 2, (n) => `  n${n}: {}\n`);
      return `services:\n  a:\n    networks:\n${used}networks:\n${all}`;
    }),
    adversary("one volume", (bytes) => `services: {a: {volumes: ["${fill("${a:-", bytes)}"]}}`),
    adversary("dollars", (bytes) => `services: {a: {volumes: ["${fill("$$", bytes)}:/x"]}}`),
  ],
};

function adversary(what: string, write: (bytes: number) => string) {
  return { what: `a Compose file with ${what}`, path: PATH, write };
}
