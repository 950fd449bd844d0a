import type { Ignorer } from "@stryker-mutator/api/ignore";
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** What of Babel's path this reads. */
interface SyntaxPath {
  readonly node: {
    readonly type: string;
    readonly callee?: { readonly name?: string };
    readonly value?: unknown;
  };
  readonly key: string | number | null;
  readonly listKey?: string | null;
  readonly parentPath: SyntaxPath | null;
}

/**
 * Passes over what an error says to people: messages may change, and tests match on codes. That is
 * what `new LedgerError(code, message, { cause })` has after its code, and the texts in a call that
 * makes what is thrown: `throw invalid("not UTF-8")`.
 */
const errorsOwnWords: Ignorer = {
  shouldIgnore: (path) =>
    isAnErrorsWords(path as SyntaxPath) ? "what an error says to people" : undefined,
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "errors", errorsOwnWords)];

function isAnErrorsWords({ node, parentPath, listKey, key }: SyntaxPath): boolean {
  if (parentPath === null || listKey !== "arguments") return false;
  const { type, callee } = parentPath.node;
  if (type === "NewExpression" && ERROR.test(callee?.name ?? "")) return key !== 0;
  const isThrown = parentPath.parentPath?.node.type === "ThrowStatement";
  return type === "CallExpression" && isThrown && isProse(node);
}

const ERROR = /(?:Error|^NotUnderstood)$/;

/** A text of several words, and so no code: `TREE_MISMATCH`, `config-section`. */
function isProse({ type, value }: SyntaxPath["node"]): boolean {
  return type === "TemplateLiteral" || (type === "StringLiteral" && /\s/.test(String(value)));
}
