import type { Allowance, Certainty } from "../capability.ts";
import type { DataNode } from "../data/data-node.ts";
import { decodeText } from "../data/text.ts";
import { parseYamlText } from "../data/yaml.ts";
import { NotUnderstood } from "../not-understood.ts";
import { placedNode } from "./placed-node.ts";
import { definesType, mayHoldManifest, mayHoldPatch } from "./quick-look.ts";
import { readTemplate, type Template } from "./template.ts";

/** One document of a file, with its own places in it. */
export interface ManifestDocument {
  readonly root: DataNode;
  readonly certainty: Certainty;
  /** What has to hold for a line of the file (1-based): nothing, outside of a template. */
  conditionsAt(line: number): readonly string[];
}

/** The documents that were understood, and why the others were not. */
export interface Documents {
  readonly documents: readonly ManifestDocument[];
  readonly refused: readonly NotUnderstood[];
}

/** What reading one file may still take; every document, template's variant and patch takes from it. */
export interface Limits {
  readonly allowance: Allowance;
  readonly effort: { lexemes: number };
}

/** How a file is taken apart. */
export interface Splitting extends Limits {
  readonly maxBytes: number;
  /** Helm renders it: every action counts, wherever it stands. */
  readonly isTemplate: boolean;
  /** Each document is wanted, also one that has no `apiVersion`. */
  readonly everyDocument: boolean;
}

/**
 * Parses a file document by document: as YAML, and where that fails or Helm renders it, as a template.
 *
 * kubectl cuts at lines of `---` before it parses, and so is it done here. Definitions of types are
 * not parsed. Throws `NotUnderstood` for what concerns the file as a whole.
 */
export function splitDocuments(content: Uint8Array, splitting: Splitting): Documents {
  const text = decodeText(content, splitting.maxBytes);
  const hasActions = /\{[{%]/.test(text);
  if (hasActions && splitting.isTemplate) return templateDocuments(text, splitting);
  const plain = parseChunks(text, splitting);
  return plain.refused.length > 0 && hasActions ? templateDocuments(text, splitting) : plain;
}

function templateDocuments(text: string, splitting: Splitting): Documents {
  const template = readTemplate(text);
  const all = template.variants.map((variant): Documents => {
    if (variant.text.length > splitting.maxBytes) {
      throw new NotUnderstood("too-large", "a template that is too large with its placeholders");
    }
    const { documents, refused } = parseChunks(variant.text, splitting, template);
    const conditionsAt = (line: number): readonly string[] => variant.conditionsAt(line);
    return { documents: documents.map((document) => ({ ...document, conditionsAt })), refused };
  });
  return {
    documents: all.flatMap(({ documents }) => documents),
    refused: all.flatMap(({ refused }) => refused),
  };
}

const MAX_DOCUMENTS = 5_000;

function parseChunks(text: string, splitting: Splitting, template?: Template): Documents {
  const documents: ManifestDocument[] = [];
  const refused: NotUnderstood[] = [];
  for (const chunk of chunksOf(text)) {
    if (!isWanted(chunk.text, splitting)) continue;
    try {
      for (const root of parseChunk(chunk, splitting, template)) {
        const certainty = template ? "heuristic" : "exact";
        documents.push({ root, certainty, conditionsAt: () => [] });
      }
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      refused.push(error);
    }
  }
  return { documents, refused };
}

function isWanted(text: string, { everyDocument }: Splitting): boolean {
  const mayGrant = everyDocument || mayHoldManifest(text) || mayHoldPatch(text);
  return mayGrant && !definesType(text);
}

interface Chunk {
  readonly text: string;
  /** 1-based. */
  readonly firstLine: number;
}

/** The text between separators; what stands on a separator's own line belongs to what follows. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let [start, firstLine, line] = [0, 1, 1];
  for (let at = 0; at !== -1; at = nextLine(text, at)) {
    if (at > start && /^---(?:\s|$)/.test(text.slice(at, at + 4))) {
      chunks.push({ text: text.slice(start, at), firstLine });
      [start, firstLine] = [at, line];
    }
    line++;
  }
  chunks.push({ text: text.slice(start), firstLine });
  if (chunks.length > MAX_DOCUMENTS) throw new NotUnderstood("too-many", "too many documents");
  return chunks;
}

function nextLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? -1 : at + 1;
}

function parseChunk(
  { text, firstLine }: Chunk,
  { maxBytes, effort, allowance }: Splitting,
  template?: Template,
): DataNode[] {
  const dialect = { maxBytes, effort, tags: "kept", mergeKeys: "merged" } as const;
  const roots = parseYamlText(text, dialect, allowance, firstLine).filter(
    (root) => root.type !== "scalar",
  );
  if (!template) return roots;
  const placing = {
    lineOf: (line: number) => line,
    textOf: (shown: string) => template.restore(shown),
  };
  return roots.map((root) => placedNode(root, placing));
}
