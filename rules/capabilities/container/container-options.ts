import { sensitivePath, hostMount } from "./host-paths.ts";
import { mountFields } from "./mount-fields.ts";
import { optionWords, type Word } from "./option-words.ts";

/** An option that opens the machine, in one spelling, and where it stands in the text. */
export interface LooseOption {
  readonly name: string;
  readonly offset: number;
}

/**
 * The options of `docker create` that open the machine to a container, in the order of the text:
 * more rights, devices, the machine's own namespaces, protections that are switched off, and
 * sensitive folders (`mount PATH`). What a shell and what a plain process would take both count.
 *
 * Source: docs.docker.com, "docker container create".
 */
export function looseOptions(text: string): LooseOption[] {
  const asProcess = looseAmong(optionWords(text, "process"));
  if (!/['\\]/.test(text)) return asProcess;
  const found = [...asProcess, ...looseAmong(optionWords(text, "shell"))];
  const byOffset = new Map(found.map((option) => [option.offset, option]));
  return [...byOffset.values()].sort((left, right) => left.offset - right.offset);
}

/** As `looseOptions`, for options that are written as a list of words. */
export function looseAmong(words: readonly Word[]): LooseOption[] {
  const found: LooseOption[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!word) continue;
    const { option, value } = splitOption(word);
    const nameOf = OPENING.get(option);
    if (!nameOf) continue;
    const takesNext = value === null && !FLAGS.has(option);
    if (takesNext) at += 1;
    const name = nameOf(value ?? (takesNext ? words[at]?.text : undefined) ?? "");
    if (name !== null) found.push({ name, offset: word.offset });
  }
  return found;
}

/**
 * What an option (`--cap-add`) opens with a value, in one spelling; null where it opens nothing.
 * A flag's value is "true" where none is written.
 */
export function loosening(option: string, value: string): string | null {
  return OPENING.get(option)?.(value) ?? null;
}

type Naming = (value: string) => string | null;

/** Options that stand alone, `--privileged`; a value needs `=`. */
const FLAGS = new Set(["--privileged", "--use-api-socket"]);

/** Each option that can open the machine, and how it is named with a value that does. */
const OPENING: ReadonlyMap<string, Naming> = new Map<string, Naming>([
  ["--privileged", flag("--privileged")],
  // The socket of the machine's Docker, and the credentials of whoever starts the container.
  ["--use-api-socket", flag("--use-api-socket")],
  ["--cap-add", (value) => `--cap-add ${capabilityName(value)}`],
  ["--device", (value) => `--device ${value.replace(/:.*/s, "")}`],
  ["--device-cgroup-rule", (value) => `--device-cgroup-rule ${value}`],
  ["--security-opt", loosened],
  ["--pid", shared("--pid")],
  ["--network", shared("--network")],
  ["--net", shared("--network")],
  ["--ipc", shared("--ipc")],
  ["--uts", shared("--uts")],
  ["--userns", shared("--userns")],
  ["--cgroupns", shared("--cgroupns")],
  ["--volume", (value) => mounted(hostMount(value))],
  [
    "--volumes-from",
    (value) => (value === "" ? null : `--volumes-from ${value.replace(/:r[ow]$/, "")}`),
  ],
  ["-v", (value) => mounted(hostMount(value))],
  ["--mount", (value) => mounted(mountedPath(value))],
]);

function flag(option: string): Naming {
  return (value) => (/^(?:0|f|false)$/i.test(value) ? null : option);
}

/** Protections, spelt with `=`, without which a container reaches more of the machine. */
const UNPROTECTED = new Set([
  "apparmor=unconfined",
  "label=disable",
  "label=type=spc_t",
  "label=type:spc_t",
  "no-new-privileges=false",
  "seccomp=unconfined",
  "systempaths=unconfined",
]);

// `--pid=host`, `--pid host`, `-v/a:/b`, `-itv /a:/b`
function splitOption({ text }: Word): { option: string; value: string | null } {
  const short = /^-[ditPq]*v(.*)$/s.exec(text);
  if (short) return { option: "-v", value: short[1]?.replace(/^=/, "") || null };
  const equals = text.indexOf("=");
  if (equals === -1) return { option: text, value: null };
  return { option: text.slice(0, equals), value: text.slice(equals + 1) };
}

// `cap_sys_admin` is `SYS_ADMIN`.
function capabilityName(value: string): string {
  return /^\w+$/.test(value) ? value.toUpperCase().replace(/^CAP_/, "") : value;
}

function loosened(value: string): string | null {
  const protection = value.toLowerCase().replace(":", "=");
  // A profile of one's own may allow all.
  const isOwn = /^seccomp=(?!builtin$)./.test(protection);
  return isOwn || UNPROTECTED.has(protection) ? `--security-opt ${protection}` : null;
}

function shared(option: string): Naming {
  return (value) => (value === "host" ? `${option} host` : null);
}

function mounted(path: string | null): string | null {
  return path === null ? null : `mount ${path}`;
}

/** The first sensitive folder of the machine that a `--mount` opens; null for none. */
function mountedPath(mount: string): string | null {
  const paths = mountFields(mount).flatMap(sourcesIn).map(sensitivePath);
  return paths.find((path) => path !== null) ?? null;
}

// `source=/etc`, `volume-opt=device=/`, `volume-opt=o=lowerdir=/,upperdir=/x`
function sourcesIn([key, value]: readonly [key: string, value: string]): readonly string[] {
  if (key === "source" || key === "src") return [value];
  if (key !== "volume-opt") return [];
  return Array.from(value.matchAll(/[=:](\/[^,:]*)/g), ([, path = ""]) => path);
}
