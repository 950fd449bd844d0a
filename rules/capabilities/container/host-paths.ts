/** Folders that hold the machine's settings, devices, secrets, programs or the control of its containers. */
const SENSITIVE = [
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/proc",
  "/root",
  "/run",
  "/sys",
  "/usr/bin",
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/sbin",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/kubelet",
  "/var/run",
  "/var/spool/cron",
];

/** Folders that hold one of the former, or what the machine runs. */
const HOLDING = new Set(["/", "/bin", "/lib", "/opt", "/sbin", "/usr", "/var", "/var/lib"]);

/** Below those, and yet nothing but a job's own work, scratch memory and the time of day. */
const HARMLESS = ["/dev/shm", "/etc/localtime", "/etc/timezone", "/home/runner/work"];

/**
 * The folder or file of the machine that a volume opens (`/var/run/docker.sock:/sock:ro` opens
 * `/var/run/docker.sock`), in one spelling; null for any that is not sensitive, for a named
 * volume and for one that the machine makes up.
 */
export function hostMount(volume: string): string | null {
  const [source = "", target] = volume.split(":", 2);
  return target === undefined ? null : sensitivePath(source);
}

/** What GitHub's machines have where a path may begin with an expression. */
const FOLDERS: Readonly<Record<string, string>> = {
  "${{ github.workspace }}": "/home/runner/work/repository/repository",
  "${{ runner.temp }}": "/home/runner/work/_temp",
  "${{ runner.workspace }}": "/home/runner/work/repository",
};

// `./a/../../etc` leads from a folder of the machine that nobody is told, here as far up as can be.
function absolutePath(written: string): string {
  const begun = Object.entries(FOLDERS).find(([expression]) => written.startsWith(expression));
  if (begun) {
    const [expression, folder] = begun;
    return `${folder}${written.slice(expression.length)}`;
  }
  return written.startsWith(".") && leadsUp(written) ? `/${written}` : written;
}

/** Whether a relative path leaves the folder that it begins in, or the one so many folders above. */
export function leadsUp(path: string, above = 0): boolean {
  let depth = above;
  return path.split("/").some((part) => {
    if (part === "..") depth -= 1;
    else if (part !== "" && part !== ".") depth += 1;
    return depth < 0;
  });
}

/** A sensitive path of the machine in one spelling, null for any other. */
export function sensitivePath(written: string): string | null {
  const absolute = absolutePath(written);
  if (!absolute.startsWith("/")) return null;
  const path = normalized(absolute);
  if (HARMLESS.some((folder) => isBelow(path, folder))) return null;
  return HOLDING.has(path) || SENSITIVE.some((folder) => isBelow(path, folder)) ? path : null;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
