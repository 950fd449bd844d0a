/**
 * The hook that holds rulesets against a push. The server puts what binds this pusher into `RULES`, a line each:
 * a rule's type, then an extended regular expression over full refs. A push is refused whole, in GitHub's words.
 */
export const preReceiveHook = `#!/bin/sh
zero=0000000000000000000000000000000000000000
refused=0
binds() {
  printf '%s\\n' "$RULES" | {
    while read -r rule pattern; do
      [ "$rule" = "$1" ] && printf '%s\\n' "$2" | grep -Eq -- "$pattern" && exit 0
    done
    exit 1
  }
}
refuse() {
  [ "$refused" = 1 ] || {
    echo "error: GH013: Repository rule violations found for $1." >&2
    echo "Review all repository rules at $RULES_PAGE" >&2
  }
  echo "" >&2
  echo "- $2" >&2
  refused=1
}
while read -r old new ref; do
  if [ "$old" = "$zero" ]; then
    binds creation "$ref" && refuse "$ref" "Cannot create ref due to creations being restricted."
  elif [ "$new" = "$zero" ]; then
    binds deletion "$ref" && refuse "$ref" "Cannot delete this branch"
  else
    binds update "$ref" && refuse "$ref" "Cannot update this protected ref."
    if binds non_fast_forward "$ref" && ! git merge-base --is-ancestor "$old" "$new"; then
      refuse "$ref" "Cannot force-push to this branch"
    fi
  fi
done
exit "$refused"
`;
