/**
 * Permissions for which no browser warns the user, and that show nothing of the pages or the
 * machine. Every other one, and each that is not known yet, is strong.
 *
 * Source: developer.chrome.com/docs/extensions/reference/permissions-list and
 * developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/permissions.
 */
const ORDINARY = new Set([
  "activeTab",
  "alarms",
  "background",
  "contextMenus",
  "declarativeContent",
  "declarativeNetRequestFeedback",
  "declarativeNetRequestWithHostAccess",
  "dns",
  "favicon",
  "find",
  "fontSettings",
  "gcm",
  "identity",
  "idle",
  "menus",
  "menus.overrideContext",
  "notifications",
  "offscreen",
  "power",
  "printerProvider",
  "runtime",
  "search",
  "sidePanel",
  "storage",
  "system.cpu",
  "system.display",
  "system.memory",
  "tabGroups",
  "tabHide",
  "theme",
  "tts",
  "unlimitedStorage",
  "wallpaper",
]);

/** How much a permission of that name gives to an extension. */
export function permissionLevel(name: string): "ordinary" | "strong" {
  return ORDINARY.has(name) ? "ordinary" : "strong";
}
