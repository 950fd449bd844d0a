import type { Dependency } from "../../dependencies/dependency.ts";
import { fileAt, gitAt, withoutUserAndQuery } from "../../dependencies/source.ts";
import { imageDependency } from "../container/image.ts";
import { type DataNode, entryOf } from "../data/data-node.ts";
import { textAt } from "./interpolate.ts";
import { pairsIn, type Service, valueOf } from "./services.ts";

/** The images that a service takes in, and the servers and repositories that it is built from. */
export function imagesOf(service: Service): Dependency[] {
  const group = service.name;
  const image = valueOf(service, "image");
  const build = valueOf(service, "build");
  // Beside `build`, `image` names what is made.
  if (image && !build)
    return present([imageDependency(textAt(image), { group, line: image.line })]);
  if (!build) return [];
  return [
    ...contextsOf(build).flatMap((context) => built(context, group)),
    ...present([readerOf(build, group)]),
  ];
}

// `args: {BUILDKIT_SYNTAX: acme/x}` is `# syntax=acme/x` of any Dockerfile.
function readerOf(build: DataNode, group: string): Dependency | null {
  const args = build.type === "map" ? entryOf(build, "args")?.value : undefined;
  const syntax = pairsIn(args).find(({ name }) => name.text === "BUILDKIT_SYNTAX");
  if (!syntax) return null;
  return imageDependency(syntax.value.replace(/ .*$/s, ""), { group, line: syntax.name.line });
}

function contextsOf(build: DataNode): DataNode[] {
  if (build.type !== "map") return [build];
  const context = entryOf(build, "context")?.value;
  const others = entryOf(build, "additional_contexts")?.value;
  const named = others?.type === "map" ? others.entries.map(({ value }) => value) : [];
  const listed = others?.type === "list" ? others.items : [];
  return [...(context ? [context] : []), ...named, ...listed];
}

// `https://…/repo.git#v1`, `git@host:path`, `docker-image://alpine`
function built(context: DataNode, group: string): Dependency[] {
  const text = textAt(context).replace(/^[\w.-]+=(?=[\w-]+:)/, "");
  const { line } = context;
  if (text.startsWith("docker-image://")) {
    return present([imageDependency(text.slice("docker-image://".length), { group, line })]);
  }
  if (!REMOTE.test(text)) return [];
  const [address = "", ref = ""] = text.split("#", 2);
  const fragment = ref || refInQuery(address);
  const isGit = !/^https?:/.test(address) || /\.git(?:\?|$)|^https:\/\/github\.com\//.test(address);
  const isCommit = /^[0-9a-f]{40}(?::|$)/.test(fragment);
  return [
    {
      ...{ ecosystem: "docker", name: withoutUserAndQuery(address), group, line },
      version: fragment === "" ? null : fragment,
      range: isCommit ? "exact" : "open",
      direct: true,
      source: isGit ? gitAt(address) : fileAt(address),
    },
  ];
}

// `https://…/repo.git?ref=v1&subdir=a`; a commit beside a branch says what comes
function refInQuery(address: string): string {
  const query = new URLSearchParams(/\?(.*)$/s.exec(address)?.[1] ?? "");
  const refs = ["commit", "checksum", "ref", "tag", "branch"].map((key) => query.get(key) ?? "");
  return refs.find((ref) => ref !== "") ?? "";
}

const REMOTE = /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:|^github\.com\//;

function present(dependencies: readonly (Dependency | null)[]): Dependency[] {
  return dependencies.filter((dependency) => dependency !== null);
}
