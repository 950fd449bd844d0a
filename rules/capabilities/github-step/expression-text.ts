import { canonicalExpression } from "../github-expression/canonical-expression.ts";
import { embeddedIn, replaceEmbedded } from "../github-expression/embedded.ts";
import { showPath, yieldedPathsIn } from "../github-expression/yielded-paths.ts";

/** A text with each expression in one spelling: `a-${{ github['Head_Ref'] }}` → `a-${{github.head_ref}}`. */
export function respell(text: string): string {
  return replaceEmbedded(text, ({ inner }) => `\${{${canonicalExpression(inner)}}}`);
}

/** Whose values the expressions in a text can give it: `github.event.pull_request.title`. */
export function pathsIn(text: string): string[] {
  return embeddedIn(text).flatMap(({ inner }) => yieldedPathsIn(inner).map(showPath));
}
