import { loosening } from "./container-options.ts";
import { sensitivePath } from "./host-paths.ts";

/**
 * How much of the machine a container gets, from weakest to strongest. `limited`: one device or a
 * narrow right. `broad`: a shared namespace, a confinement less, files of the machine. `host`: as
 * good as root on it.
 */
export const POWER_LEVELS = ["limited", "broad", "host"] as const;

export type PowerLevel = (typeof POWER_LEVELS)[number];

/** Something that opens the machine to a container. */
export interface Power {
  /** As an option of `docker create` without its dashes: `cap-add NET_ADMIN`, or `mount /etc`. */
  readonly name: string;
  readonly level: PowerLevel;
}

/** What an option of `docker create` opens with a value: `("--cap-add", "net_admin")`; null for nothing. */
export function powerOf(option: string, value: string): Power | null {
  const loose = loosening(option, value);
  return loose === null ? null : powerNamed(loose);
}

/** A power by the name that `looseOptions` gives it. */
export function powerNamed(loose: string): Power {
  const name = loose.replace(/^--/, "");
  return { name, level: levelOf(name) };
}

/** How a volume is mounted besides its source. */
export interface MountMode {
  readonly readOnly: boolean;
}

/**
 * What mounting a path of the machine opens; null where it is neither sensitive nor in somebody's
 * home folder. Whoever reads a socket of a container engine also writes to it.
 */
export function mountPower(written: string, { readOnly }: MountMode): Power | null {
  if (ENGINE_PIPE.test(written)) return { name: "mount docker_engine", level: "host" };
  const path =
    drivePath(written) ?? homePath(written) ?? sensitivePath(written) ?? socketPath(written);
  if (path === null) return null;
  const level = mountLevel(path);
  const isLess = readOnly && !holdsSocket(path);
  return { name: `mount ${path}`, level: isLess ? LESS[level] : level };
}

const LESS: Readonly<Record<PowerLevel, PowerLevel>> = {
  limited: "limited",
  broad: "limited",
  host: "broad",
};

// `\\.\pipe\docker_engine`, the socket of Docker on Windows
const ENGINE_PIPE = /pipe[\\/]+docker_engine/i;

// `C:\\`, `c:/Windows`
function drivePath(written: string): string | null {
  const [, drive, folder = ""] = DRIVE.exec(written) ?? [];
  return drive === undefined ? null : `${drive.toUpperCase()}:\\${folder.toLowerCase()}`;
}

const DRIVE = /^([a-z]):[\\/]*(windows|users|programdata)?[\\/]*$/i;

// `$XDG_RUNTIME_DIR/docker.sock`, `/srv/docker.sock`
function socketPath(written: string): string | null {
  return /^[/$]/.test(written) && SOCKET.test(written) ? written : null;
}

// `~/.ssh`, `$HOME/.ssh`, `${HOME}/.ssh`
function homePath(written: string): string | null {
  const rest = /^(?:~|\$HOME\b|\$\{HOME\}|\$\{(?:env|localEnv):(?:HOME|USERPROFILE)[^}]*\})(.*)$/s;
  const below = rest.exec(written)?.[1];
  return below === undefined ? null : `~${below.replace(/\/+$/, "")}`;
}

function mountLevel(path: string): PowerLevel {
  if (path.startsWith("~")) return HOME_SECRETS.test(path) ? "broad" : "limited";
  return holdsSocket(path) || TAKES_OVER.test(path) || DRIVE.test(path) ? "host" : "broad";
}

function holdsSocket(path: string): boolean {
  return SOCKET.test(path) || ["/", "/run", "/var", "/var/run"].includes(path);
}

const SOCKET = /\/(?:docker|podman|containerd|crio|buildkitd)\.sock$/;

/** All of the home folder, and what holds keys and tokens in it. */
const HOME_SECRETS = /^~(?:$|\/\.(?:ssh|aws|azure|kube|gnupg|docker|config|netrc|npmrc|git-cred))/;

/** Whoever writes there runs commands as root on the machine. */
const TAKES_OVER =
  /^\/(?:bin|boot|dev|etc|home|lib|proc|root|sbin|usr|usr\/(?:local\/)?s?bin|var\/spool\/cron.*|var\/lib|var\/lib\/(?:docker|kubelet)|etc\/(?:cron|init|ld\.so|pam|passwd|profile|shadow|ssh|sudoers|systemd).*)$/;

function levelOf(name: string): PowerLevel {
  const [option = "", ...rest] = name.split(" ");
  const value = rest.join(" ");
  if (option === "mount") return mountLevel(value);
  return LEVELS.get(option)?.(value) ?? "broad";
}

const LEVELS: ReadonlyMap<string, (value: string) => PowerLevel> = new Map([
  ["privileged", (): PowerLevel => "host"],
  ["use-api-socket", (): PowerLevel => "host"],
  ["pid", (): PowerLevel => "host"],
  // What another container has is told with it, but for one of another file.
  ["volumes-from", (value): PowerLevel => (value.startsWith("container:") ? "broad" : "limited")],
  ["cap-add", capabilityLevel],
  ["device", deviceLevel],
  ["device-cgroup-rule", (value): PowerLevel => (/^\s*[ab]/.test(value) ? "host" : "broad")],
  ["security-opt", (value): PowerLevel => (MODEST_SECURITY.test(value) ? "limited" : "broad")],
]);

const MODEST_SECURITY = /^(?:no-new-privileges|seccomp=(?!unconfined$))/;

function capabilityLevel(capability: string): PowerLevel {
  if (STRONG_CAPABILITIES.has(capability)) return "host";
  return WEAK_CAPABILITIES.has(capability) ? "limited" : "broad";
}

/** With one of these a process leaves its container (capabilities(7)). */
const STRONG_CAPABILITIES = new Set([
  "ALL",
  "BPF",
  "DAC_READ_SEARCH",
  "MAC_ADMIN",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_MODULE",
  "SYS_RAWIO",
]);

/** What Docker gives anyway, and what reaches no further than a container's own network and load. */
const WEAK_CAPABILITIES = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "IPC_LOCK",
  "KILL",
  "MKNOD",
  "NET_ADMIN",
  "NET_BIND_SERVICE",
  "NET_BROADCAST",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
  "SYS_NICE",
  "SYS_RESOURCE",
]);

// What begins with no `/` is a device by its vendor's name: `nvidia.com/gpu=all`.
function deviceLevel(written: string): PowerLevel {
  const device = written.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");
  if (!device.startsWith("/") || PLAIN_DEVICES.test(device)) return "limited";
  return STORES.test(device) || device.includes("/..") ? "host" : "broad";
}

const PLAIN_DEVICES =
  /^\/dev\/(?:bus\/usb|dri|fuse|i2c|input|kfd|kvm|net\/tun|null|nvidia|snd|tty|video|zero)[\w/-]*$/;

/** Memory and disks, and what holds all of them. */
const STORES =
  /^\/(?:$|dev$|dev\/(?:disk|dm-|hd|kmem|loop|mapper|md|mem|mmcblk|nvme|port|sd|vd|xvd))/;
