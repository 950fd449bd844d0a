import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { entriesAt, stringAt, stringsAt } from "../data/values.ts";
import { contentDigest } from "../holder-content.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import type { Grant } from "./hosts.ts";

/** What of the browser an extension takes the place of, or where it is updated from. */
export function overrideGrants(root: DataMap): Grant[] {
  const settings = entriesAt(root, "chrome_settings_overrides").flatMap(({ key, value }) =>
    entryOverride(key, addressesIn(value).join(", ")),
  );
  const pages = entriesAt(root, "chrome_url_overrides").flatMap(({ key }) =>
    entryOverride(key, ""),
  );
  const devtools = stringAt(root, "devtools_page");
  const update = updateAddress(root);
  return [
    ...settings,
    ...pages,
    ...(devtools ? entryOverride({ ...devtools, text: "devtools_page" }, "") : []),
    ...(update ? entryOverride({ ...update, text: "update_url" }, update.text) : []),
  ];
}

/** `"https://…"`, a list of such, or a search provider with its addresses; icons are none. */
function addressesIn(value: DataNode): string[] {
  if (value.type !== "map") return stringsAt(value).map(({ text }) => text);
  const urls = ["search_url", "search_url_post_params", "suggest_url", "instant_url"];
  return urls.flatMap((key) => stringAt(value, key)?.text ?? []);
}

function updateAddress(root: DataMap): DataScalar | undefined {
  return (
    stringAt(root, "browser_specific_settings", "gecko", "update_url") ??
    stringAt(root, "applications", "gecko", "update_url") ??
    stringAt(root, "update_url")
  );
}

/** Another address is another grant; other pages of the extension itself are not. */
function entryOverride({ text, line }: DataScalar, address: string): Grant[] {
  return [
    {
      ...{
        kind: "browser.override",
        name: printable(text),
        context: printable(address) || "in the browser",
        line,
      },
      reach: [wayTo(`address:${contentDigest(address)}`, line)],
    },
  ];
}

/** What an extension may do in the user's account once it has signed in. */
export function scopeGrants(root: DataMap): Grant[] {
  return stringsAt(root, "oauth2", "scopes").map(({ text, line }) => ({
    ...{
      kind: "browser.oauth-scope",
      name: printable(text),
      context: "in the user's account",
      line,
    },
    reach: [wayTo(`scope:${contentDigest(text)}`, line)],
  }));
}
