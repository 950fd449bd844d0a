import type { CapabilityReader } from "./capability.ts";
import { decodeText } from "./data/text.ts";
import { claimDockerfile } from "./dockerfile/names.ts";
import { dockerfileKinds, readDockerfile } from "./dockerfile/read-dockerfile.ts";
import { understandAll } from "./not-understood.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Reads what builds images: who they and the steps of their builds run as, what is taken from
 * servers, registries and git repositories, and secrets that stay in them.
 *
 * Any folder may hold such files, and any letters may name them. Names that a program's source,
 * or a template, may have as well resemble them.
 *
 * Source: docs.docker.com/reference/dockerfile; docs.podman.io, "podman build".
 */
export const dockerfile: CapabilityReader = {
  name: "dockerfile",
  kinds: dockerfileKinds,
  maxBytes: MAX_BYTES,
  claims: claimDockerfile,
  read: (path, content) =>
    understandAll(() =>
      readDockerfile(decodeText(content, MAX_BYTES), claimDockerfile(path) === "resembles"),
    ),
};
